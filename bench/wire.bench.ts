import { equalBytes } from '../src/core/bytes/concat.ts'
import type { Hash, PublicKey, SeqNum } from '../src/core/ids.ts'
import { encodeFrame } from '../src/sync/frames.ts'
import { haveMessages } from '../src/sync/heads-body.ts'
import { type CarriedEntry, openLogRanges, packEntries, rebuildEntries } from '../src/sync/log-ranges.ts'
import type { LogHead, LogsOf, Message } from '../src/sync/messages.ts'
import { messagePieces } from '../src/sync/pieces.ts'
import type { AppRow, Case, Subject } from './harness/subject.ts'
import { installFastBlake3 } from '../src/adapters/web/fast-blake3.ts'
import { valueOf } from './support/engine.ts'
import { type Replica, makeReplica } from './support/replica.ts'

const documents = 10_000
/** The box stream spends 34 bytes on each packet of 4096. */
const boxed = (bytes: number): number => bytes + Math.ceil(bytes / 4096) * 34
const bytesOf = (messages: readonly Message[]): number =>
  boxed(messages.reduce((sum, message) => sum + encodeFrame(message).length, 0))

/** The entries again from what travelled, for somebody who held nothing. */
function rebuildAll(messages: readonly Message[]): readonly CarriedEntry[] {
  const held = new Map<string, Hash>()
  const all: CarriedEntry[] = []
  for (const message of messages) {
    if (message.type !== 'LogRanges') throw new Error('Every operation here fits a body')
    const { publicKey } = message
    const heldHash = ({ logId, seqNum }: { readonly logId: bigint; readonly seqNum: bigint }) =>
      held.get(`${publicKey}/${logId}/${seqNum}`)
    for (const range of rebuildEntries(valueOf(openLogRanges(message)), heldHash)) {
      if (!range.isLinked) throw new Error('A range does not find what it builds on')
      for (const carried of range.entries) {
        held.set(`${publicKey}/${carried.entry.logId}/${carried.entry.seqNum}`, carried.entry.hash)
        all.push(carried)
      }
    }
  }
  return all
}

/** Throws unless all came back as they were signed. */
function compare(sent: readonly CarriedEntry[], came: readonly CarriedEntry[]): void {
  if (sent.length !== came.length) throw new Error(`${came.length} of ${sent.length} entries came`)
  for (const [i, { entry, operation }] of sent.entries()) {
    const other = came[i]
    if (!other?.operation || !operation) throw new Error('An operation is missing')
    if (!equalBytes(entry.bytes, other.entry.bytes) || !equalBytes(operation, other.operation))
      throw new Error('An entry came back as another')
  }
}

/** The heads of everything, by key. */
function headsOf({ entries }: Replica): readonly LogsOf<LogHead>[] {
  const byKey = new Map<PublicKey, Map<bigint, LogHead>>()
  for (const { entry } of entries) {
    const own = byKey.get(entry.publicKey) ?? new Map<bigint, LogHead>()
    byKey.set(entry.publicKey, own.set(entry.logId, entry))
  }
  return [...byKey].map(([publicKey, own]) => ({ publicKey, logs: [...own.values()] }))
}

/** Ways to come to an agreement on what is to travel, for somebody who has nothing: each names all logs once. */
function namings(heads: readonly LogsOf<LogHead>[]): readonly (readonly [string, readonly Message[]])[] {
  const logs = heads.flatMap(({ publicKey, logs: own }) =>
    own.map(({ logId }) => ({ publicKey, logId, fromSeq: 1n as SeqNum })),
  )
  return [
    ['Have', haveMessages(0, heads)],
    ['WantLog', messagePieces({ type: 'WantLog', session: 0, logs })],
    ['Heads', messagePieces({ type: 'Heads', session: 0, heads })],
  ]
}

const replicas = new Map<'text' | 'random', Promise<Replica>>()
const replica = (values: 'text' | 'random'): Promise<Replica> => {
  const made = replicas.get(values) ?? makeReplica({ documents, values })
  replicas.set(values, made)
  return made
}

const perEntry = (name: string, bytes: number, entries: number, most?: number): AppRow => {
  const value = bytes / entries
  const row = { name, value, unit: 'B', all: [value] } as const
  return most === undefined ? row : { ...row, toReach: `≤ ${most} B`, isReached: value <= most }
}

export const subject: Subject = {
  name: 'wire',
  about:
    'Bytes per entry of a whole replica of 10,000 documents on the wire, frames and packets included: as Entry, as LogRanges, and what naming all heads adds. Times: packing and rebuilding all of it.',
  where: ['node'],
  items: documents,
  rounds: 5,
  prepare: async (): Promise<readonly Case[]> => {
    await installFastBlake3()
    const { entries } = await replica('text')
    const messages = packEntries(0, entries)
    compare(entries, rebuildAll(messages))
    return [
      { name: 'pack into LogRanges', run: async () => packEntries(0, entries) },
      { name: 'rebuild from LogRanges', run: async () => rebuildAll(messages) },
    ]
  },
  figures: async (): Promise<readonly AppRow[]> => {
    const text = await replica('text')
    const random = await replica('random')
    const count = text.entries.length
    const asEntries = text.entries.map(({ entry, operation }): Message => ({
      type: 'Entry',
      session: 0,
      entry: entry.bytes,
      operation,
    }))
    const packed = packEntries(0, random.entries)
    compare(random.entries, rebuildAll(packed))
    return [
      perEntry('text, as Entry', bytesOf(asEntries), count),
      perEntry('text, as LogRanges', bytesOf(packEntries(0, text.entries)), count, 130),
      perEntry('random values, as LogRanges', bytesOf(packed), random.entries.length, 180),
      ...namings(headsOf(text)).map(([name, messages]) =>
        perEntry(`all ${text.logs} logs as ${name}`, bytesOf(messages), count),
      ),
    ]
  },
}
