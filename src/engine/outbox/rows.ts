import { decodeEntry } from '../../core/entry/decode.ts'
import type { DocumentId, Hash, OperationId, PublicKey } from '../../core/ids.ts'
import { maxOutboxRows } from '../../core/limits.ts'
import type { Change, PartKey, Store } from '../../ports/store.ts'
import type { EngineDeps } from '../deps.ts'
import type { SoundItem } from '../ingest-prepare.ts'
import { readStored, schemaIdOf } from '../stored-document.ts'
import { changedSince, documentsInPart } from '../sync/parts.ts'
import { endPause, endRefused, readRefused } from './notes.ts'
import { type OutboxTarget, readTargets, takesSchema } from './targets.ts'

/**
 * Which entries wait for which node (sync.md §8): those written here, of what is shared, one row per node. Rows are written in the commit of
 * the entries, or in the commit by which their document enters a scope; and by nobody else.
 */

type Deps = Pick<EngineDeps, 'store' | 'scopes' | 'schemas'>

const put = (target: OutboxTarget, ids: readonly Hash[]): readonly Change[] =>
  ids.length > 0 ? [{ put: 'outbox', target: target.id, ids }] : []

/** The rows of a commit that stores entries: of documents that are shared, or will be as soon as they have a view. */
export async function rowsForStored(
  { store, scopes, schemas }: Deps,
  changes: readonly Change[],
  stored: readonly SoundItem[],
): Promise<readonly Change[]> {
  const local = stored.flatMap(({ entry, payload, arrival }) =>
    arrival.origin === 'local' && payload ? [{ id: entry.hash, schemaId: payload.operation.schemaId }] : [],
  )
  const shared = local.length > 0 ? await scopes.all() : []
  const targets = shared.length > 0 ? (await readTargets(store)).all : []
  if (targets.length === 0) return []
  const documentOf = new Map<Hash, DocumentId>(
    changes.flatMap((change) =>
      'put' in change && change.put === 'item' ? [[change.operationId as Hash, change.documentId] as const] : [],
    ),
  )
  const parts = await store.partsOf(local.map(({ id }) => documentOf.get(id) ?? (id as DocumentId)))
  const names = new Set<string>(shared.map(({ name }) => name))
  const definitions = new Set(shared.map(({ definition }) => definition))
  const going: typeof local = []
  for (const [at, item] of local.entries()) {
    const isInScope = parts[at]?.some(({ scope }) => names.has(scope)) === true
    const definition = isInScope ? undefined : (await schemas.definition(item.schemaId))?.schema.definition
    if (isInScope || (definition && definitions.has(definition))) going.push(item)
  }
  return targets.flatMap((target) =>
    put(
      target,
      going.filter(({ schemaId }) => takesSchema(target, schemaId)).map(({ id }) => id),
    ),
  )
}

/** The rows of documents as they are, for these targets: all of them that was written here and has its operation. */
export async function rowsForDocuments(
  store: Store,
  targets: readonly OutboxTarget[],
  documentIds: readonly DocumentId[],
): Promise<readonly Change[]> {
  if (targets.length === 0 || documentIds.length === 0) return []
  const changes: Change[] = []
  for (const document of await store.documents(documentIds)) {
    const read = document && !('code' in document) ? readStored(document) : undefined
    const schemaId = read && !('code' in read) ? schemaIdOf(read) : undefined
    if (!document || 'code' in document || !read || 'code' in read || !schemaId) continue
    const ids = read.operations.flatMap(({ id, operation }, at) =>
      operation && document.items[at]?.origin === 'local' ? [id] : [],
    )
    for (const target of targets) if (takesSchema(target, schemaId)) changes.push(...put(target, ids))
  }
  return changes
}

/** Of documents, those that are in no part yet. */
export async function outsideOf(store: Store, documentIds: readonly DocumentId[]): Promise<readonly DocumentId[]> {
  const parts = documentIds.length > 0 ? await store.partsOf(documentIds) : []
  return documentIds.filter((_, at) => parts[at]?.length === 0)
}

/** Targets that get by the outbox what was here before they, or the sharing, came: the others get it by session. */
export const targetsWithoutSessions = async (store: Store): Promise<readonly OutboxTarget[]> =>
  (await readTargets(store)).all.filter(({ kind }) => kind === 'p2panda')

/** Everything that is remembered of a target which is one no longer. */
export async function forgetTarget(store: Store, target: string): Promise<readonly Change[]> {
  const ids = await store.outbox(target, maxOutboxRows)
  const refused = await readRefused(store, target)
  return [
    ...(ids.length > 0 ? [{ delete: 'outbox', target, ids } satisfies Change] : []),
    endPause(target),
    ...endRefused(
      target,
      refused.map(({ id }) => id),
    ),
  ]
}

/** What was compared in a session that ended even: up to which number of the part and which arrival, and without which heads. */
export interface Even {
  readonly key: PartKey
  readonly number: number
  readonly arrival: number
  readonly refused: ReadonlySet<Hash>
}

/**
 * The rows that a session has done: a node has everything of the part as it stood then, but for logs that one of the two refused. What a
 * document of the part has waiting while it goes on is done by the next session, or sent once more.
 */
export async function rowsDone(
  store: Store,
  target: PublicKey,
  { key, number, arrival, refused }: Even,
): Promise<readonly Change[]> {
  const ids = new Set(await store.outbox(target, maxOutboxRows))
  if (ids.size === 0) return []
  const found = await store.documentsOf([...ids].map((id) => id as OperationId))
  const later = await changedSince(store, key, number)
  const inPart = [...(await documentsInPart(store, key, found))].filter((id) => !later.has(id))
  const done: Hash[] = []
  for (const document of inPart.length > 0 ? await store.documents(inPart) : []) {
    if (!document || 'code' in document) continue
    for (const item of document.items) {
      const entry = decodeEntry(item.entry)
      if (!entry.ok || item.arrival > arrival || !ids.has(entry.value.hash)) continue
      const head = refused.size > 0 ? await store.head(entry.value) : undefined
      if (!head || !refused.has(head.hash)) done.push(entry.value.hash)
    }
  }
  return done.length > 0 ? [{ delete: 'outbox', target, ids: done }, ...endRefused(target, done)] : []
}
