import * as fc from 'fast-check'
import { decodeEntry } from '../../src/core/entry/decode.ts'
import { encodeUnsignedEntry, sealEntry } from '../../src/core/entry/encode.ts'
import type { Entry } from '../../src/core/entry/entry.ts'
import { lipmaa, needsSkiplink } from '../../src/core/entry/lipmaa.ts'
import { hashBytes } from '../../src/core/hash/yasmf.ts'
import type { EncodedOperation, PublicKey, Signature } from '../../src/core/ids.ts'
import type { Result } from '../../src/core/result.ts'
import type { CarriedEntry } from '../../src/sync/log-ranges.ts'

export const must = <T, E>(result: Result<T, E>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

export const aKey = (byte: number): PublicKey => byte.toString(16).padStart(2, '0').repeat(32) as PublicKey

/** The signature over some bytes. Most tests need none that holds. */
type Sign = (unsigned: Uint8Array) => Signature
const anySignature: Sign = (unsigned) => new Uint8Array(64).fill(unsigned.length % 256) as Signature

/** One log with these operations; those that are `null` were deleted, of a payload nobody has. */
export function aLog(
  publicKey: PublicKey,
  logId: bigint,
  operations: readonly (Uint8Array | null)[],
  { isEnded = false, sign = anySignature } = {},
): readonly CarriedEntry[] {
  const entries: Entry[] = []
  return operations.map((operation, i) => {
    const seqNum = BigInt(i + 1)
    const unsigned = must(
      encodeUnsignedEntry({
        publicKey,
        logId,
        seqNum,
        isEndOfLog: isEnded && i === operations.length - 1,
        backlink: entries.at(-1)?.hash,
        skiplink: needsSkiplink(seqNum) ? entries[Number(lipmaa(seqNum)) - 1]?.hash : undefined,
        payloadSize: BigInt(operation?.length ?? i),
        payloadHash: hashBytes(operation ?? Uint8Array.of(i)),
      }),
    )
    const entry = must(decodeEntry(sealEntry(unsigned, sign(unsigned))))
    entries.push(entry)
    return { entry, operation: operation as EncodedOperation | null }
  })
}

/** Some logs of a few keys, with holes where payloads were; `held` says how much of each its receiver has. */
export const someLogs: fc.Arbitrary<readonly { readonly log: readonly CarriedEntry[]; readonly held: number }[]> = fc
  .uniqueArray(
    fc.record({
      key: fc.nat({ max: 2 }),
      logId: fc.bigInt(0n, 300n),
      operations: fc.array(fc.option(fc.uint8Array({ maxLength: 90 }), { freq: 5 }), { minLength: 1, maxLength: 42 }),
      isEnded: fc.boolean(),
      held: fc.nat(),
    }),
    { maxLength: 4, selector: ({ key, logId }) => `${key}/${logId}` },
  )
  .map((logs) =>
    logs
      .toSorted((a, b) => a.key - b.key)
      .map(({ key, logId, operations, isEnded, held }) => ({
        log: aLog(aKey(key), logId, operations, { isEnded }),
        held: held % operations.length,
      })),
  )
