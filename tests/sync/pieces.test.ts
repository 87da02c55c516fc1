import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxU64 } from '../../src/core/bytes/varu64.ts'
import type { EncodedEntry, Hash, LogId, PublicKey, SeqNum } from '../../src/core/ids.ts'
import { firstReservedLogId, maxPieceBytes } from '../../src/core/limits.ts'
import { decodeHave, haveMessages } from '../../src/sync/heads-body.ts'
import { decodeMessage, encodeMessage } from '../../src/sync/message-codec.ts'
import type { Fingerprint, LogHead, LogsOf, StoreId } from '../../src/sync/messages.ts'
import { type PiecedMessage, messagePieces } from '../../src/sync/pieces.ts'
import { anyHeads } from './any-message.ts'

/** Everything as long as it can be. */
const publicKey = 'f'.repeat(64) as PublicKey
const logId = (firstReservedLogId - 1n) as LogId
const seqNum = maxU64 as SeqNum
const hash = `0020${'f'.repeat(64)}` as Hash
const session = 2 ** 32 - 1
const head = { logId, seqNum, hash }
const entry = new Uint8Array(226) as EncodedEntry
const many = <T>(item: T): readonly T[] => Array.from({ length: 5000 }, () => item)
/** Many logs of a few keys, and a few of many. */
const keys = <T>(log: T): readonly LogsOf<T>[] => [
  { publicKey, logs: many(log) },
  ...many({ publicKey, logs: [log] }),
  { publicKey, logs: many(log) },
]
const cursors = {
  fingerprint: 'f'.repeat(32) as Fingerprint,
  count: Number.MAX_SAFE_INTEGER,
  myStoreId: 'f'.repeat(16) as StoreId,
  myNumber: Number.MAX_SAFE_INTEGER,
  yourStoreId: 'f'.repeat(16) as StoreId,
  yourNumber: Number.MAX_SAFE_INTEGER,
}

const long: readonly PiecedMessage[] = [
  { type: 'Changed', session, heads: keys(head), ...cursors },
  { type: 'Heads', session, heads: keys(head) },
  { type: 'Want', session, ids: many(hash) },
  { type: 'WantLog', session, logs: many({ publicKey, logId, fromSeq: seqNum }) },
  { type: 'Forks', session, pairs: many([entry, entry]) },
  { type: 'Gap', session, publicKey, logId, ranges: many([seqNum, seqNum]) },
  { type: 'OwnHeads', publicKey, heads: many(head) },
]

const listIn = (message: PiecedMessage): readonly unknown[] =>
  Object.values(message).find((value) => Array.isArray(value)) as readonly unknown[]
/** Logs as single rows, whichever piece they lie in. */
const flat = (list: readonly unknown[]): readonly unknown[] =>
  list.flatMap((item) => ((item as LogsOf<unknown>).logs ? (item as LogsOf<unknown>).logs : [item]))

describe('long lists', () => {
  test.each(long)('[W6] a long $type travels in pieces of at most 64 KiB, nothing lost', (message) => {
    const pieces = messagePieces(message)
    expect(pieces.length).toBeGreaterThan(1)
    expect(flat(pieces.flatMap(listIn))).toEqual(flat(listIn(message)))
    for (const [i, piece] of pieces.entries()) {
      const bytes = encodeMessage(piece)
      expect(bytes.length).toBeLessThanOrEqual(maxPieceBytes)
      expect(piece.hasMore).toBe(i < pieces.length - 1 ? true : undefined)
      expect(decodeMessage(bytes)).toMatchObject({ ok: true, value: { type: piece.type } })
    }
  })

  test.each(long)('[W6] a $type of nothing is one message', ({ type }) => {
    const empty = { ...long.find((each) => each.type === type), heads: [], ids: [], logs: [], pairs: [], ranges: [] }
    expect(messagePieces(empty as unknown as PiecedMessage)).toHaveLength(1)
  })

  test('[W6] the heads of a part come back from its Haves', () => {
    fc.assert(
      fc.property(anyHeads, (heads) => {
        const used = heads.filter(({ logs }) => logs.length > 0)
        const [have, ...more] = haveMessages(0, used)
        expect(more).toEqual([])
        expect(have && decodeHave(have)).toEqual({ ok: true, value: used })
      }),
    )
  })

  test('[W6] each piece of a long Have is read alone, and deflated where that is shorter', () => {
    const heads: LogsOf<LogHead>[] = keys(head).map((of) => ({ ...of }))
    const pieces = haveMessages(1, heads)
    expect(pieces.length).toBeGreaterThan(5)
    const read = pieces.flatMap((piece) => {
      const sent = decodeMessage(encodeMessage(piece))
      expect(sent).toEqual({ ok: true, value: piece })
      expect(piece.encoding).toBe(1)
      const decoded = decodeHave(piece)
      return decoded.ok ? decoded.value : []
    })
    expect(flat(read)).toEqual(flat(heads))
  })
})
