import type { DamagedRow } from '../../ports/store.ts'
import { type Rows, walk } from './row-access.ts'
import type { Counters } from './rows.ts'
import { decodeSegment } from './segment.ts'

/** Numbers left out after the highest that can still be read: rows that cannot be may have had higher ones. */
const leap = 2 ** 32

const never = new AbortController().signal

/** Whether a commit was refused because the row of counters is damaged or gone; in a new database there is none yet. */
export const isCountersDamage = (failure: unknown): boolean => {
  const { code, table } = (failure ?? {}) as Partial<DamagedRow>
  return code === 'store/corrupt' && table === 'meta'
}

/** What the counters may go on from, found by reading everything that was counted. No number is given twice; some are left out. */
export const countAnew = async (rows: Rows): Promise<Counters> => {
  let isEmpty = true
  let arrival = 0
  let queue = 0
  for await (const page of walk(rows, 'docs', {}, never))
    for (const { value } of page) {
      isEmpty = false
      for (const item of decodeSegment(value)?.items ?? []) arrival = Math.max(arrival, item.arrival)
    }
  for await (const page of walk(rows, 'queue', {}, never))
    for (const { key } of page) {
      isEmpty = false
      queue = Math.max(queue, Number(key[0]))
    }
  return isEmpty ? { arrival: 0, queue: 0 } : { arrival: arrival + leap, queue: queue + leap }
}
