import type { Bound, IndexKey, ViewRange } from '../../ports/store.ts'

const compareElements = (a: number | string, b: number | string): number => {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** The order of IndexedDB: element by element, numbers before text, text by UTF-16 code units, a prefix before what it begins. */
export const compareKeys = (a: IndexKey, b: IndexKey): number => {
  const common = Math.min(a.length, b.length)
  for (let at = 0; at < common; at++) {
    const order = compareElements(a[at]!, b[at]!)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** Where `key` lies as seen from `bound`: only as many elements count as the bound has, so what begins with it is at it. */
const side = (key: IndexKey, bound: IndexKey): number => compareKeys(key.slice(0, bound.length), bound)

/** The ends of a range as whole keys. Without a bound the prefix is the end. */
export const rangeEnds = (range: Pick<ViewRange, 'prefix' | 'lower' | 'upper'>): { lower: Bound; upper: Bound } => {
  const whole = (bound: Bound | undefined): Bound => ({
    key: [...range.prefix, ...(bound?.key ?? [])],
    isOpen: bound?.isOpen ?? false,
  })
  return { lower: whole(range.lower), upper: whole(range.upper) }
}

/** Whether `key` lies below the range that begins at `lower`. */
export const isBelow = (key: IndexKey, lower: Bound): boolean => {
  const order = side(key, lower.key)
  return order < 0 || (order === 0 && lower.isOpen === true)
}

/** Whether `key` lies above the range that ends at `upper`. */
export const isAbove = (key: IndexKey, upper: Bound): boolean => {
  const order = side(key, upper.key)
  return order > 0 || (order === 0 && upper.isOpen === true)
}
