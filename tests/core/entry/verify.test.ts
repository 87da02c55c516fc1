import { describe, expect, test } from 'vitest'
import { hexToBytes } from '../../../src/core/bytes/hex.ts'
import type { Entry } from '../../../src/core/entry/entry.ts'
import { forkProof, isFork, isForkProof } from '../../../src/core/entry/fork.ts'
import { certificatePool, linkPath, lipmaa } from '../../../src/core/entry/lipmaa.ts'
import { verifySubset } from '../../../src/core/entry/subset.ts'
import { linkFailure, verifyEntry, verifyLinks, verifyPayload } from '../../../src/core/entry/verify.ts'
import { hashBytes } from '../../../src/core/hash/yasmf.ts'
import { maxOperationBytes } from '../../../src/core/limits.ts'
import features from '../../vectors/bamboo-features.json'
import entryLogs from '../../vectors/entry-logs.json'
import { anEntry, entryOf, payload, unsignedLog } from './build.ts'

const log = unsignedLog(50)
const at = (seqNum: number): Entry => log[seqNum - 1] as Entry

describe('verifyLinks', () => {
  test('[E4] accepts every entry of a log whose links are there', () => {
    for (const entry of log) {
      const targets = { backlink: at(Number(entry.seqNum) - 1), skiplink: at(Number(lipmaa(entry.seqNum))) }
      expect(verifyLinks(entry, targets)).toEqual({ ok: true, value: entry })
    }
  })

  test('[E4] asks for the entry that is missing', () => {
    expect(verifyLinks(at(8), { skiplink: at(4) })).toEqual({
      ok: false,
      error: { code: 'entry/backlink-missing', seqNum: 7n },
    })
    expect(verifyLinks(at(8), { backlink: at(7) })).toEqual({
      ok: false,
      error: { code: 'entry/skiplink-missing', seqNum: 4n },
    })
  })

  const otherPayload = unsignedLog(50, { payloadSize: 9n })
  const otherLog = unsignedLog(50, { logId: 7n })
  test.each([
    ['of another branch', otherPayload],
    ['of another log', otherLog],
  ])('[E4] names both hashes when the link leads to an entry %s', (_, others) => {
    const [found7, found4] = [others[6] as Entry, others[3] as Entry]
    expect(verifyLinks(at(8), { backlink: found7, skiplink: at(4) })).toEqual({
      ok: false,
      error: { code: 'entry/backlink-mismatch', seqNum: 7n, expected: at(7).hash, found: found7.hash },
    })
    expect(verifyLinks(at(8), { backlink: at(7), skiplink: found4 })).toEqual({
      ok: false,
      error: { code: 'entry/skiplink-mismatch', seqNum: 4n, expected: at(4).hash, found: found4.hash },
    })
  })

  test('[E4] is not taken in by the right hash at the wrong place', () => {
    const claimed = { ...at(7), seqNum: at(6).seqNum }
    expect(verifyLinks(at(8), { backlink: claimed, skiplink: at(4) })).toMatchObject({
      error: { code: 'entry/backlink-mismatch' },
    })
  })

  test('[E7] lets nothing follow the end of a log, told by the entry or by its stored head', () => {
    const [ended, head] = [
      { ...at(7), isEndOfLog: true },
      { ...at(7), isEndOfLog: false, isEnded: true },
    ]
    for (const backlink of [ended, head])
      expect(verifyLinks(at(8), { backlink, skiplink: at(4) })).toEqual({
        ok: false,
        error: { code: 'entry/log-ended', seqNum: 7n },
      })
    expect(linkFailure(at(8), { skiplink: { ...at(4), isEndOfLog: true } })).toMatchObject({
      code: 'entry/log-ended',
      seqNum: 4n,
    })
  })
})

describe('bamboo-features.json', () => {
  const [first] = features.forkProofs
  const { endOfLog, partialSubset, payloadDeletion } = features
  const whole = (entryLogs.logs[1]?.entries ?? []).map(({ entryHex }) => entryOf(entryHex))
  const held = (seqNums: readonly (string | number)[]): Entry[] =>
    seqNums.map((seqNum) => whole[Number(seqNum) - 1] as Entry)

  test.each(features.forkProofs)('[E8] $name: a proof is $isProof', ({ a, b, isProof }) => {
    expect(isForkProof(entryOf(a), entryOf(b))).toBe(isProof)
    expect(isForkProof(entryOf(b), entryOf(a))).toBe(isProof)
  })

  test('[E8] one fork gives one record, the lower hash first', () => {
    const [a, b] = [entryOf(first?.a ?? ''), entryOf(first?.b ?? '')]
    const proof = forkProof(a, b)
    expect(proof).toEqual(forkProof(b, a))
    expect(proof).toMatchObject({ ok: true, value: { seqNum: a.seqNum, a: { hash: [a.hash, b.hash].sort()[0] } } })
    expect(isFork(a, b)).toBe(true)
  })

  test('[E8] two different entries prove nothing without both signatures', () => {
    const [a, b] = [anEntry(), anEntry({ payloadSize: 4n })]
    expect(isForkProof(a, b)).toBe(true)
    expect(isForkProof(a, { ...b, signature: a.signature })).toBe(false)
  })

  test('[E7] the end of a log is a valid entry, and what follows it is not', () => {
    const last = whole.at(-1)
    const ended = entryOf(endOfLog.endOfLogEntry)
    const after = entryOf(endOfLog.entryAfterEndOfLog)
    expect(verifyEntry(ended).ok && verifyEntry(after).ok).toBe(true)
    expect(ended).toMatchObject({ isEndOfLog: true, hash: endOfLog.endOfLogHash })
    expect(verifyLinks(ended, { backlink: last }).ok).toBe(true)
    expect(verifyLinks(after, { backlink: ended })).toEqual({
      ok: false,
      error: { code: 'entry/log-ended', seqNum: ended.seqNum },
    })
  })

  test('[E9] the entries of all pools vouch for the wanted ones', () => {
    const entries = held(partialSubset.entriesToStore)
    expect(verifySubset(entries, partialSubset.wanted.map(BigInt))).toEqual({ ok: true, value: undefined })
    expect(verifySubset(entries.toReversed(), []).ok).toBe(true)
  })

  test.each(features.certificatePools)('[E9] pool of entry $x', ({ x, pool, availableIn121EntryLog }) => {
    expect(certificatePool(BigInt(x))).toEqual(pool.map(BigInt))
    expect(certificatePool(BigInt(x), 121n)).toEqual(availableIn121EntryLog.map(BigInt))
  })

  test.each(features.linkPaths)('[E9] path from entry $newer to $older', ({ newer, older, path }) => {
    expect(linkPath(BigInt(newer), BigInt(older))).toEqual(path.map(BigInt))
  })

  test('[E6] an entry stays valid without its payload, which can still come later', () => {
    const entry = entryOf(payloadDeletion.entryHex)
    expect(verifyEntry(entry).ok).toBe(true)
    expect(verifyLinks(held([11])[0] as Entry, { backlink: entry }).ok).toBe(true)
    expect([entry.payloadHash, entry.payloadSize]).toEqual([
      payloadDeletion.payloadHash,
      BigInt(payloadDeletion.payloadSize),
    ])
    const late = hexToBytes(entryLogs.logs[1]?.entries[9]?.payloadHex ?? '')
    expect(verifyPayload(entry, late).ok).toBe(true)
  })
})

describe('verifySubset', () => {
  const pick = (...seqNums: number[]): Entry[] => seqNums.map(at)

  test('[E9] wants the wanted entries, the first one, and a chain between all of them', () => {
    expect(verifySubset(pick(1, 4, 8, 9), [9n]).ok).toBe(true)
    expect(verifySubset(pick(1, 4, 8), [9n])).toMatchObject({ error: { code: 'entry/unconnected', seqNum: 9n } })
    expect(verifySubset(pick(4, 8, 9), [9n])).toMatchObject({ error: { code: 'entry/unconnected', seqNum: 1n } })
    expect(verifySubset(pick(1, 4, 9), [9n])).toMatchObject({ error: { code: 'entry/unconnected', seqNum: 1n } })
    expect(verifySubset([], [])).toMatchObject({ error: { code: 'entry/unconnected', seqNum: 1n } })
  })

  test('[E9] is not content with a way around a wanted entry', () => {
    // 13 links to 4 directly, so 9 hangs in the air.
    expect(verifySubset(pick(1, 4, 8, 9, 13), [9n])).toMatchObject({
      error: { code: 'entry/unconnected', seqNum: 9n },
    })
    expect(verifySubset(pick(1, 4, 8, 9, 10, 11, 12, 13), [9n]).ok).toBe(true)
  })

  test('[E9] refuses a link to another entry than the one held', () => {
    const other = unsignedLog(4, { payloadSize: 9n })[3] as Entry
    expect(verifySubset([at(1), at(2), at(3), other, at(5)], [5n])).toMatchObject({
      error: { code: 'entry/skiplink-mismatch', seqNum: 1n },
    })
    expect(verifySubset([...pick(1, 2, 3, 4), other], [4n])).toEqual({
      ok: false,
      error: { code: 'entry/log-forked', seqNum: 4n },
    })
  })
})

describe('verifyPayload', () => {
  test('[E6] tells a wrong hash, a wrong size and a size nobody may have', () => {
    expect(verifyPayload(anEntry(), payload)).toEqual({ ok: true, value: undefined })
    const other = Uint8Array.of(9)
    expect(verifyPayload(anEntry(), other)).toEqual({
      ok: false,
      error: { code: 'payload/hash-mismatch', expected: hashBytes(payload), found: hashBytes(other) },
    })
    expect(verifyPayload(anEntry({ payloadSize: 4n }), payload)).toEqual({
      ok: false,
      error: { code: 'payload/size-mismatch', expected: 4n, found: 3 },
    })
    const bytes = maxOperationBytes + 1
    expect(verifyPayload(anEntry(), new Uint8Array(bytes))).toEqual({
      ok: false,
      error: { code: 'payload/too-large', bytes, limit: maxOperationBytes },
    })
  })
})
