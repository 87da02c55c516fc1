import { memoryBroadcastHub } from '../../src/adapters/memory/memory-broadcast.ts'
import { memoryClock } from '../../src/adapters/memory/memory-clock.ts'
import { type MemoryDatabase, memoryDatabase } from '../../src/adapters/memory/memory-database.ts'
import { memoryKeys } from '../../src/adapters/memory/memory-keys.ts'
import { memoryLocks } from '../../src/adapters/memory/memory-locks.ts'
import { memoryRandom } from '../../src/adapters/memory/memory-random.ts'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import { nobleVerifier } from '../../src/adapters/memory/noble-verifier.ts'
import type { OperationId } from '../../src/core/ids.ts'
import type { Verdict } from '../../src/engine/api.ts'
import { assemble } from '../../src/engine/assemble.ts'
import type { EngineDeps, EngineOptions, EnginePorts } from '../../src/engine/deps.ts'
import { type Ingested, ingest } from '../../src/engine/ingest.ts'
import type { Written } from './author.ts'

export const never = new AbortController().signal

/** What engines on one database share, as tabs of one browser do. */
export interface Shared {
  readonly database: MemoryDatabase
  readonly open: (given?: Partial<EnginePorts>, options?: Omit<EngineOptions, 'database'>) => EngineDeps
}

/** A database with a door in front: as many engines as a test wants. What has no owner is everybody's there, unless said otherwise. */
export function shared(database: MemoryDatabase = memoryDatabase()): Shared {
  const locks = memoryLocks()
  const join = memoryBroadcastHub()
  let opened = 0n
  const open: Shared['open'] = (given = {}, options = { legacyOpenDocuments: true }) =>
    assemble(
      {
        store: openMemoryStore(database),
        keys: memoryKeys([memoryRandom(7).bytes(32)]),
        locks,
        clock: memoryClock(),
        random: memoryRandom(opened++),
        verifier: nobleVerifier(),
        broadcast: join(),
        log: { debug: () => undefined, warn: () => undefined },
        ...given,
      },
      { database: 'test', ...options },
      new AbortController().signal,
    )
  return { database, open }
}

export const oneDoor = (given: Partial<EnginePorts> = {}, options?: Omit<EngineOptions, 'database'>): EngineDeps =>
  shared().open(given, options)

export const take = async (deps: EngineDeps, written: readonly (Written | Written['item'])[]): Promise<Ingested> => {
  const items = written.map((one) => ('item' in one ? one.item : one))
  const ingested = await ingest(deps, items, { origin: 'import', mark: 'private' }, never)
  await deps.materialiser.settled()
  return ingested
}

/** A verdict in a word, or in a code where it was rejected. */
export const words = (verdicts: readonly Verdict[]): readonly string[] =>
  verdicts.map((verdict) =>
    verdict.verdict === 'rejected'
      ? verdict.failure.code
      : verdict.verdict === 'pending'
        ? verdict.reason
        : verdict.verdict,
  )

/** Takes a batch and says the verdicts. */
export const judged = async (
  deps: EngineDeps,
  ...written: readonly (Written | Written['item'])[]
): Promise<readonly string[]> => words((await take(deps, written)).verdicts)

/** The text a document of the plain schema has in its view; `undefined` where there is no view. */
export const nameOf = async (deps: EngineDeps, id: OperationId): Promise<unknown> =>
  (await deps.store.view(id as Parameters<typeof deps.store.view>[0]))?.fields['name']?.value
