import type { DocumentId } from '../../core/ids.ts'
import type { IndexKey } from '../../ports/store.ts'
import { compareKeys } from '../layout/index-key.ts'

export interface IndexEntry {
  readonly key: IndexKey
  readonly documentId: DocumentId
}

/** Where a range begins and ends: which keys lie before it, and which after. */
export interface IndexRange {
  readonly isBelow: (key: IndexKey) => boolean
  readonly isAbove: (key: IndexKey) => boolean
}

/** The index over views, in order of its keys. A key is there once. */
export interface MemoryIndex {
  /** Does nothing where the key is there already. */
  readonly add: (entry: IndexEntry) => void
  /** Does nothing where the key leads elsewhere. */
  readonly remove: (entry: IndexEntry) => void
  readonly count: (range: IndexRange) => number
  /** The first of a range, or with `desc` the last, so many at most. */
  readonly read: (range: IndexRange, direction: 'asc' | 'desc', limit: number) => readonly IndexEntry[]
}

/** Entries lie in runs of so many at most, so that one more moves only a run and not all that come after it. */
const maxRun = 512

type Place = readonly [run: number, at: number]

/** The first of so many that is not below, by halving. */
const firstNotBelow = (count: number, isBelow: (at: number) => boolean): number => {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBelow(middle)) low = middle + 1
    else high = middle
  }
  return low
}

export function memoryIndex(): MemoryIndex {
  /** None of them is empty. */
  const runs: IndexEntry[][] = []

  const placeOf = (isBelow: (key: IndexKey) => boolean): Place => {
    const run = firstNotBelow(runs.length, (at) => isBelow(runs[at]!.at(-1)!.key))
    const entries = runs[run] ?? []
    return [run, firstNotBelow(entries.length, (at) => isBelow(entries[at]!.key))]
  }
  const placeOfKey = (key: IndexKey): Place => placeOf((other) => compareKeys(other, key) < 0)
  const entryAt = ([run, at]: Place): IndexEntry | undefined => runs[run]?.[at]
  const ends = ({ isBelow, isAbove }: IndexRange): readonly [from: Place, to: Place] => [
    placeOf(isBelow),
    placeOf((key) => !isAbove(key)),
  ]
  /** What of a run lies between two places. */
  const part = (run: number, [fromRun, from]: Place, [toRun, to]: Place): readonly IndexEntry[] =>
    runs[run]!.slice(run === fromRun ? from : 0, run === toRun ? to : undefined)

  return {
    add: (entry) => {
      const [run, at] = placeOfKey(entry.key)
      const there = entryAt([run, at])
      if (there && compareKeys(there.key, entry.key) === 0) return
      // What comes after all others goes on with the last run.
      const entries = runs[run] ?? runs.at(-1)
      if (!entries) return void runs.push([entry])
      entries.splice(runs[run] ? at : entries.length, 0, entry)
      if (entries.length > maxRun) runs.splice(runs.indexOf(entries) + 1, 0, entries.splice(maxRun / 2))
    },
    remove: ({ key, documentId }) => {
      const [run, at] = placeOfKey(key)
      const there = entryAt([run, at])
      if (there?.documentId !== documentId || compareKeys(there.key, key) !== 0) return
      runs[run]!.splice(at, 1)
      if (runs[run]!.length === 0) runs.splice(run, 1)
    },
    count: (range) => {
      const [from, to] = ends(range)
      let count = 0
      for (let run = from[0]; run <= to[0] && run < runs.length; run++)
        count += Math.max(0, (run === to[0] ? to[1] : runs[run]!.length) - (run === from[0] ? from[1] : 0))
      return count
    },
    read: (range, direction, limit) => {
      const [from, to] = ends(range)
      const found: IndexEntry[] = []
      const last = Math.min(to[0], runs.length - 1)
      const isAscending = direction === 'asc'
      for (let step = 0; step <= last - from[0] && found.length < limit; step++) {
        const entries = part(isAscending ? from[0] + step : last - step, from, to)
        for (const entry of isAscending ? entries : entries.toReversed()) {
          if (found.length === limit) break
          found.push(entry)
        }
      }
      return found
    },
  }
}
