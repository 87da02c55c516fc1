import { roleFlags } from '../../../src/core/authority/entry.ts'
import { flagFields } from '../../../src/core/authority/flag-fields.ts'
import type { DocumentId, SchemaId } from '../../../src/core/ids.ts'
import type { Draft, Published } from '../../../src/engine/api.ts'
import type { EngineDeps } from '../../../src/engine/deps.ts'
import type { IngestItem } from '../../../src/engine/ingest-prepare.ts'
import { publishDrafts } from '../../../src/engine/publish.ts'
import { call, valueOf } from '../support.ts'

export const publish = async (deps: EngineDeps, ...drafts: readonly Draft[]): Promise<readonly Published[]> => {
  const published = valueOf(await publishDrafts(deps, drafts, call))
  await deps.materialiser.settled()
  return published
}
export const make = async (
  deps: EngineDeps,
  schema: string,
  fields: Extract<Draft, { action: 'create' }>['fields'],
  group?: DocumentId,
): Promise<DocumentId> => {
  const [made] = await publish(deps, { action: 'create', schema: schema as SchemaId, fields, ...(group && { group }) })
  return made!.documentId
}

/** A group that a key founds for itself, with its sealed side. */
export function groupDrafts(): readonly Draft[] {
  const create = (schema: string, fields: Extract<Draft, { action: 'create' }>['fields'], as: string): Draft => ({
    action: 'create',
    schema: schema as SchemaId,
    fields,
    as,
  })
  return [
    create('key_group_v1', { name: 'g', members: [] }, 'g'),
    create('key_group_membership_request_v1', { key_group: { ref: 'g' } }, 'r'),
    create(
      'key_group_membership_v1',
      { key_group: { ref: 'g' }, request: { ref: 'r' }, ...flagFields(roleFlags('keeper')) },
      'm',
    ),
    create('secret_group_v1', { group: { ref: 'g' }, mode: 'lts', suite: 0 }, 's'),
  ]
}

/** The same, made. */
export async function aGroup(
  deps: EngineDeps,
): Promise<{ readonly group: DocumentId; readonly secretGroup: DocumentId }> {
  const [group, , , secretGroup] = await publish(deps, ...groupDrafts())
  return { group: group!.documentId, secretGroup: secretGroup!.documentId }
}

/** Everything that a store has, document by document, as another device gets it. */
export async function everything(deps: EngineDeps): Promise<readonly (readonly IngestItem[])[]> {
  const documents: (readonly IngestItem[])[] = []
  for await (const page of deps.store.allDocuments(call.signal))
    for (const document of page)
      if (!('code' in document)) documents.push(document.items.map(({ entry, operation }) => ({ entry, operation })))
  return documents
}
