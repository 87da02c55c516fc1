import type { Authority } from '../../core/authority/authority.ts'
import { viewIdParts } from '../../core/document/view-id.ts'
import type { DocumentId } from '../../core/ids.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { Store, ViewRow } from '../../ports/store.ts'
import type { EngineDeps } from '../deps.ts'
import { BY_ID } from '../index-keys.ts'
import { readStored } from '../stored-document.ts'

type Deps = Pick<EngineDeps, 'store' | 'schemas' | 'secretGroups' | 'authority' | 'materialiser'>

/** Secret groups that are looked through: more groups than anybody is in. */
const maxSecretGroups = 1000
const secretGroupSchema = systemSchemaId('secret_group_v1')

/**
 * The secret group that new things of a group are sealed for: of a key group the live one that was said at the lowest level, then the lowest document
 * id (decisions.md 15); a secret group, named itself, is its own.
 */
export async function secretGroupOf(deps: Deps, group: DocumentId): Promise<DocumentId | undefined> {
  if (await deps.secretGroups.find(group)) return group
  const found = await lookFor(deps, group)
  if (found !== undefined) return found
  // It may have been made just now, and have no view yet.
  await deps.materialiser.settled()
  return lookFor(deps, group)
}

async function lookFor({ store, schemas, authority }: Deps, group: DocumentId): Promise<DocumentId | undefined> {
  const family = await schemas.familyOf(secretGroupSchema)
  if (family === undefined) return undefined
  // Only what counts has a view.
  const rows = await store.viewsIn({ prefix: [family.number, BY_ID], direction: 'asc', limit: maxSecretGroups })
  const ids: DocumentId[] = []
  for (const { row } of rows) if (await isOf(store, row, group)) ids.push(row.documentId)
  if (ids.length < 2) return ids[0]
  const known = await authority.authority()
  const ranked = await Promise.all(ids.map(async (id) => ({ id, level: await levelOf(store, known, group, id) })))
  return ranked.sort((a, b) => a.level - b.level || (a.id < b.id ? -1 : 1))[0]?.id
}

async function isOf(store: Store, { fields }: ViewRow, group: DocumentId): Promise<boolean> {
  const owner = fields['group']
  if (owner?.kind !== 'owner') return false
  if ((owner.value as string) === group) return true
  return (await store.documentsOf(viewIdParts(owner.value))).every((id) => id === group)
}

/** How far from the founder whoever said it is. */
async function levelOf(store: Store, authority: Authority, group: DocumentId, id: DocumentId): Promise<number> {
  const stored = await store.document(id)
  const document = stored && readStored(stored)
  const create = document && !('code' in document) ? document.operations[0] : undefined
  if (create === undefined) return Infinity
  const { publicKey, logId, seqNum } = create.entry
  const { subject } = authority.judge(group, { publicKey, logId, seqNum, id: create.id }, 'authorise', '*')
  const level = authority.group(group).levels.find((one) => one.subject === subject && one.range === '*')
  return level?.level ?? Infinity
}
