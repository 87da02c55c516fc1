import { assert } from '../assert.ts'
import { type Result, fail, ok } from '../result.ts'
import type { Entry } from './entry.ts'
import { lipmaa } from './lipmaa.ts'
import { type VerifyLinksFailure, linkFailure } from './verify.ts'

export type SubsetFailure =
  | VerifyLinksFailure
  /** Two different entries at one sequence number. */
  | { readonly code: 'entry/log-forked'; readonly seqNum: bigint }
  /** No chain of stored links leads to this entry from the wanted one above it, or from the newest. */
  | { readonly code: 'entry/unconnected'; readonly seqNum: bigint }

/** Where the links of an entry lead. */
const linked = (seqNum: bigint): readonly bigint[] => [lipmaa(seqNum), seqNum - 1n]

/**
 * Whether some entries of one log, held without the rest, vouch for the wanted ones: every link between two of them holds, and links
 * lead from the newest of them down to entry 1 through each wanted one (wire.md §3.2; `certificatePool` says which to hold).
 * Linear in the number of entries. Does not verify signatures (rule E5 comes first) and needs no payloads.
 *
 * @param entries of one log, in any order; the same one twice does no harm
 * @returns nothing, or `entry/log-forked`, a failure of `verifyLinks` other than a missing link, `entry/unconnected`
 */
export function verifySubset(entries: readonly Entry[], wanted: Iterable<bigint>): Result<void, SubsetFailure> {
  const held = new Map<bigint, Entry>()
  for (const entry of entries) {
    const first = entries[0] as Entry
    assert(entry.publicKey === first.publicKey && entry.logId === first.logId, 'the entries are of one log')
    const other = held.get(entry.seqNum)
    if (other && other.hash !== entry.hash) return fail({ code: 'entry/log-forked', seqNum: entry.seqNum })
    held.set(entry.seqNum, entry)
  }
  for (const entry of held.values()) {
    const [skip = 0n, back = 0n] = linked(entry.seqNum)
    const wrong = linkFailure(entry, { backlink: held.get(back), skiplink: held.get(skip) })
    if (wrong) return fail(wrong)
  }
  return walkDown([...held.keys()], new Set([...wanted, 1n]))
}

/** Follows links from the newest entry downwards. Every wanted entry is a gate: only what is reached through it counts below it. */
function walkDown(seqNums: readonly bigint[], wanted: ReadonlySet<bigint>): Result<void, SubsetFailure> {
  const held = new Set(seqNums)
  for (const seqNum of wanted) if (!held.has(seqNum)) return fail({ code: 'entry/unconnected', seqNum })
  const descending = [...seqNums].sort((a, b) => (a < b ? 1 : -1))
  let reached = new Set(descending.slice(0, 1))
  for (const seqNum of descending) {
    if (wanted.has(seqNum)) {
      if (!reached.has(seqNum)) return fail({ code: 'entry/unconnected', seqNum })
      reached = new Set([seqNum])
    }
    if (reached.has(seqNum)) for (const below of linked(seqNum)) reached.add(below)
  }
  return ok(undefined)
}
