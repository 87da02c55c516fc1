import { memoryBroadcastHub } from '../../../src/adapters/memory/memory-broadcast.ts'
import { type MemoryDatabase, memoryDatabase } from '../../../src/adapters/memory/memory-database.ts'
import { memoryKeys } from '../../../src/adapters/memory/memory-keys.ts'
import { memoryLocks } from '../../../src/adapters/memory/memory-locks.ts'
import { memoryRandom } from '../../../src/adapters/memory/memory-random.ts'
import { openMemoryStore } from '../../../src/adapters/memory/memory-store.ts'
import { memoryTransportKey } from '../../../src/adapters/memory/memory-transport-key.ts'
import { publicKeyOf } from '../../../src/core/entry/sign.ts'
import type { PublicKey } from '../../../src/core/ids.ts'
import { createEngine, type LocalEngine } from '../../../src/engine/engine.ts'
import * as line from '../../../src/engine/sync/line.ts'
import type { Verifier } from '../../../src/ports/verifier.ts'
import type { TransportKey } from '../../../src/ports/transport-key.ts'
import { type Life, mortalPorts, mortalTransportKey, newLife } from './life.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** One engine on a machine's database. */
export interface Tab {
  readonly engine: LocalEngine
  readonly life: Life
  readonly transportKey: TransportKey
}

/** A device: what survives a crash, and the tabs that are open just now. The first of them holds the connections. */
export interface Machine {
  readonly name: string
  readonly database: MemoryDatabase
  readonly publicKey: PublicKey
  readonly dialKey: PublicKey
  readonly tabs: Tab[]
  /** By how much its clock is wrong. */
  skewMs: number
  readonly openTab: () => Tab
}

export interface MachineWorld {
  readonly clock: VirtualClock
  readonly verifier: Verifier
  readonly log: (text: string) => void
  /** What an engine warned of. */
  readonly warned: (machine: Machine, text: string, about: unknown) => void
  readonly died: (machine: Machine, tab: Tab) => void
}

const seedFor = (name: string, purpose: number): Uint8Array =>
  memoryRandom(BigInt(`0x${Buffer.from(name).toString('hex')}`) * 10n + BigInt(purpose)).bytes(32)

export function newMachine(name: string, world: MachineWorld): Machine {
  const [deviceSeed, transportSeed] = [seedFor(name, 1), seedFor(name, 2)]
  const database = memoryDatabase()
  const locks = memoryLocks()
  const join = memoryBroadcastHub()
  const transportKey = memoryTransportKey(transportSeed)
  let opened = 0
  const machine: Machine = {
    name,
    database,
    publicKey: publicKeyOf(deviceSeed),
    dialKey: publicKeyOf(transportSeed),
    tabs: [],
    skewMs: 0,
    openTab: () => {
      const life = newLife(() => {
        machine.tabs.splice(machine.tabs.indexOf(tab), 1)
        world.died(machine, tab)
      })
      const ports = mortalPorts(life, {
        store: openMemoryStore(database),
        keys: memoryKeys([deviceSeed]),
        locks,
        clock: world.clock.seenBy(() => machine.skewMs),
        random: memoryRandom(BigInt(`0x${Buffer.from(`${name}${opened++}`).toString('hex')}`)),
        verifier: world.verifier,
        broadcast: join(),
        log: { debug: () => undefined, warn: (text, about) => world.warned(machine, text, about) },
      })
      const tab: Tab = {
        life,
        engine: createEngine(ports, { database: name, legacyOpenDocuments: true }, async () => line),
        transportKey: mortalTransportKey(life, transportKey),
      }
      machine.tabs.push(tab)
      return tab
    },
  }
  return machine
}
