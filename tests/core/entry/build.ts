import { hexToBytes } from '../../../src/core/bytes/hex.ts'
import { decodeEntry } from '../../../src/core/entry/decode.ts'
import { encodeUnsignedEntry, sealEntry } from '../../../src/core/entry/encode.ts'
import type { UnsignedEntry } from '../../../src/core/entry/encode.ts'
import type { Entry } from '../../../src/core/entry/entry.ts'
import { lipmaa, needsSkiplink } from '../../../src/core/entry/lipmaa.ts'
import { signEntry } from '../../../src/core/entry/sign.ts'
import { hashBytes } from '../../../src/core/hash/yasmf.ts'
import type { Hash, PublicKey, Signature } from '../../../src/core/ids.ts'
import type { Result } from '../../../src/core/result.ts'

export const seed = Uint8Array.from({ length: 32 }, (_, index) => index)
export const payload = Uint8Array.of(1, 2, 3)
export const someHash = (text: string): Hash => hashBytes(new TextEncoder().encode(text))

/** The value of a result that must be there. */
export function must<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`expected a value, got ${JSON.stringify(result.error)}`)
  return result.value
}

export const entryOf = (hex: string): Entry => must(decodeEntry(hexToBytes(hex)))

type Changes = Partial<Omit<UnsignedEntry, 'publicKey'>>

/** Fields of an entry with links to anything, as its sequence number asks. */
export function fields({ seqNum = 1n, ...changes }: Changes = {}): Omit<UnsignedEntry, 'publicKey'> {
  return {
    logId: 0n,
    seqNum,
    ...(seqNum > 1n && { backlink: someHash('back') }),
    ...(seqNum > 1n && needsSkiplink(seqNum) && { skiplink: someHash('skip') }),
    payloadSize: BigInt(payload.length),
    payloadHash: hashBytes(payload),
    ...changes,
  }
}

/** A well-signed entry. */
export const anEntry = (changes: Changes = {}, by: Uint8Array = seed): Entry =>
  must(decodeEntry(signEntry(fields(changes), by)))

/** A log of entries that link to one another. Nobody signed them: for what does not look at signatures. */
export function unsignedLog(height: number, changes: Changes = {}): Entry[] {
  const log: Entry[] = []
  const hashAt = (seqNum: bigint): Hash | undefined => log[Number(seqNum) - 1]?.hash
  for (let seqNum = 1n; seqNum <= height; seqNum++) {
    const links =
      seqNum === 1n
        ? {}
        : { backlink: hashAt(seqNum - 1n), skiplink: needsSkiplink(seqNum) ? hashAt(lipmaa(seqNum)) : undefined }
    const unsigned = must(
      encodeUnsignedEntry({ ...fields({ ...changes, seqNum }), ...links, publicKey: '11'.repeat(32) as PublicKey }),
    )
    log.push(must(decodeEntry(sealEntry(unsigned, new Uint8Array(64) as Signature))))
  }
  return log
}
