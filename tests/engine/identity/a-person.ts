import { keysWithPaper } from '../../../src/adapters/memory/keys-with-paper.ts'
import { memoryBroadcastHub } from '../../../src/adapters/memory/memory-broadcast.ts'
import { type MemoryClock, memoryClock } from '../../../src/adapters/memory/memory-clock.ts'
import { memoryKeys } from '../../../src/adapters/memory/memory-keys.ts'
import { memoryLocks } from '../../../src/adapters/memory/memory-locks.ts'
import { memoryRandom } from '../../../src/adapters/memory/memory-random.ts'
import { openMemoryStore } from '../../../src/adapters/memory/memory-store.ts'
import { nobleVerifier } from '../../../src/adapters/memory/noble-verifier.ts'
import { type SigningPaperKey, memoryEntropy, paperKeyAt } from '../../../src/adapters/memory/paper-key.ts'
import type { Authority } from '../../../src/core/authority/authority.ts'
import type { EngineApi } from '../../../src/engine/api.ts'
import type { EngineDeps, EnginePorts } from '../../../src/engine/deps.ts'
import { startEngine } from '../../../src/engine/engine.ts'
import type { Store } from '../../../src/ports/store.ts'

/** An engine of somebody, with what it is made of. */
export interface PersonalEngine {
  readonly api: EngineApi
  readonly deps: EngineDeps
  readonly store: Store
  readonly clock: MemoryClock
  readonly paper: SigningPaperKey
}

/** What the resolver makes of everything that an engine has. */
export async function standing({ deps }: PersonalEngine): Promise<Authority> {
  await deps.materialiser.settled()
  return deps.authority.authority()
}

interface Given extends Partial<Omit<EnginePorts, 'clock'>> {
  readonly clock?: MemoryClock
  /** A device that is to be linked to a person founds none of its own. */
  readonly isLinked?: boolean
}

/** An engine of somebody, with a paper key beside the device key; both follow from the seed. */
export function personalEngine(seed: number, { isLinked, ...given }: Given = {}): PersonalEngine {
  const random = memoryRandom(seed + 1_000)
  const store = given.store ?? openMemoryStore()
  const clock = given.clock ?? memoryClock()
  const paper = paperKeyAt(memoryEntropy(), random.bytes)
  const keys = keysWithPaper(given.keys ?? memoryKeys([random.bytes(32)]), paper)
  const ports: EnginePorts = {
    locks: memoryLocks(),
    random,
    verifier: nobleVerifier(),
    broadcast: memoryBroadcastHub()(),
    log: { debug: () => undefined, warn: () => undefined },
    ...given,
    store,
    clock,
    keys,
    ...(!isLinked && { paper }),
  }
  const { api, deps } = startEngine(ports, { database: `person ${seed}` })
  return { api, deps, store, clock, paper }
}
