import type { Hash } from '../../core/ids.ts'
import type { ImportReport, Verdict } from '../api.ts'
import type { Failure } from '../failure.ts'

/** Rejections a report lists; the count goes on. */
const maxListed = 1000

type Reason = ImportReport['pending'][number]['reason']

/** What came of the items of a file so far. Those that waited may go on later, when what they waited for comes. */
export interface Tally {
  readonly add: (index: number, verdict: Verdict) => void
  readonly reject: (index: number, failure: Failure) => void
  /** Of an entry that was waiting: from this file or from before. */
  readonly wake: (verdict: Verdict) => void
  readonly waiting: () => readonly Hash[]
  /** An entry that was waiting and now can be read. */
  readonly settle: (id: Hash) => void
  readonly report: (isCancelled: boolean) => ImportReport
}

export const createTally = (): Tally => {
  const waiting = new Map<Hash, { readonly index: number; readonly reason: Reason }>()
  const rejected: ImportReport['rejected'][number][] = []
  const forks: ImportReport['forks'][number][] = []
  let entries = 0
  let stored = 0
  let duplicates = 0
  let rejectedCount = 0

  const reject = (index: number, failure: Failure): void => {
    rejectedCount++
    if (rejected.length < maxListed) rejected.push({ index, failure })
  }
  const judge = (index: number, verdict: Verdict): void => {
    switch (verdict.verdict) {
      case 'stored':
        stored++
        return
      case 'duplicate':
        duplicates++
        return
      case 'pending':
        waiting.set(verdict.id, { index, reason: verdict.reason })
        return
      case 'rejected':
        reject(index, verdict.failure)
        return
      case 'forked': {
        const { verdict: _, ...fork } = verdict
        forks.push(fork)
      }
    }
  }
  /** Takes an entry out of those that wait; `undefined`: it did not come with this file. */
  const resume = (id: Hash | undefined): number | undefined => {
    const known = id && waiting.get(id)
    if (!known) return undefined
    waiting.delete(id)
    return known.index
  }
  const idOf = (verdict: Verdict): Hash | undefined => {
    if (verdict.verdict !== 'forked') return verdict.id
    return waiting.has(verdict.a) ? verdict.a : verdict.b
  }

  return {
    add: (index, verdict) => {
      entries++
      judge(index, verdict)
    },
    reject: (index, failure) => {
      entries++
      reject(index, failure)
    },
    wake: (verdict) => {
      const index = resume(idOf(verdict))
      if (index !== undefined) judge(index, verdict)
    },
    waiting: () => [...waiting.keys()],
    settle: (id) => {
      if (resume(id) !== undefined) stored++
    },
    report: (isCancelled) => ({
      entries,
      stored,
      duplicates,
      pending: [...waiting].map(([id, { index, reason }]) => ({ index, id, reason })),
      rejected: rejected.sort((a, b) => a.index - b.index),
      forks,
      rejectedCount,
      isCancelled,
    }),
  }
}
