import type { LogKey, Entry } from './entry.ts'
import type { SeqNum } from '../ids.ts'
import { type Result, fail, ok } from '../result.ts'
import { verifyEntry } from './verify.ts'

/** Two different entries that one key signed for one place: the log is broken from there on (wire.md §3.3). `a` is the lower hash. */
export interface ForkProof extends LogKey {
  readonly seqNum: SeqNum
  readonly a: Entry
  readonly b: Entry
}

export type ForkFailure = { readonly code: 'fork/unproven'; readonly expected: string }

/** What the pair lacks to be two entries at one place, if anything. Does not look at the signatures. */
function unlike(a: Entry, b: Entry): string | undefined {
  if (a.publicKey !== b.publicKey) return 'one public key'
  if (a.logId !== b.logId) return 'one log id'
  if (a.seqNum !== b.seqNum) return 'one sequence number'
  return a.hash === b.hash ? 'two different entries' : undefined
}

/** Whether two entries, whose signatures were verified already, fork their log. */
export const isFork = (a: Entry, b: Entry): boolean => unlike(a, b) === undefined

/** Whether the pair proves a fork to anyone: two different entries of one key at one place, both signed by it. */
export const isForkProof = (a: Entry, b: Entry): boolean => forkProof(a, b).ok

/** The record of a fork, the same whichever entry comes first; or `fork/unproven`. Verifies both signatures. */
export function forkProof(a: Entry, b: Entry): Result<ForkProof, ForkFailure> {
  const expected = unlike(a, b)
  if (expected) return fail({ code: 'fork/unproven', expected })
  if (!verifyEntry(a).ok || !verifyEntry(b).ok) return fail({ code: 'fork/unproven', expected: 'two valid signatures' })
  const [low, high] = a.hash < b.hash ? [a, b] : [b, a]
  return ok({ publicKey: a.publicKey, logId: a.logId, seqNum: a.seqNum, a: low, b: high })
}
