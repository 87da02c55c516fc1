import type { LogKey } from '../../core/entry/entry.ts'
import type { DocumentId, Hash, OperationId, SeqNum } from '../../core/ids.ts'
import { maxIngestBatch } from '../../core/limits.ts'
import { fail } from '../../core/result.ts'
import { schemaIdParts } from '../../core/schema/schema-id.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { Change, ViewRow } from '../../ports/store.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { commitItems, prepare } from '../ingest.ts'
import type { IngestItem, PreparedItem, SoundItem } from '../ingest-prepare.ts'
import { enterPart, forkedLogs, readDocuments } from './enter-scopes.ts'
import { claimForGroup, foreignToGroup } from './receive-for-group.ts'
import { type ScopeRecord, type ServedPart, partOf } from './shared-scopes.ts'

/** What came of entries from a peer. */
export interface ReceivedEntries {
  /** Every entry that could be read, whatever became of it. `isBare`: it came without its operation. */
  readonly logs: readonly (LogKey & { readonly seqNum: SeqNum; readonly hash: Hash; readonly isBare: boolean })[]
  readonly stored: number
  /** What there was no room for now. */
  readonly turnedAway: readonly Hash[]
  /** Faults that an honest peer's entries do not have. */
  readonly faults: readonly Failure[]
  readonly forks: number
}

const definitionSchema = systemSchemaId('schema_definition_v1')

/** Judged by schemas or documents that the peer may not know: refused, and no fault of the peer's. Nor is a fork. */
const isForgivable = ({ code }: Failure): boolean =>
  code === 'entry/log-forked' ||
  code === 'entry/too-many-waiting' ||
  /^(?:operation|schema|document|store)\//.test(code)

/** Entries of a peer, prepared like all others: the half of taking them in that asks the verifier alone. */
export async function prepareReceived(
  deps: EngineDeps,
  items: readonly IngestItem[],
  signal: AbortSignal,
): Promise<readonly PreparedItem[]> {
  const prepared: PreparedItem[] = []
  for (let at = 0; at < items.length; at += maxIngestBatch)
    prepared.push(
      ...(await prepare(deps, items.slice(at, at + maxIngestBatch), { origin: 'peer', mark: 'shared' }, signal)),
    )
  return prepared
}

/**
 * At most 500 prepared entries, through the one door: those that do not belong to the scope are taken out, the rest committed. Documents that begin here are shared; those that no rule brings into the scope (definitions' fields, files) belong to it because they came in it.
 */
export async function receiveEntries(
  deps: EngineDeps,
  scope: ServedPart,
  prepared: readonly PreparedItem[],
): Promise<ReceivedEntries> {
  const sound = prepared.flatMap((item) => (item.ok ? [item.value] : []))
  const foreign = await ('group' in scope ? foreignToGroup(deps.store, scope, sound) : foreignItems(deps, scope, sound))
  const judged = prepared.map((item): PreparedItem => {
    const schemaId = item.ok ? foreign.get(item.value) : undefined
    return schemaId === undefined ? item : fail({ code: 'sync/entry-foreign', schemaId })
  })
  const { verdicts, woken } = await commitItems(deps, judged, deps.life)
  if (!('group' in scope)) await claim(deps, scope, sound, verdicts.concat(woken))
  else await claimForGroup(deps.store, scope, verdicts, woken)
  const failures = verdicts.flatMap((verdict) => (verdict.verdict === 'rejected' ? [verdict.failure] : []))
  return {
    logs: sound.map(({ entry: { publicKey, logId, seqNum, hash }, payload }) => ({
      publicKey,
      logId,
      seqNum,
      hash,
      isBare: payload === null,
    })),
    stored: verdicts.filter(({ verdict }) => verdict === 'stored').length,
    turnedAway: verdicts.flatMap((verdict) =>
      verdict.verdict === 'rejected' && verdict.failure.code === 'entry/too-many-waiting' && verdict.id
        ? [verdict.id]
        : [],
    ),
    faults: failures.filter((failure) => !isForgivable(failure)),
    forks: verdicts.filter(({ verdict }) => verdict === 'forked').length,
  }
}

type SchemaOf = NonNullable<SoundItem['payload']>['operation']['schemaId']

/** The items that do not belong to the scope, with their schema: of another family, or of a document here that is not in the scope. */
async function foreignItems(
  deps: EngineDeps,
  scope: ScopeRecord,
  items: readonly SoundItem[],
): Promise<ReadonlyMap<SoundItem, SchemaOf>> {
  const foreign = new Map<SoundItem, SchemaOf>()
  const begun = new Set<Hash>()
  const later: SoundItem[] = []
  const belongs = new Map<SchemaOf, boolean>()
  for (const id of new Set(items.flatMap(({ payload }) => payload?.operation.schemaId ?? [])))
    belongs.set(id, await isOfScope(deps, scope, id))
  for (const item of items) {
    const { payload, entry } = item
    if (payload && !belongs.get(payload.operation.schemaId)) {
      foreign.set(item, payload.operation.schemaId)
      continue
    }
    if (payload?.operation.action !== 'create') later.push(item)
    else if (payload.operation.schemaId === definitionSchema && entry.hash !== scope.definition)
      foreign.set(item, definitionSchema)
    else begun.add(entry.hash)
  }
  const outside = await documentsOutside(deps, scope, later)
  for (const item of later) {
    const documentId = outside.get(item)
    if (documentId && !begun.has(documentId)) foreign.set(item, item.payload?.operation.schemaId ?? definitionSchema)
  }
  return foreign
}

async function isOfScope({ schemas }: EngineDeps, scope: ScopeRecord, schemaId: SchemaOf): Promise<boolean> {
  if (schemaIdParts(schemaId).kind === 'system') return true
  const schema = (await schemas.definition(schemaId))?.schema
  // Of a version whose definition is still to come the id does not tell the family.
  return schema === undefined || schema.definition === scope.definition
}

/** Documents that are here and not in the scope, of items that go on with one. What is private here is nobody's to write to. */
async function documentsOutside(
  deps: EngineDeps,
  scope: ScopeRecord,
  items: readonly SoundItem[],
): Promise<ReadonlyMap<SoundItem, DocumentId>> {
  const { store } = deps
  const found = new Map<SoundItem, DocumentId>()
  if (items.length === 0) return found
  const heads = await store.heads(items.map(({ entry }) => entry))
  const previous = items.map(({ payload }) =>
    payload && payload.operation.action !== 'create' ? payload.operation.previous[0] : undefined,
  )
  const ids = previous.filter((id): id is OperationId => id !== undefined)
  const holders = ids.length > 0 ? await store.documentsOf(ids) : []
  const holderOf = new Map(ids.map((id, at) => [id, holders[at]]))
  for (const [at, item] of items.entries()) {
    const id = previous[at]
    const documentId = heads[at]?.documentId ?? (id && holderOf.get(id))
    if (documentId) found.set(item, documentId)
  }
  const documentIds = [...new Set(found.values())]
  const memberships = documentIds.length > 0 ? await store.partsOf(documentIds) : []
  const inside = new Set(documentIds.filter((_, at) => memberships[at]?.some(({ scope: name }) => name === scope.name)))
  const rows = documentIds.length > 0 ? await store.views(documentIds) : []
  for (const [at, documentId] of documentIds.entries())
    if (!inside.has(documentId) && (await isEntering(deps, scope, rows[at]))) inside.add(documentId)
  return new Map([...found].filter(([, documentId]) => !inside.has(documentId)))
}

/**
 * Whether a document that is not in the scope will be by its next view: one that just came, or a thing of the family whose sharing has not come to it
 * yet. Were it refused, it would stay so also after it has entered.
 */
async function isEntering({ schemas }: EngineDeps, scope: ScopeRecord, row: ViewRow | undefined): Promise<boolean> {
  if (row === undefined) return true
  if (schemaIdParts(row.schemaId).kind === 'system') return false
  return (await schemas.definition(row.schemaId))?.schema.definition === scope.definition
}

/** Documents of built-in schemas that began in this scope belong to it because they came in it; things come by their family. */
async function claim(
  { store }: EngineDeps,
  scope: ScopeRecord,
  sound: readonly SoundItem[],
  verdicts: readonly { readonly verdict: string; readonly documentId?: DocumentId }[],
): Promise<void> {
  const isThing = (item: SoundItem): boolean =>
    item.payload !== null && schemaIdParts(item.payload.operation.schemaId).kind === 'application'
  const things = new Set(sound.filter(isThing).map(({ entry }) => entry.hash as string))
  const ids = verdicts.flatMap(({ documentId }) => (documentId && !things.has(documentId) ? [documentId] : []))
  const unique = [...new Set(ids)]
  const memberships = unique.length > 0 ? await store.partsOf(unique) : []
  const outside = unique.filter((_, at) => !memberships[at]?.some(({ scope: name }) => name === scope.name))
  if (outside.length === 0) return
  const forked = await forkedLogs(store)
  const documents = await readDocuments(store, outside)
  const changes = [...documents.values()].flatMap((document): readonly Change[] =>
    document.mark === 'shared' ? [enterPart(document, partOf(scope), forked)] : [],
  )
  if (changes.length > 0) await store.commit(changes, [])
}
