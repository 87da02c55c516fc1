import { logName } from '../../core/entry/log-name.ts'
import type { LogId, PublicKey, SeqNum } from '../../core/ids.ts'
import type { Store } from '../../ports/store.ts'
import type { HeadsRow, HeadsTable } from './api.ts'
import { isSamePart } from './parts.ts'
import { readAcks } from './peer-memory.ts'
import { type ScopeRecord, partOf } from './shared-scopes.ts'

/** Rows that are told, those that differ before the others; devices beside them. */
const maxRows = 200
const maxDevices = 6

/** How far somebody who is connected said that their logs go, by log. */
export interface KnownHeights {
  readonly publicKey: PublicKey
  readonly heights: ReadonlyMap<string, SeqNum>
}

/** What is known of one device's logs in a scope: up to which number of the part it had everything, but for what; and what it said. */
interface Device {
  readonly publicKey: PublicKey
  readonly number: number
  readonly without: ReadonlySet<string>
  readonly heights: ReadonlyMap<string, SeqNum>
}

async function devicesOf(
  store: Store,
  scope: ScopeRecord,
  connected: readonly KnownHeights[],
): Promise<readonly Device[]> {
  const acks = (await readAcks(store)).filter(({ key }) => isSamePart(key, partOf(scope)))
  const here = new Map(connected.map(({ publicKey, heights }) => [publicKey, heights]))
  const newest = acks.toSorted((a, b) => b.at - a.at).map(({ publicKey }) => publicKey)
  const keys = [...new Set([...here.keys(), ...newest])].slice(0, maxDevices)
  return keys.map((publicKey) => {
    const ack = acks.find((one) => one.publicKey === publicKey)
    return {
      publicKey,
      number: ack?.number ?? 0,
      without: new Set(ack?.without ?? []),
      heights: here.get(publicKey) ?? new Map(),
    }
  })
}

const higher = (a: SeqNum | undefined, b: SeqNum | undefined): SeqNum | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a

/** Logs that somebody has and this device has nothing of. */
function onlyThere(devices: readonly Device[], held: ReadonlySet<string>): readonly HeadsRow[] {
  const names = new Set(devices.flatMap(({ heights }) => [...heights.keys()]))
  return [...names]
    .filter((name) => !held.has(name))
    .slice(0, maxRows)
    .map((name) => {
      const [publicKey = '', logId = '0'] = name.split('/')
      const there = devices.map(({ heights }) => heights.get(name))
      return { publicKey: publicKey as PublicKey, logId: BigInt(logId) as LogId, there }
    })
}

/**
 * The logs of a scope: how far each goes here, and how far with each device, as far as that is known. Nothing is asked of anybody. Walks the
 * whole scope.
 */
export async function headsTable(
  store: Store,
  scope: ScopeRecord,
  connected: readonly KnownHeights[],
  signal: AbortSignal,
): Promise<HeadsTable> {
  const devices = await devicesOf(store, scope, connected)
  const held = new Set<string>()
  const unlike: HeadsRow[] = []
  const alike: HeadsRow[] = []
  let same = 0
  for await (const page of store.partLogs(partOf(scope), 0, signal))
    for (const { head, number } of page) {
      const { publicKey, logId, documentId, seqNum } = head
      const name = logName(head)
      held.add(name)
      const there = devices.map((device) => {
        const isNoted = number <= device.number && !device.without.has(documentId)
        return higher(isNoted ? seqNum : undefined, device.heights.get(name))
      })
      const isSame = there.every((reached) => reached === seqNum)
      if (isSame) same++
      const rows = isSame ? alike : unlike
      if (rows.length < maxRows) rows.push({ publicKey, logId, documentId, seqNum, there })
    }
  const rows = [...onlyThere(devices, held), ...unlike, ...alike].slice(0, maxRows)
  return { logs: held.size, same, devices: devices.map(({ publicKey }) => publicKey), rows }
}
