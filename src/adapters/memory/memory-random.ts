import { assert } from '../../core/assert.ts'
import type { Random } from '../../ports/random.ts'

/** Bytes that follow from the seed (SplitMix64): the same seed gives the same run. Never for keys that guard anything. */
export const memoryRandom = (seed: number | bigint = 0n): Random => {
  let state = BigInt.asUintN(64, BigInt(seed))
  const next = (): bigint => {
    state = BigInt.asUintN(64, state + 0x9e37_79b9_7f4a_7c15n)
    let mixed = state
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58_476d_1ce4_e5b9n)
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d0_49bb_1331_11ebn)
    return mixed ^ (mixed >> 31n)
  }
  return {
    bytes: (length) => {
      assert(Number.isSafeInteger(length) && length >= 0, `${length} is a number of bytes`)
      const bytes = new Uint8Array(length)
      for (let at = 0; at < length; at += 8) {
        const word = next()
        for (let byte = 0; byte < 8 && at + byte < length; byte++)
          bytes[at + byte] = Number((word >> BigInt(8 * byte)) & 0xffn)
      }
      return bytes
    },
  }
}
