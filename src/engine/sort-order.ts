import type { FieldValue } from '../core/operation/operation.ts'
import type { SortableKind } from './family.ts'

/** Text counts for the order up to here, in UTF-16 code units: a bound for hostile input. */
const MAX_TEXT = 1024
/** Text stands in index keys up to here, in UTF-16 code units. What ties there is ordered by the whole text when it is read. */
const MAX_KEY_TEXT = 64
/** After every value: numbers come before text, and no folded text begins with it. */
export const ABSENT = '\uFFFF'
/** After all numbers, before `ABSENT`. */
const NOT_A_NUMBER = '\uFFFE'

/** At most `length` code units, never half a surrogate pair: stores write keys as they like, and a lone half has no UTF-8. */
const cut = (text: string, length: number): string => {
  if (text.length <= length) return text
  const last = text.charCodeAt(length - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length)
}

/**
 * Text as people look for it, the same in every place and language: compatibility-decomposed, lower case, without the accents of Latin,
 * Greek and Cyrillic. `Éclair`, `eclair` and `ECLAIR` are one.
 */
export const foldWholeText = (text: string): string => {
  // oxlint-disable-next-line no-control-regex -- plain ASCII is by far the most usual and needs no decomposing
  if (/^[\u0000-\u007f]*$/.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('ς', 'σ')
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
}

/** What text is ordered by, compared by UTF-16 code units. Not for equality. */
export const foldText = (text: string): string => foldWholeText(cut(text, MAX_TEXT))

/** A value's place in the order of its kind, as elements that compare as index keys do. Not cut. */
export type Place = readonly (number | string)[]

const ABSENT_PLACE: Place = [ABSENT]

/** An integer that a double can't hold: the nearest double, then the rest. Integers that fit have no rest, and share no double with these. */
const placeOfInt = (value: bigint): Place => {
  const near = Number(value)
  return Number.isSafeInteger(near) ? [near] : [near, Number(value - BigInt(near))]
}

/**
 * Where a value stands: false before true; numbers by size with NaN after them and -0 with 0; text by `foldText`; relations by id;
 * absent values, and values of another kind (of another version of the family), after all of them.
 */
export const placeOf = (value: FieldValue | undefined, kind: SortableKind): Place => {
  if (value === undefined || value.kind !== kind) return ABSENT_PLACE
  switch (value.kind) {
    case 'bool':
      return [value.value ? 1 : 0]
    case 'int':
      return placeOfInt(value.value)
    case 'float':
      return [Number.isNaN(value.value) ? NOT_A_NUMBER : value.value + 0]
    case 'str':
      return [foldText(value.value)]
    case 'relation':
      return [value.value]
    default:
      return ABSENT_PLACE
  }
}

/** The place as it stands in an index key: text cut, so that many may share it. Ids are never cut. */
export const keyOfPlace = (place: Place, kind: SortableKind): Place =>
  kind === 'str' && typeof place[0] === 'string' && place[0].length > MAX_KEY_TEXT
    ? [cut(place[0], MAX_KEY_TEXT)]
    : place

/** Whether places that share this key may still differ. */
export const isCut = (key: Place, kind: SortableKind): boolean =>
  kind === 'str' && typeof key[0] === 'string' && key[0].length >= MAX_KEY_TEXT - 1

/** As IndexedDB compares arrays of numbers and texts: numbers before text, a beginning before what it begins. */
export const comparePlaces = (a: Place, b: Place): number => {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const x = a[i] as number | string
    const y = b[i] as number | string
    if (typeof x !== typeof y) return typeof x === 'number' ? -1 : 1
    if (x < y) return -1
    if (x > y) return 1
  }
  return a.length - b.length
}
