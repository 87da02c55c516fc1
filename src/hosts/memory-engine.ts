import './polyfill.ts'
import { memoryBroadcastHub } from '../adapters/memory/memory-broadcast.ts'
import { memoryClock, type MemoryClock } from '../adapters/memory/memory-clock.ts'
import { memoryKeys } from '../adapters/memory/memory-keys.ts'
import { memoryLocks } from '../adapters/memory/memory-locks.ts'
import { memoryRandom } from '../adapters/memory/memory-random.ts'
import { openMemoryStore } from '../adapters/memory/memory-store.ts'
import { nobleVerifier } from '../adapters/memory/noble-verifier.ts'
import type { EngineApi } from '../engine/api.ts'
import type { EngineOptions, EnginePorts } from '../engine/deps.ts'
import { createEngine } from '../engine/engine.ts'
import type { Store } from '../ports/index.ts'

/** An engine that holds everything in memory and follows from one number: same seed, same key, same random, and a clock that one moves. */
export interface MemoryEngine {
  readonly api: EngineApi
  readonly clock: MemoryClock
  readonly store: Store
}

/** @param given ports to take instead of the memory ones, for a faster verifier or a fuller disk */
export function memoryEngine(
  seed: number | bigint,
  given: Partial<EnginePorts> = {},
  options: Omit<EngineOptions, 'database'> = {},
): MemoryEngine {
  const random = memoryRandom(seed)
  const clock = memoryClock()
  const store = given.store ?? openMemoryStore()
  const api = createEngine(
    {
      keys: memoryKeys([random.bytes(32)]),
      locks: memoryLocks(),
      clock,
      random,
      verifier: nobleVerifier(),
      broadcast: memoryBroadcastHub()(),
      log: { debug: () => undefined, warn: () => undefined },
      ...given,
      store,
    },
    { database: `memory ${seed}`, ...options },
  )
  return { api, clock, store }
}
