import { describe, expect, test } from 'vitest'
import { bytesToHex, hexToBytes } from '../../../src/core/bytes/hex.ts'
import { decodeEntry } from '../../../src/core/entry/decode.ts'
import { type UnsignedEntry, encodeUnsignedEntry } from '../../../src/core/entry/encode.ts'
import type { Entry } from '../../../src/core/entry/entry.ts'
import { lipmaa, needsSkiplink } from '../../../src/core/entry/lipmaa.ts'
import { publicKeyOf, signEntry } from '../../../src/core/entry/sign.ts'
import { verifyEntry, verifyLinks, verifyPayload } from '../../../src/core/entry/verify.ts'
import { hashBytes, parseHash } from '../../../src/core/hash/yasmf.ts'
import type { Hash } from '../../../src/core/ids.ts'
import type { Result } from '../../../src/core/result.ts'
import quirks from '../../vectors/entries-accepted-quirks.json'
import invalid from '../../vectors/entries-invalid.json'
import entryLogs from '../../vectors/entry-logs.json'
import keypairs from '../../vectors/keypairs.json'
import { must } from './build.ts'

/** Everything one entry has to stand alone: its form and its signature. */
function judge(hex: string): Result<Entry, { readonly code: string }> {
  const decoded = decodeEntry(hexToBytes(hex))
  return decoded.ok ? verifyEntry(decoded.value) : decoded
}

describe('keypairs.json', () => {
  test('[E5] public keys follow from their seeds', () => {
    for (const { privateKey, publicKey } of keypairs.vectors)
      expect(publicKeyOf(hexToBytes(privateKey))).toBe(publicKey)
  })
})

describe.each(entryLogs.logs)('entry-logs.json: $name', ({ logId, privateKey, publicKey, entries, nextArgs }) => {
  test('[E2] every entry decodes to its fields and is signed again byte for byte', () => {
    for (const expected of entries) {
      const entry = must(judge(expected.entryHex))
      expect(entry).toMatchObject({
        publicKey,
        logId: BigInt(logId),
        seqNum: BigInt(expected.seqNum),
        isEndOfLog: false,
        payloadSize: BigInt(expected.payloadSize),
        payloadHash: expected.payloadHash,
        hash: expected.entryHash,
      })
      expect([entry.skiplink ?? null, entry.backlink ?? null]).toEqual([expected.skiplink, expected.backlink])
      expect(bytesToHex(entry.signature)).toBe(expected.signature)
      expect(bytesToHex(signEntry(entry, hexToBytes(privateKey)))).toBe(expected.entryHex)
    }
  })

  test('[E4] [E6] every entry links to those before it and carries its payload', () => {
    const log = entries.map(({ entryHex }) => must(decodeEntry(hexToBytes(entryHex))))
    log.forEach((entry, index) => {
      const skiplink = log[Number(lipmaa(entry.seqNum)) - 1]
      expect(verifyLinks(entry, { backlink: log[index - 1], skiplink }).ok).toBe(true)
      expect(verifyPayload(entry, hexToBytes(entries[index]?.payloadHex ?? '')).ok).toBe(true)
    })
    const next = BigInt(nextArgs.seqNum)
    expect(nextArgs.backlink).toBe(log.at(-1)?.hash)
    expect(nextArgs.skiplink).toBe(needsSkiplink(next) ? log[Number(lipmaa(next)) - 1]?.hash : null)
  })
})

describe('entries-invalid.json', () => {
  /** What a rule of the file comes to here; where two codes are possible, which byte was changed decides. */
  const codes: Record<string, string> = {
    length: 'entry/malformed',
    signature: 'entry/signature-invalid',
    'public key': 'entry/signature-invalid',
    seq: 'entry/malformed',
    varu64: 'entry/malformed',
    hash: 'entry/malformed',
    links: 'entry/malformed',
  }

  test.each(invalid.vectors)('[E2] [E3] [E5] refuses $rule: $reason', ({ rule, reason, entryHex }) => {
    const code = reason === 'seq 4 with skiplink equal to backlink' ? 'entry/links-invalid' : codes[rule]
    expect(judge(entryHex)).toMatchObject({ ok: false, error: { code } })
  })
})

describe('entries-accepted-quirks.json', () => {
  /** Valid for us too. Upper case is a matter of the text: the bytes are fine. */
  const accepted = [
    'tag byte 0x01',
    'links to hashes that exist nowhere',
    'payload size that does not match',
    'max seq num 2^64-1',
    'upper-case hex',
  ]

  const isAccepted = (reason: string): boolean => accepted.some((start) => reason.startsWith(start))

  test.each(quirks.accepted.filter(({ reason }) => isAccepted(reason)))(
    '[E2] accepts: $reason',
    ({ reason, entryHex, entryHash, decoded }) => {
      expect(must(judge(entryHex.toLowerCase()))).toMatchObject({
        publicKey: decoded.publicKey,
        logId: BigInt(decoded.logId),
        seqNum: BigInt(decoded.seqNum),
        isEndOfLog: reason.startsWith('tag byte 0x01'),
        payloadSize: BigInt(decoded.payloadSize),
        payloadHash: decoded.payloadHash,
        hash: entryHash,
      })
    },
  )

  test.each(quirks.accepted.filter(({ reason }) => !isAccepted(reason)))(
    '[E2] [E5] refuses, though p2panda-js does not: $reason',
    ({ reason, entryHex }) => {
      const code = reason.startsWith('small-order') ? 'entry/signature-invalid' : 'entry/malformed'
      expect(judge(entryHex)).toMatchObject({ ok: false, error: { code } })
    },
  )

  /** The file leaves out what is as usual; the operation is hex. */
  type Args = Partial<Record<'logId' | 'seqNum' | 'skiplink' | 'backlink' | 'operation', string>>
  const [usual] = entryLogs.logs
  const seed = hexToBytes(usual?.privateKey ?? '')

  function draftOf(args: Args): Omit<UnsignedEntry, 'publicKey'> | undefined {
    const links = { skiplink: args.skiplink as Hash | undefined, backlink: args.backlink as Hash | undefined }
    // What is no hash never gets as far as an entry.
    if (Object.values(links).some((link) => link !== undefined && !parseHash(link).ok)) return undefined
    const payload = hexToBytes(args.operation ?? usual?.entries[0]?.payloadHex ?? '')
    const numbers = { logId: BigInt(args.logId ?? 0), seqNum: BigInt(args.seqNum ?? 1) }
    return { ...numbers, ...links, payloadSize: BigInt(payload.length), payloadHash: hashBytes(payload) }
  }
  const isOfPayload = ({ reason }: { readonly reason: string }): boolean => reason.includes('payload')

  test.each(quirks.signing.filter((item) => !isOfPayload(item)))('[E2] [E3] does not sign: $reason', ({ args }) => {
    const draft = draftOf(args)
    const encoded = draft && encodeUnsignedEntry({ ...draft, publicKey: publicKeyOf(seed) })
    expect(encoded?.ok ?? false).toBe(false)
  })

  test.each(quirks.signing.filter(isOfPayload))('[E6] signs whatever the payload: $reason', ({ args, ...expected }) => {
    const draft = draftOf(args)
    const bytes = draft && bytesToHex(signEntry(draft, seed))
    expect(bytes).toBe('entryHex' in expected ? expected.entryHex : bytes)
  })
})
