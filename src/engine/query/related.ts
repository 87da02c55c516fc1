import { viewIdParts } from '../../core/document/view-id.ts'
import type { DocumentId, DocumentViewId } from '../../core/ids.ts'
import type { FieldValue } from '../../core/operation/operation.ts'
import type { ViewRow } from '../../ports/store.ts'
import type { DocumentView } from '../api.ts'
import type { EngineDeps } from '../deps.ts'
import { documentView } from '../document-view.ts'
import { documentAt } from '../read-document.ts'

/** Documents followed from one field of one document; who needs more asks for them by id. */
const maxRelated = 100

type Related = Readonly<Record<string, readonly DocumentView[]>>
type Deps = Pick<EngineDeps, 'store' | 'schemas' | 'authority' | 'opener'>

const documentTargets = (value: FieldValue | undefined): readonly DocumentId[] => {
  if (value?.kind === 'relation') return [value.value]
  return value?.kind === 'relation_list' ? value.value.slice(0, maxRelated) : []
}
const viewTargets = (value: FieldValue | undefined): readonly DocumentViewId[] => {
  if (value?.kind === 'pinned_relation' || value?.kind === 'owner') return [value.value]
  return value?.kind === 'pinned_relation_list' ? value.value.slice(0, maxRelated) : []
}
const valueOf = (row: ViewRow, field: string): FieldValue | undefined =>
  Object.hasOwn(row.fields, field) ? row.fields[field] : undefined

/** Pinned views: the document as it is now where that is the view, else as it was. */
const pinnedDocuments = async (
  deps: Deps,
  viewIds: ReadonlySet<DocumentViewId>,
): Promise<ReadonlyMap<string, DocumentView>> => {
  const ids = [...viewIds]
  const holders = ids.length > 0 ? await deps.store.documentsOf(ids.map((id) => viewIdParts(id)[0] as DocumentId)) : []
  const rows = await deps.store.views([...new Set(holders.filter((id): id is DocumentId => id !== undefined))])
  const current = new Map(rows.flatMap((row) => (row ? [[row.viewId, row] as const] : [])))
  const found = new Map<string, DocumentView>()
  for (const id of ids) {
    const row = current.get(id)
    if (row) found.set(id, documentView(row))
    else {
      const then = await documentAt(deps, id)
      if (then.ok && then.value) found.set(id, then.value)
    }
  }
  return found
}

/** For each row the documents that the selected fields lead to, as far as they are here and not deleted; in one read for all. */
export const relatedDocuments = async (
  deps: Deps,
  rows: readonly ViewRow[],
  select: readonly string[],
): Promise<readonly (Related | undefined)[]> => {
  if (select.length === 0) return rows.map(() => undefined)
  const values = rows.flatMap((row) => select.map((field) => valueOf(row, field)))
  const ids = [...new Set(values.flatMap(documentTargets))]
  const targets = ids.length > 0 ? await deps.store.views(ids) : []
  const views = new Map<string, DocumentView>(await pinnedDocuments(deps, new Set(values.flatMap(viewTargets))))
  for (const row of targets) if (row && !row.isDeleted) views.set(row.documentId, documentView(row))
  return rows.map((row) =>
    Object.fromEntries(
      select.map((field) => {
        const value = valueOf(row, field)
        const wanted = [...documentTargets(value), ...viewTargets(value)]
        return [field, wanted.flatMap((id) => views.get(id) ?? [])]
      }),
    ),
  )
}
