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

/**
 * The index over views, in order of its keys, each of which is there once: in runs, none of them empty. Plain data, so that a database can be copied.
 */
export type SortedEntries = IndexEntry[][]

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

const placeOf = (runs: SortedEntries, isBelow: (key: IndexKey) => boolean): Place => {
  const run = firstNotBelow(runs.length, (at) => isBelow(runs[at]!.at(-1)!.key))
  const entries = runs[run] ?? []
  return [run, firstNotBelow(entries.length, (at) => isBelow(entries[at]!.key))]
}
const placeOfKey = (runs: SortedEntries, key: IndexKey): Place => placeOf(runs, (other) => compareKeys(other, key) < 0)
const ends = (runs: SortedEntries, { isBelow, isAbove }: IndexRange): readonly [from: Place, to: Place] => [
  placeOf(runs, isBelow),
  placeOf(runs, (key) => !isAbove(key)),
]

/** Does nothing where the key is there already. */
export function addEntry(runs: SortedEntries, entry: IndexEntry): void {
  const [run, at] = placeOfKey(runs, entry.key)
  const there = runs[run]?.[at]
  if (there && compareKeys(there.key, entry.key) === 0) return
  // What comes after all others goes on with the last run.
  const entries = runs[run] ?? runs.at(-1)
  if (!entries) return void runs.push([entry])
  entries.splice(runs[run] ? at : entries.length, 0, entry)
  if (entries.length > maxRun) runs.splice(runs.indexOf(entries) + 1, 0, entries.splice(maxRun / 2))
}

/** Does nothing where the key leads elsewhere. */
export function removeEntry(runs: SortedEntries, { key, documentId }: IndexEntry): void {
  const [run, at] = placeOfKey(runs, key)
  const there = runs[run]?.[at]
  if (there?.documentId !== documentId || compareKeys(there.key, key) !== 0) return
  runs[run]!.splice(at, 1)
  if (runs[run]!.length === 0) runs.splice(run, 1)
}

export function countEntries(runs: SortedEntries, range: IndexRange): number {
  const [[fromRun, from], [toRun, to]] = ends(runs, range)
  let count = 0
  for (let run = fromRun; run <= toRun && run < runs.length; run++)
    count += Math.max(0, (run === toRun ? to : runs[run]!.length) - (run === fromRun ? from : 0))
  return count
}

/** The first of a range, or with `desc` the last, so many at most. */
export function readEntries(
  runs: SortedEntries,
  range: IndexRange,
  direction: 'asc' | 'desc',
  limit: number,
): readonly IndexEntry[] {
  const [[fromRun, from], [toRun, to]] = ends(runs, range)
  const last = Math.min(toRun, runs.length - 1)
  const isAscending = direction === 'asc'
  const found: IndexEntry[] = []
  for (let step = 0; step <= last - fromRun && found.length < limit; step++) {
    const run = isAscending ? fromRun + step : last - step
    const entries = runs[run]!.slice(run === fromRun ? from : 0, run === toRun ? to : undefined)
    for (const entry of isAscending ? entries : entries.toReversed()) {
      if (found.length === limit) break
      found.push(entry)
    }
  }
  return found
}
