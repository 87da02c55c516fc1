import { createPrivateKey, sign } from 'node:crypto'
import * as fc from 'fast-check'
import { KeyPair, type Entry as P2pandaEntry, decodeEntry as p2pandaDecodes, signAndEncodeEntry } from 'p2panda-js'
import { describe, expect, test } from 'vitest'
import { webCryptoVerifier } from '../../src/adapters/web/webcrypto-verifier.ts'
import { concatBytes } from '../../src/core/bytes/concat.ts'
import { bytesToHex, hexToBytes } from '../../src/core/bytes/hex.ts'
import { maxU64 } from '../../src/core/bytes/varu64.ts'
import { decodeEntry } from '../../src/core/entry/decode.ts'
import { type UnsignedEntry, encodeUnsignedEntry, sealEntry } from '../../src/core/entry/encode.ts'
import { lipmaa, needsSkiplink } from '../../src/core/entry/lipmaa.ts'
import { publicKeyOf } from '../../src/core/entry/sign.ts'
import { signedPart } from '../../src/core/entry/verify.ts'
import { hashBytes } from '../../src/core/hash/yasmf.ts'
import type { EncodedEntry, Hash, Signature } from '../../src/core/ids.ts'
import type { Result } from '../../src/core/result.ts'

/** SEED=<number> repeats a run. */
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))

const must = <T, E>(result: Result<T, E>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** An Ed25519 seed behind the fixed head of its PKCS#8 form: what OpenSSL reads. */
const pkcs8 = (seedOfKey: Uint8Array): Buffer =>
  Buffer.from(concatBytes(hexToBytes('302e020100300506032b657004220420'), seedOfKey))
const keys = Array.from({ length: 8 }, (_, index) => {
  const bytes = new Uint8Array(32).fill(index + 1)
  return {
    publicKey: publicKeyOf(bytes),
    openssl: createPrivateKey({ key: pkcs8(bytes), format: 'der', type: 'pkcs8' }),
    p2panda: new KeyPair(bytesToHex(bytes)),
  }
})
type Key = (typeof keys)[number]

/** The next entry of one of a few logs, or one anywhere: `at` then says where. */
const plan = fc.record({
  key: fc.constantFrom(...keys),
  logId: fc.oneof(fc.bigInt(0n, 3n), fc.constantFrom(247n, 248n, 65_536n, maxU64)),
  at: fc.option(fc.oneof(fc.bigInt(1n, 2000n), fc.bigInt(1n, maxU64)), { freq: 2 }),
  payload: fc.uint8Array({ minLength: 1, maxLength: 300 }),
})
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never

/** Makes every planned entry in turn and hands each the links its log has by then. */
function write(
  plans: readonly Plan[],
  make: (entry: UnsignedEntry, payload: Uint8Array, key: Key) => string,
): string[] {
  const logs = new Map<string, Hash[]>()
  return plans.map(({ key, logId, at, payload }) => {
    const name = `${key.publicKey}/${logId}`
    const log = logs.get(name) ?? []
    const seqNum = at ?? BigInt(log.length + 1)
    const linkTo = (target: bigint): Hash =>
      at === null ? (log[Number(target) - 1] as Hash) : hashBytes(hexToBytes(target.toString(16).padStart(16, '0')))
    const entry: UnsignedEntry = {
      publicKey: key.publicKey,
      logId,
      seqNum,
      ...(needsSkiplink(seqNum) && { skiplink: linkTo(lipmaa(seqNum)) }),
      ...(seqNum > 1n && { backlink: linkTo(seqNum - 1n) }),
      payloadSize: BigInt(payload.length),
      payloadHash: hashBytes(payload),
    }
    const hex = make(entry, payload, key)
    if (at === null) logs.set(name, [...log, hashBytes(hexToBytes(hex))])
    return hex
  })
}

const ours = (entry: UnsignedEntry, _: Uint8Array, { openssl }: Key): string => {
  const unsigned = must(encodeUnsignedEntry(entry))
  return bytesToHex(sealEntry(unsigned, new Uint8Array(sign(null, unsigned, openssl)) as Signature))
}

const theirs = (entry: UnsignedEntry, payload: Uint8Array, { p2panda }: Key): string => {
  const { logId, seqNum, skiplink, backlink } = entry
  const links = { ...(skiplink && { skiplink }), ...(backlink && { backlink }) }
  return signAndEncodeEntry({ operation: bytesToHex(payload), logId, seqNum, ...links }, p2panda)
}

/** What p2panda-js read, in our words. */
const inOurWords = ({ signature, skiplink, backlink, ...rest }: P2pandaEntry) => ({
  ...rest,
  ...(skiplink && { skiplink }),
  ...(backlink && { backlink }),
  signature: hexToBytes(signature),
})

/** @param count entries each way */
export function compareEntries(count: number): void {
  describe(`p2panda-js 0.8.1 and ours (SEED=${seed})`, () => {
    const plans = fc.sample(plan, { numRuns: count, seed })

    test(`[E2] ${count} entries of ours decode there to the same fields`, () => {
      for (const hex of write(plans, ours)) {
        const { isEndOfLog, hash, bytes, ...fields } = must(decodeEntry(hexToBytes(hex)))
        expect([isEndOfLog, hash]).toEqual([false, hashBytes(bytes)])
        expect(inOurWords(p2pandaDecodes(hex))).toEqual(fields)
      }
    })

    test(`[E2] [E5] ${count} entries of theirs decode and verify here, and are the bytes we would have made`, async () => {
      const written = write(plans, theirs)
      expect(written).toEqual(write(plans, ours))
      const entries = written.map((hex) => must(decodeEntry(hexToBytes(hex) as EncodedEntry)))
      const verdicts = await webCryptoVerifier().verify(
        entries.map((entry) => ({
          publicKey: entry.publicKey,
          message: signedPart(entry),
          signature: entry.signature,
        })),
      )
      expect(verdicts.filter(Boolean)).toHaveLength(count)
    })
  })
}
