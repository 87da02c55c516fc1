import type { FieldKind, FieldValue } from '../../core/operation/operation.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { equalBytes } from '../../core/bytes/concat.ts'
import type { ViewRow } from '../../ports/store.ts'
import type { Filter } from '../api.ts'
import { isSortableKind, type SortableKind } from '../family.ts'
import { valueNamed } from '../index-keys.ts'
import { comparePlaces, foldWholeText, placeOf, type Place } from '../sort-order.ts'
import type { FilterFailure } from './failure.ts'

/** Places a filter allows, inclusive. An index of the field that is walked between them misses no match, but may meet others. */
export interface Span {
  readonly from?: Place
  readonly to?: Place
  /** Every row in the span matches: counting keys is enough. */
  readonly isExact: boolean
}

type Row = Omit<ViewRow, 'keys'>

/** One condition on a row, with what an index of that field can do for it. */
export interface Condition {
  readonly field: string
  readonly kind: FieldKind
  readonly test: (row: Row) => boolean
  readonly span?: Span
}

type Operator = keyof Filter
type Test = (value: FieldValue | undefined) => boolean

const equality = ['eq', 'notEq'] as const
const sets = ['in', 'notIn'] as const
const ordering = ['gt', 'gte', 'lt', 'lte'] as const
/** Which filters a field takes, as in p2panda's client API (wire.md §6.1). */
const operatorsOf: Readonly<Record<FieldKind, readonly Operator[]>> = {
  bool: equality,
  int: [...equality, ...sets, ...ordering],
  float: [...equality, ...sets, ...ordering],
  str: [...equality, ...sets, ...ordering, 'contains', 'notContains'],
  bytes: equality,
  relation: [...equality, ...sets],
  pinned_relation: [...equality, ...sets],
  owner: [...equality, ...sets],
  relation_list: sets,
  pinned_relation_list: sets,
}

/** The value a caller gave, as a field of this kind would hold it; `undefined` where it can't. */
const readValue = (value: unknown, kind: FieldKind): FieldValue | undefined => {
  switch (kind) {
    case 'bool':
      return typeof value === 'boolean' ? { kind, value } : undefined
    case 'int':
      if (typeof value === 'bigint') return { kind, value }
      return typeof value === 'number' && Number.isInteger(value) ? { kind, value: BigInt(value) } : undefined
    case 'float':
      return typeof value === 'number' ? { kind, value } : undefined
    case 'str':
      return typeof value === 'string' ? { kind, value } : undefined
    case 'bytes':
      return value instanceof Uint8Array ? { kind, value } : undefined
    case 'relation':
    case 'pinned_relation':
    case 'owner':
      return typeof value === 'string' ? ({ kind, value } as FieldValue) : undefined
    case 'relation_list':
    case 'pinned_relation_list':
      return Array.isArray(value) && value.every((id) => typeof id === 'string')
        ? ({ kind, value } as unknown as FieldValue)
        : undefined
  }
}

const isEqual = (a: FieldValue, b: FieldValue): boolean => {
  if (a.kind !== b.kind) return false
  if (a.kind === 'bytes') return equalBytes(a.value, b.value as Uint8Array)
  if (a.kind === 'relation_list' || a.kind === 'pinned_relation_list') {
    const other = b.value as readonly string[]
    return a.value.length === other.length && a.value.every((id, i) => id === other[i])
  }
  // NaN is NaN here, as it is in the order; 0 and -0 are one number.
  return a.value === b.value || (a.value !== a.value && b.value !== b.value)
}

/** What one item of `in` or `notIn` finds: a value; or, for lists, an id that the list has, or the very list. */
const readItem = (item: unknown, kind: FieldKind): Test | undefined => {
  if ((kind === 'relation_list' || kind === 'pinned_relation_list') && typeof item === 'string')
    return (value) => value?.kind === kind && (value.value as readonly string[]).includes(item)
  const wanted = readValue(item, kind)
  return wanted && ((value) => value !== undefined && isEqual(value, wanted))
}

/** `in` of many ids or texts is one look-up, not a walk. */
const readItems = (items: readonly unknown[], kind: FieldKind): Test | undefined => {
  if (kind === 'str' || kind === 'relation' || kind === 'pinned_relation' || kind === 'owner') {
    if (!items.every((item) => typeof item === 'string')) return undefined
    const wanted = new Set<unknown>(items)
    return (value) => value?.kind === kind && wanted.has(value.value)
  }
  const tests = items.map((item) => readItem(item, kind))
  if (tests.some((test) => test === undefined)) return undefined
  return (value) => tests.some((test) => (test as Test)(value))
}

const not =
  (test: Test): Test =>
  (value) =>
    !test(value)

/** Compares places, so that filters and order agree (`gt: 'apple'` leaves out `Apple`); a number is neither more nor less than NaN. */
const readBound = (operator: (typeof ordering)[number], wanted: FieldValue, kind: SortableKind): Test => {
  const bound = placeOf(wanted, kind)
  const isNaNValue = (value: FieldValue): boolean => value.kind === 'float' && Number.isNaN(value.value)
  const passes = (difference: number): boolean => {
    switch (operator) {
      case 'gt':
        return difference > 0
      case 'gte':
        return difference >= 0
      case 'lt':
        return difference < 0
      case 'lte':
        return difference <= 0
    }
  }
  if (isNaNValue(wanted)) return () => false
  return (value) => value?.kind === kind && !isNaNValue(value) && passes(comparePlaces(placeOf(value, kind), bound))
}

const readContains = (wanted: string): Test => {
  const needle = foldWholeText(wanted)
  return (value) => value?.kind === 'str' && foldWholeText(value.value).includes(needle)
}

/** One operator of a filter as a test. A value that is absent passes only the negative ones. */
const readOperator = (operator: Operator, given: unknown, kind: FieldKind): Test | undefined => {
  if (operator === 'in' || operator === 'notIn') {
    const test = Array.isArray(given) ? readItems(given, kind) : undefined
    return test && (operator === 'in' ? test : not(test))
  }
  const wanted = readValue(given, kind)
  if (!wanted) return undefined
  switch (operator) {
    case 'eq':
      return (value) => value !== undefined && isEqual(value, wanted)
    case 'notEq':
      return (value) => value === undefined || !isEqual(value, wanted)
    case 'contains':
      return wanted.kind === 'str' ? readContains(wanted.value) : undefined
    case 'notContains':
      return wanted.kind === 'str' ? not(readContains(wanted.value)) : undefined
    default:
      return isSortableKind(kind) ? readBound(operator, wanted, kind) : undefined
  }
}

/**
 * What an index can narrow: equality and bounds. Text shares places (`foldText`) and floats have NaN, so that their spans may hold more
 * than what matches; those of whole numbers hold exactly that.
 */
const spanOf = (operator: Operator, given: unknown, kind: FieldKind): Span | undefined => {
  const wanted = readValue(given, kind)
  if (!wanted || !isSortableKind(kind)) return undefined
  const place = placeOf(wanted, kind)
  const nextTo = (step: bigint): Place =>
    wanted.kind === 'int' ? placeOf({ kind: 'int', value: wanted.value + step }, kind) : place
  const isExact = kind === 'int'
  switch (operator) {
    case 'eq':
      return { from: place, to: place, isExact: kind !== 'str' }
    case 'gt':
      return { from: nextTo(1n), isExact }
    case 'gte':
      return { from: place, isExact }
    case 'lt':
      return { to: nextTo(-1n), isExact }
    case 'lte':
      return { to: place, isExact }
    default:
      return undefined
  }
}

/**
 * The conditions of one filter, joined by AND. `kind` is what the queried version of the schema says; `read` finds the value in a row
 * (absent: the field of that name).
 */
export const readFilter = (
  field: string,
  kind: FieldKind,
  filter: Filter,
  read: (row: Row) => FieldValue | undefined = (row) => valueNamed(row, field),
): Result<readonly Condition[], FilterFailure> => {
  const conditions: Condition[] = []
  for (const [name, given] of Object.entries(filter)) {
    if (given === undefined) continue
    const operator = operatorsOf[kind].find((known) => known === name)
    if (!operator) return fail({ code: 'query/wrong-filter', field, filter: name, kind })
    const test = readOperator(operator, given, kind)
    if (!test) return fail({ code: 'query/wrong-value', field, filter: name, kind })
    const span = spanOf(operator, given, kind)
    conditions.push({ field, kind, test: (row) => test(read(row)), ...(span && { span }) })
  }
  return ok(conditions)
}

/** A yes-or-no of a document itself, like `edited`. */
export const readFlag = (
  field: string,
  filter: { readonly eq?: boolean; readonly notEq?: boolean },
  read: (row: Row) => boolean,
): Result<readonly Condition[], FilterFailure> =>
  readFilter(field, 'bool', filter, (row) => ({ kind: 'bool', value: read(row) }))
