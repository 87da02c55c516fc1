import { keysWithPaper } from '../../../src/adapters/memory/keys-with-paper.ts'
import { memoryBroadcastHub } from '../../../src/adapters/memory/memory-broadcast.ts'
import { memoryKeys } from '../../../src/adapters/memory/memory-keys.ts'
import { memoryLocks } from '../../../src/adapters/memory/memory-locks.ts'
import { memoryRandom } from '../../../src/adapters/memory/memory-random.ts'
import { openMemoryStore } from '../../../src/adapters/memory/memory-store.ts'
import { memoryTransportKey } from '../../../src/adapters/memory/memory-transport-key.ts'
import { nobleVerifier } from '../../../src/adapters/memory/noble-verifier.ts'
import { type SigningPaperKey, memoryEntropy, paperKeyAt } from '../../../src/adapters/memory/paper-key.ts'
import { type LocalEngine, createEngine } from '../../../src/engine/engine.ts'
import * as line from '../../../src/engine/sync/line.ts'
import { type Device, type World, aWorld } from '../sync/world.ts'

/** A device on which whoever writes becomes a person. */
export interface Personal extends Device {
  readonly paper: SigningPaperKey
}
export interface LinkingWorld extends World {
  readonly personal: (name: string) => Personal
}

/** A world with devices of persons. */
export function aLinkingWorld(): LinkingWorld {
  const world = aWorld()
  const engines: LocalEngine[] = []
  const warnings: string[] = []
  return {
    ...world,
    personal: (name) => {
      const random = memoryRandom(7000 + engines.length)
      const transportKey = memoryTransportKey(random.bytes(32))
      const seed = random.bytes(32)
      const paper = paperKeyAt(memoryEntropy(), random.bytes)
      const store = openMemoryStore()
      const ports = {
        store,
        paper,
        keys: keysWithPaper(memoryKeys([seed]), paper),
        locks: memoryLocks(),
        clock: world.clock,
        random,
        verifier: nobleVerifier(),
        broadcast: memoryBroadcastHub()(),
        log: { debug: () => undefined, warn: (text: string) => void warnings.push(`${name}: ${text}`) },
      }
      const engine = createEngine(ports, { database: name, legacyOpenDocuments: true }, async () => line)
      engines.push(engine)
      return { name, engine, store, transportKey, seed, paper }
    },
    [Symbol.asyncDispose]: async () => {
      let isOver = false
      const closing = Promise.all(engines.map((engine) => engine.close())).finally(() => {
        isOver = true
      })
      await world.until(() => isOver)
      await closing
      await world[Symbol.asyncDispose]()
      if (warnings.length > 0) throw new Error(`An engine warned: ${warnings.join()}`)
    },
  }
}
