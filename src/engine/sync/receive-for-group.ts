import type { DocumentId, OperationId, SchemaId } from '../../core/ids.ts'
import { isControlSchema } from '../../core/schema/system/index.ts'
import type { Change, PartKey, Store } from '../../ports/store.ts'
import type { SoundItem } from '../ingest-prepare.ts'
import { enterPart, forkedLogs, readDocuments } from './enter-scopes.ts'
import { isSamePart } from './parts.ts'
import { groupPart } from './scopes-for.ts'
import { type GroupPart, partOf } from './shared-scopes.ts'

/**
 * The items that do not belong to the part, with their schema. Part 0, and what somebody says who is no member, is control entries, whoever wrote
 * them (R1: authority judges what counts). Part 1 is everything else; what is here already and belongs elsewhere is nobody's to write to.
 */
export async function foreignToGroup(
  store: Store,
  part: GroupPart,
  items: readonly SoundItem[],
): Promise<ReadonlyMap<SoundItem, SchemaId>> {
  const isControl = part.part === 0 || part.access !== 'all'
  const foreign = new Map<SoundItem, SchemaId>()
  const going: SoundItem[] = []
  for (const item of items) {
    const operation = item.payload?.operation
    if (operation && isControlSchema(operation.schemaId) !== isControl) foreign.set(item, operation.schemaId)
    else if (!isControl && operation && operation.action !== 'create') going.push(item)
  }
  const holders = await documentsOf(store, going)
  const ids = [...new Set(holders.values())]
  const memberships = ids.length > 0 ? await store.partsOf(ids) : []
  const views = ids.length > 0 ? await store.views(ids) : []
  const outside = new Set(
    ids.filter((_, at) => views[at] && !memberships[at]?.some((key) => isSamePart(key, partOf(part)))),
  )
  for (const [item, documentId] of holders)
    if (outside.has(documentId) && item.payload) foreign.set(item, item.payload.operation.schemaId)
  return foreign
}

/** The documents here that these items go on with. */
async function documentsOf(store: Store, items: readonly SoundItem[]): Promise<ReadonlyMap<SoundItem, DocumentId>> {
  const previous = items.map(({ payload }) =>
    payload && payload.operation.action !== 'create' ? payload.operation.previous[0] : undefined,
  )
  const ids = previous.filter((id): id is OperationId => id !== undefined)
  const holders = ids.length > 0 ? await store.documentsOf(ids) : []
  const holderOf = new Map(ids.map((id, at) => [id, holders[at]]))
  return new Map(
    items.flatMap((item, at) => {
      const id = previous[at]
      const documentId = id && holderOf.get(id)
      return documentId ? [[item, documentId] as const] : []
    }),
  )
}

/** Where documents belong that came in a part: there, and what guests wrote also in the control closure, in which members find it. */
const placesOf = (part: GroupPart): readonly PartKey[] => {
  if (part.access === 'introduce') return []
  return part.access === 'guest' ? [partOf(part), partOf(groupPart(part.group, 0))] : [partOf(part)]
}

interface Settled {
  readonly verdict: string
  readonly documentId?: DocumentId
}

/** Documents belong to a part because they came in it. What somebody not heard of says enters only once authority finds that it belongs to the group. */
export async function claimForGroup(
  store: Store,
  part: GroupPart,
  came: readonly Settled[],
  woken: readonly Settled[],
): Promise<void> {
  const places = placesOf(part)
  const fresh = new Set(came.flatMap(({ documentId }) => documentId ?? []))
  const ids = [...new Set([...fresh, ...woken.flatMap(({ documentId }) => documentId ?? [])])]
  if (places.length === 0 || ids.length === 0) return
  const memberships = await store.partsOf(ids)
  const forked = await forkedLogs(store)
  const documents = await readDocuments(store, ids)
  const changes = ids.flatMap((id, at): readonly Change[] => {
    const document = documents.get(id)
    // What waited may have come by another way: where it is somewhere already it stays there alone.
    if (!fresh.has(id) && memberships[at]?.length) return []
    const missing = places.filter((key) => !memberships[at]?.some((one) => isSamePart(one, key)))
    return document ? missing.map((key) => enterPart(document, key, forked)) : []
  })
  if (changes.length > 0) await store.commit(changes, [])
}
