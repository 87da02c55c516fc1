import type { DocumentId, SchemaId } from '../../core/ids.ts'
import type { ViewRow } from '../../ports/store.ts'
import type { EngineDeps } from '../deps.ts'

/** The views of a group's documents of one schema: of those that count. */
export async function viewsOf(
  { store, authority }: Pick<EngineDeps, 'store' | 'authority'>,
  group: DocumentId,
  schema: SchemaId,
): Promise<readonly ViewRow[]> {
  const ids = [...(await authority.documentsOf(group))].flatMap(([id, { schemaId }]) =>
    schemaId === schema ? [id] : [],
  )
  const rows = ids.length > 0 ? await store.views(ids) : []
  return rows.filter((row) => row !== undefined)
}
