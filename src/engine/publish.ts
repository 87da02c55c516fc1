import type { Hash, PublicKey } from '../core/ids.ts'
import { maxDrafts } from '../core/limits.ts'
import { type Result, fail, ok } from '../core/result.ts'
import type { Change } from '../ports/store.ts'
import type { Call, Draft, Published } from './api.ts'
import { attempt } from './attempt.ts'
import type { EngineDeps } from './deps.ts'
import { checkReferences } from './draft-references.ts'
import type { Failure } from './failure.ts'
import { commitPlan, findSchemas, pendingAmong, wake } from './ingest.ts'
import { planIngest } from './ingest-plan.ts'
import { arrivalTime } from './ingest-prepare.ts'
import { snapshotOfBeginnings, takeSnapshot } from './ingest-snapshot.ts'
import { signBatch } from './publish-batch.ts'
import type { Turn } from './write-turns.ts'

type Answer<T> = Promise<Result<T, Failure>>

/** How often a batch is signed anew when others write to its logs in spite of the lock (an import of own entries does). */
const maxAttempts = 10

/** What else goes into the commit of a batch. */
export type Beside = (published: readonly Published[]) => readonly Change[]

/**
 * Signs drafts and stores them as one: all or none. Under the write lock of every key that signs, so that no two tabs give one place away
 * twice; through the same door as everything else. A single draft is in the views when this resolves; reads wait for those of a batch.
 */
export function publishDrafts(
  deps: EngineDeps,
  drafts: readonly Draft[],
  { signal }: Call,
  beside: Beside = () => [],
): Answer<readonly Published[]> {
  return attempt(async () => {
    if (drafts.length === 0) return ok([])
    if (drafts.length > maxDrafts) return fail({ code: 'draft/too-many', drafts: drafts.length, limit: maxDrafts })
    const references = checkReferences(drafts)
    if (!references.ok) return references
    // From here on, not only under the lock: whoever publishes batch after batch is about to write.
    const published = await deps.materialiser.whileWriting(() => publishUnderLock(deps, drafts, signal, beside))
    if (published.ok && drafts.length === 1) await deps.materialiser.settled()
    return published
  }, signal)
}

async function publishUnderLock(
  deps: EngineDeps,
  drafts: readonly Draft[],
  signal: AbortSignal,
  beside: Beside,
): Answer<readonly Published[]> {
  const own = await deps.keys.publicKeys()
  const [deviceKey] = own
  if (!deviceKey) return fail({ code: 'signer/gone' })
  const signing = [...new Set(drafts.map(({ by }) => by ?? deviceKey))]
  for (const publicKey of signing)
    if (!own.includes(publicKey) && !(await deps.paper?.signsBy(publicKey)))
      return fail({ code: 'draft/key-unknown', publicKey })
  return deps.turns.take(signing, (turn) => signAndStore(deps, drafts, deviceKey, turn, signal, beside), signal)
}

/** Whether nothing in it depends on what is stored but the ids of its logs. */
const beginsOnly = (drafts: readonly Draft[]): boolean => drafts.every(({ action }) => action === 'create')

async function signAndStore(
  deps: EngineDeps,
  drafts: readonly Draft[],
  deviceKey: PublicKey,
  turn: Turn,
  signal: AbortSignal,
  beside: Beside,
): Answer<readonly Published[]> {
  const { before } = turn
  for (let tried = 0; tried < maxAttempts; tried++) {
    // While the batch before this one is stored, this one is signed already. Should that one fail, all is done anew: no log id is skipped.
    const isFresh = tried === 0 && beginsOnly(drafts)
    const free = isFresh ? await before?.signed : undefined
    if (!free) await before?.stored
    // What nobody has seen yet, nobody can have waiting: this may be read before it is signed.
    const waiting = isFresh ? deps.store.allPending(1) : undefined
    waiting?.catch(() => undefined)
    const arrival = { origin: 'local', mark: 'private', receivedAt: arrivalTime(deps.clock) } as const
    const signed = await signBatch(deps, drafts, deviceKey, free, arrival, signal)
    if (!signed.ok) return signed
    const { sound, published } = signed.value
    turn.isSigned(signed.value.free)
    const schemas = new Map([...(await findSchemas(deps, sound)), ...signed.value.schemas])
    const isNothingWaiting = (await waiting)?.length === 0
    const [snapshot, known] = await Promise.all([
      isFresh ? snapshotOfBeginnings(sound, schemas) : takeSnapshot(deps, sound, schemas),
      isNothingWaiting ? new Set<Hash>() : pendingAmong(deps.store, sound, new Set()),
    ])
    const plan = planIngest(sound, snapshot)
    const refused = plan.verdicts.find(({ verdict }) => verdict === 'rejected')
    if (refused?.verdict === 'rejected') return fail(refused.failure)
    // Anything else but `stored` says that the log moved on since the batch was signed.
    if (plan.verdicts.some(({ verdict }) => verdict !== 'stored')) continue
    if (free && !(await before?.stored)) continue
    const { judged } = signed.value
    // Rows are on their way to the disk while the last signatures are verified.
    const isSound = judged.then(({ ok: isTrue }) => isTrue)
    // The commit hears it, if it comes to that.
    isSound.catch(() => undefined)
    const stored = await commitPlan(deps, plan, { known, woken: new Set() }, { rows: beside(published), isSound })
    if (!stored) {
      const verdict = await judged
      if (!verdict.ok) return verdict
      continue
    }
    turn.isStored(tried === 0)
    // Whoever writes a single thing wants to see it: its view is made while we look for what waited for it.
    if (drafts.length === 1) deps.materialiser.settled().catch(() => undefined)
    await wake(deps, { verdicts: stored, stored: plan.stored, pending: [] }, signal)
    return ok(published)
  }
  return fail({ code: 'publish/outrun', attempts: maxAttempts })
}
