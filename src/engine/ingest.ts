import { assert } from '../core/assert.ts'
import type { DocumentId, Hash, SchemaId } from '../core/ids.ts'
import { maxIngestBatch } from '../core/limits.ts'
import type { Schema } from '../core/schema/schema.ts'
import { systemSchemaId } from '../core/schema/system/id.ts'
import type { Change, Mark, Origin, Store } from '../ports/store.ts'
import type { Verdict } from './api.ts'
import type { EngineDeps } from './deps.ts'
import { type Plan, planIngest } from './ingest-plan.ts'
import {
  type Arrival,
  type IngestItem,
  type PreparedItem,
  type SoundItem,
  arrivalTime,
  prepareItems,
} from './ingest-prepare.ts'
import { takeSnapshot } from './ingest-snapshot.ts'
import { isDamagedDocument, salvage } from './mend.ts'
import { rowsForStored } from './outbox/rows.ts'
import { arrivalsOf, arrivedMeanwhile, findWaiting } from './wake.ts'

/**
 * The one door. Entries of our own, of files and of peers pass the same checks, in batches of at most 500, each committed as one:
 *
 *     items --prepareItems--> decoded, payload fits, signed --takeSnapshot, planIngest--> verdicts, changes --commit--> materialiser
 *                                                     ^                                       |
 *                                                     '------- stale: everything anew --------'
 *
 * The two halves can overlap: prepare the next batch while this one is committed.
 */
export interface Provenance {
  readonly origin: Origin
  /** Of documents that begin here. */
  readonly mark: Mark
}

export interface Ingested {
  /** One per item, in order. */
  readonly verdicts: readonly Verdict[]
  /** What became of entries that had been pending and could go on now. They were not in this batch. */
  readonly woken: readonly Verdict[]
}

type IngestDeps = Pick<
  EngineDeps,
  'store' | 'recent' | 'schemas' | 'scopes' | 'materialiser' | 'waiting' | 'verifier' | 'clock' | 'log'
>

/** At most 500 entries with their operations: judged, stored, and whatever waited for them too. Rejects with what the store rejects with. */
export async function ingest(
  deps: IngestDeps,
  items: readonly IngestItem[],
  provenance: Provenance,
  signal: AbortSignal,
): Promise<Ingested> {
  return commitItems(deps, await prepare(deps, items, provenance, signal), signal)
}

/** The first half: everything that does not ask the store. */
export function prepare(
  { verifier, clock }: Pick<IngestDeps, 'verifier' | 'clock'>,
  items: readonly IngestItem[],
  provenance: Provenance,
  signal: AbortSignal,
): Promise<readonly PreparedItem[]> {
  assert(items.length <= maxIngestBatch, `a batch has at most ${maxIngestBatch} items`)
  const arrival: Arrival = { ...provenance, receivedAt: arrivalTime(clock) }
  return prepareItems(
    verifier,
    items.map((item) => [item, arrival]),
    signal,
  )
}

/** The second half: judges what was prepared, commits it, and goes on with what waited for it. */
export async function commitItems(
  deps: IngestDeps,
  prepared: readonly PreparedItem[],
  signal: AbortSignal,
): Promise<Ingested> {
  const verdicts: Verdict[] = []
  const sound: SoundItem[] = []
  const places: number[] = []
  for (const [at, item] of prepared.entries()) {
    if (!item.ok) {
      verdicts[at] = { verdict: 'rejected', failure: item.error }
      continue
    }
    sound.push(item.value)
    places.push(at)
  }
  // Views may come after the entries, but not ever later: what they are made of lies in memory until then.
  await deps.materialiser.room()
  return deps.materialiser.whileWriting(async () => {
    const outcome = await storeBatch(deps, sound, new Set(), signal)
    for (const [at, verdict] of outcome.verdicts.entries()) verdicts[places[at]!] = verdict
    return { verdicts, woken: await wake(deps, outcome, signal) }
  })
}

/** What a batch left behind: verdicts, what others may have waited for, and what waits itself. */
interface Stored {
  readonly verdicts: readonly Verdict[]
  readonly stored: readonly SoundItem[]
  readonly pending: Plan['pending']
}

/** Goes on with what waited for a batch just stored. */
export const wake = async (deps: IngestDeps, last: Stored, signal: AbortSignal): Promise<readonly Verdict[]> =>
  wakeFor(deps, await arrivalsAfter(deps.store, last), signal)

/** Goes on with what waited for any of these, until nothing does. Each entry waits for one thing at a time, so this ends. */
export async function wakeFor(
  deps: IngestDeps,
  places: readonly string[],
  signal: AbortSignal,
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = []
  let arrived = places
  for (;;) {
    const waiting = await findWaiting(deps.store, arrived, maxIngestBatch)
    if (waiting.documentIds.length > 0) await queueDocuments(deps, waiting.documentIds)
    if (waiting.items.length > 0) {
      const prepared = await prepareItems(deps.verifier, waiting.items, signal)
      const sound = prepared.flatMap((item) => (item.ok ? [item.value] : []))
      // It was sound when it came: the row was damaged since.
      const damaged = waiting.ids.filter((_, at) => !prepared[at]?.ok)
      if (damaged.length > 0)
        await deps.store.commit(
          damaged.map((id): Change => ({ delete: 'pending', id })),
          [],
        )
      const last = await storeBatch(deps, sound, new Set(waiting.ids), signal)
      verdicts.push(...last.verdicts)
      arrived = [...waiting.left, ...(await arrivalsAfter(deps.store, last))]
    } else arrived = waiting.left
    if (arrived.length === 0) return verdicts
  }
}

const arrivalsAfter = async (store: Store, { stored, pending }: Stored): Promise<readonly string[]> => [
  ...arrivalsOf(stored),
  ...(await arrivedMeanwhile(store, pending)),
]

/** Definitions that waited for one of their fields. */
async function queueDocuments({ store, materialiser }: IngestDeps, documentIds: readonly DocumentId[]): Promise<void> {
  const age = materialiser.age()
  await store.commit(
    [...documentIds.map((id): Change => ({ delete: 'pending', id })), { put: 'queue', documentIds }],
    [],
  )
  materialiser.add({ documentIds, fresh: new Map(), age })
}

/**
 * Where a batch brings definitions along, they go first: the rest is then judged by them. (In one log all is of one schema, so nothing is
 * torn apart.)
 */
async function storeBatch(
  deps: IngestDeps,
  items: readonly SoundItem[],
  woken: ReadonlySet<Hash>,
  signal: AbortSignal,
): Promise<Stored> {
  const schemas = await findSchemas(deps, items)
  const isReadable = (item: SoundItem): boolean =>
    !item.payload || schemas.get(item.payload.operation.schemaId) !== undefined
  if (items.every(isReadable) || !items.some(isDefinition)) return storeItems(deps, items, schemas, woken, signal)

  const readable = await storeItems(deps, items.filter(isReadable), schemas, woken, signal)
  const others = items.filter((item) => !isReadable(item))
  const rest = await storeItems(deps, others, await findSchemas(deps, others), woken, signal)
  const [fromReadable, fromRest] = [readable.verdicts.values(), rest.verdicts.values()]
  return {
    verdicts: items.map((item) => (isReadable(item) ? fromReadable : fromRest).next().value!),
    stored: [...readable.stored, ...rest.stored],
    pending: [...readable.pending, ...rest.pending],
  }
}

const definitions = new Set([systemSchemaId('schema_definition_v1'), systemSchemaId('schema_field_definition_v1')])
const isDefinition = ({ payload }: SoundItem): boolean =>
  payload !== null && definitions.has(payload.operation.schemaId)

/** The schemas of a batch; `undefined` for those that are not known (yet). */
export async function findSchemas(
  { schemas }: Pick<IngestDeps, 'schemas'>,
  items: readonly SoundItem[],
): Promise<ReadonlyMap<SchemaId, Schema | undefined>> {
  const ids = new Set(items.flatMap(({ payload }) => (payload ? [payload.operation.schemaId] : [])))
  const found = new Map<SchemaId, Schema | undefined>()
  for (const id of ids) found.set(id, (await schemas.definition(id))?.schema)
  return found
}

/** Plans and commits until nobody came in between. Signatures were judged once and for all. */
async function storeItems(
  deps: IngestDeps,
  items: readonly SoundItem[],
  schemas: ReadonlyMap<SchemaId, Schema | undefined>,
  woken: ReadonlySet<Hash>,
  signal: AbortSignal,
): Promise<Stored> {
  for (;;) {
    signal.throwIfAborted()
    const look = (all: readonly SoundItem[]) =>
      Promise.all([takeSnapshot(deps, all, schemas), pendingAmong(deps.store, all, woken)])
    let [snapshot, known] = await look(items)
    const kept = await salvage(deps.verifier, snapshot.damaged, signal)
    const all = [...kept, ...items]
    if (kept.length > 0) [snapshot, known] = await look(all)
    const plan = planIngest(all, snapshot)
    try {
      const verdicts = await commitPlan(deps, plan, { known, woken })
      if (verdicts) return { verdicts: verdicts.slice(kept.length), stored: plan.stored, pending: plan.pending }
    } catch (thrown) {
      // A document that was remembered, and so not read, is damaged: once read, it is judged as such.
      if (!isDamagedDocument(thrown) || !deps.recent.schemaIdOf(thrown.key)) throw thrown
      deps.recent.forget(thrown.key)
    }
  }
}

/** Rows of `pending` that a batch has to do with: those `known` of its items, and among them those that are `woken`, through with waiting. */
interface PendingRows {
  readonly known: ReadonlySet<Hash>
  readonly woken: ReadonlySet<Hash>
}

/** What goes with a plan: rows for the same commit, and whether its signatures are right, while that is still being found out. */
interface Beside {
  readonly rows?: readonly Change[]
  readonly isSound?: Promise<boolean>
}

/** Writes a plan; `undefined`: it was stale, make a new one, or not sound. */
export async function commitPlan(
  {
    store,
    materialiser,
    recent,
    scopes,
    schemas,
    waiting,
  }: Pick<IngestDeps, 'store' | 'materialiser' | 'recent' | 'scopes' | 'schemas' | 'waiting'>,
  plan: Plan,
  { known, woken }: PendingRows,
  { rows = [], isSound }: Beside = {},
): Promise<readonly Verdict[] | undefined> {
  const age = materialiser.age()
  const waits = new Set(plan.pending.map(({ id }) => id))
  // What is stored already may have a row of another kind: a document that waits for its schema is named after its CREATE.
  const isStored = new Set(plan.verdicts.flatMap((verdict) => (verdict.verdict === 'duplicate' ? [verdict.id] : [])))
  const isOver = (id: Hash): boolean => !waits.has(id) && (woken.has(id) || !isStored.has(id))
  // Who waits already, perhaps with its operation, does not lose it to a copy without.
  const isNews = ({ id, item }: Plan['pending'][number]): boolean =>
    !known.has(id) || woken.has(id) || item?.operation !== null
  const turnedAway = await waiting.enter(plan.pending.filter(({ id }) => !known.has(id)))
  const over = [...known].filter(isOver)
  const documentIds = [...plan.documentIds]
  const changes: Change[] = [
    ...plan.changes,
    ...over.map((id): Change => ({ delete: 'pending', id })),
    ...plan.pending
      .filter((row) => isNews(row) && !turnedAway.has(row.id))
      .map((value): Change => ({ put: 'pending', value })),
    ...(documentIds.length > 0 ? [{ put: 'queue', documentIds } satisfies Change] : []),
    ...(await rowsForStored({ store, scopes, schemas }, plan.changes, plan.stored)),
    ...rows,
  ]
  if (changes.length > 0) {
    if ((await store.commit(changes, plan.expect, isSound)) !== 'committed') return undefined
    waiting.leave(over)
    for (const { head, schemaId } of plan.heads) recent.add(head, schemaId)
    if (documentIds.length > 0) materialiser.add({ documentIds, fresh: plan.fresh, bytes: payloadBytes(plan), age })
  }
  const waitedBefore = (id: Hash): boolean => waits.has(id) && known.has(id) && !woken.has(id)
  return plan.verdicts.map((verdict): Verdict => {
    if (verdict.verdict !== 'pending') return verdict
    const { id } = verdict
    if (turnedAway.has(id)) return { verdict: 'rejected', failure: { code: 'entry/too-many-waiting' }, id }
    return waitedBefore(id) ? { verdict: 'duplicate', id } : verdict
  })
}

const payloadBytes = ({ stored }: Plan): number =>
  stored.reduce((sum, { payload }) => sum + (payload?.bytes.length ?? 0), 0)

/** Those of the items that have a row in `pending`. Mostly nothing is pending at all, and one read says so. */
export async function pendingAmong(
  store: Store,
  items: readonly SoundItem[],
  woken: ReadonlySet<Hash>,
): Promise<ReadonlySet<Hash>> {
  const ids = items.map(({ entry }) => entry.hash)
  if (woken.size > 0) return new Set(ids.filter((id) => woken.has(id)))
  if ((await store.allPending(1)).length === 0) return new Set()
  const isPending = await store.isPending(ids)
  return new Set(ids.filter((_, at) => isPending[at]))
}
