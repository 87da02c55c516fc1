import { assert } from '../assert.ts'
import { maxU64 } from '../bytes/varu64.ts'

/**
 * The skip links of a Bamboo log, as arithmetic on sequence numbers alone (wire.md §2.1, §3).
 * The numbers 1, 4, 13, 40, … whose base 3 digits are all 1 are the vertebrae: each links to the one before.
 *
 *     1 <----- 4 <-------------- 13 <------------------------ 40
 *     1 <- 2 <- 3 <- 4 <- 5 <- 6 <- 7 <- 8 <- 9 …             every entry links to the one before as well
 *                    4 <-------------- 8
 */

/** (3^k - 1) / 2 for k = 0 … 42. The 42nd is the first above 2^64: the ceiling that `certificatePool` may ask for. */
const allOnes: readonly bigint[] = Array.from({ length: 43 }, (_, k) => (3n ** BigInt(k) - 1n) / 2n)

const ceiling = allOnes.at(-1) as bigint

/** Position of the largest all-ones number that is at most `n`, looking downwards from `from`. */
function allOnesAtMost(n: bigint, from = allOnes.length - 1): number {
  let k = from
  while ((allOnes[k] as bigint) > n) k--
  return k
}

/** The sequence number that the skip link of entry `n` names. 0 for `n` = 1: none. Iterative, at most some 130 steps. */
export function lipmaa(n: bigint): bigint {
  assert(n >= 1n && n <= ceiling, 'sequence numbers are counted from 1 and fit 64 bits')
  let k = allOnesAtMost(n)
  if (allOnes[k] === n) return allOnes[k - 1] as bigint
  let rest = n
  while (allOnes[k] !== rest) {
    rest -= allOnes[k] as bigint
    k = allOnesAtMost(rest, k)
  }
  return n - rest
}

/** Whether entry `seqNum` carries a skip link: only where it would not repeat the back link. */
export const needsSkiplink = (seqNum: bigint): boolean => lipmaa(seqNum) !== seqNum - 1n

/** The shortest way along links from entry `from` down to entry `to`, both included (wire.md §3.1). `to` is at most `from`. */
export function linkPath(from: bigint, to: bigint): bigint[] {
  assert(to >= 1n && to <= from, 'links lead downwards')
  const path = [from]
  for (let n = from; n > to;) {
    const skip = lipmaa(n)
    n = skip >= to ? skip : n - 1n
    path.push(n)
  }
  return path
}

/**
 * The entries that tie entry `seqNum` to its log whichever later entry one starts from (wire.md §3.2), ascending.
 *
 * @param height leaves out what lies above it: entries that do not exist yet
 */
export function certificatePool(seqNum: bigint, height: bigint = maxU64): bigint[] {
  assert(seqNum >= 1n && seqNum <= height, 'the entry is in the log')
  const vertebra = allOnes[allOnesAtMost(seqNum - 1n) + 1] as bigint
  const above = linkPath(vertebra, seqNum).filter((n) => n > seqNum && n <= height)
  return [...linkPath(seqNum, 1n).reverse(), ...above.reverse()]
}
