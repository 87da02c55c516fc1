import * as fc from 'fast-check'
import type { DocumentId } from '../../src/core/ids.ts'
import type { DocumentView, Filter, Order, Query, Value } from '../../src/engine/api.ts'
import { foldText, foldWholeText } from '../../src/engine/sort-order.ts'

export const types = {
  title: 'str',
  amount: 'int',
  price: 'float',
  done: 'bool',
  raw: 'bytes',
  parent: 'relation(schema_definition_v1)',
  tags: 'relation_list(schema_definition_v1)',
} as const
type Name = keyof typeof types
export interface Thing extends Readonly<Record<Name, Value>> {}

export const id = (n: number): string => `0020${String(n).padStart(64, '0')}`
const long = 'a rather long beginning that many titles share, more than 64 of them'
const titles = [
  'Apple',
  'apple',
  'Éclair',
  'zebra',
  '',
  '10',
  '9',
  'ärgern',
  `${long} b`,
  `${long} A`,
  `${long} a`,
  '😀',
]
const amounts: readonly Value[] = [0, 1, -5, 7, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 60n), 2n ** 62n + 3n]
const prices = [0, -0, 1.5, -2.25, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300]
const bytes = [new Uint8Array(), new Uint8Array([1, 2]), new Uint8Array([3])]

export const things = fc.sample(
  fc.record<Thing>({
    title: fc.constantFrom(...titles),
    amount: fc.constantFrom(...amounts),
    price: fc.constantFrom(...prices),
    done: fc.boolean(),
    raw: fc.constantFrom(...bytes),
    parent: fc.constantFrom(id(1), id(2)),
    tags: fc.constantFrom([], [id(1)], [id(2), id(1)]),
  }),
  { numRuns: 120, seed: 8360926 },
)

/** Compares two values of one kind as the documentation says, by a way of its own. */
const compareValues = (a: Value, b: Value): number => {
  if (typeof a === 'string' && typeof b === 'string')
    return foldText(a) < foldText(b) ? -1 : foldText(a) > foldText(b) ? 1 : 0
  if (typeof a === 'boolean') return Number(a) - Number(b)
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  return a < b ? -1 : a > b ? 1 : 0
}
const same = (a: unknown, b: unknown): boolean =>
  a instanceof Uint8Array || Array.isArray(a)
    ? JSON.stringify([...(a as Iterable<unknown>)]) === JSON.stringify([...(b as Iterable<unknown>)])
    : // oxlint-disable-next-line eqeqeq -- 7 and 7n are one integer
      a == b || (Number.isNaN(a) && Number.isNaN(b))
const isListed = (value: Value, item: unknown): boolean =>
  Array.isArray(value) && typeof item === 'string' ? value.includes(item) : same(value, item)

const passes = (value: Value, filter: Filter): boolean =>
  Object.entries(filter).every(([operator, given]) => {
    const comparison = (): number =>
      Number.isNaN(value) || Number.isNaN(given) ? Number.NaN : compareValues(value, given as Value)
    switch (operator as keyof Filter) {
      case 'eq':
        return same(value, given)
      case 'notEq':
        return !same(value, given)
      case 'in':
        return (given as unknown[]).some((item) => isListed(value, item))
      case 'notIn':
        return !(given as unknown[]).some((item) => isListed(value, item))
      case 'gt':
        return comparison() > 0
      case 'gte':
        return comparison() >= 0
      case 'lt':
        return comparison() < 0
      case 'lte':
        return comparison() <= 0
      case 'contains':
        return foldWholeText(value as string).includes(foldWholeText(given as string))
      case 'notContains':
        return !foldWholeText(value as string).includes(foldWholeText(given as string))
    }
  })

/** What a query means, by looking at everything. */
export const answer = (all: readonly DocumentView[], query: Query): readonly DocumentId[] => {
  const orders = query.orderBy ?? []
  const sign = (direction: 'asc' | 'desc' | undefined): number => (direction === 'desc' ? -1 : 1)
  const valueIn = (document: DocumentView, by: string): Value =>
    by === 'CHANGED_AT' ? document.changedAt : (document.fields[by] as Value)
  return all
    .filter((document) =>
      Object.entries(query.where ?? {}).every(([name, filter]) => passes(document.fields[name] as Value, filter)),
    )
    .sort((a, b) => {
      for (const { by, direction } of orders) {
        const difference = compareValues(valueIn(a, by), valueIn(b, by)) * sign(direction)
        if (difference !== 0) return difference
      }
      return (a.id < b.id ? -1 : 1) * sign(orders[0]?.direction)
    })
    .map((document) => document.id)
}

const filterOf = (name: Name): fc.Arbitrary<Filter> => {
  const some = fc.constantFrom(...things.map((thing) => thing[name]))
  const list = fc.array(some, { maxLength: 4 })
  const one = (operator: string): fc.Arbitrary<Filter> => some.map((value) => ({ [operator]: value }))
  const many = (operator: string): fc.Arbitrary<Filter> => list.map((values) => ({ [operator]: values }))
  const equality = [one('eq'), one('notEq')]
  const sets = [many('in'), many('notIn')]
  const bounds = ['gt', 'gte', 'lt', 'lte'].map(one)
  const between = fc.tuple(some, some).map(([gte, lt]) => ({ gte, lt }) as Filter)
  const parts = fc.constantFrom('a', 'AP', 'é', '0', '').map((contains): Filter => ({ contains }))
  const byType = {
    bool: equality,
    bytes: equality,
    int: [...equality, ...sets, ...bounds, between],
    float: [...equality, ...sets, ...bounds, between],
    str: [...equality, ...sets, ...bounds, between, parts],
    relation: [...equality, ...sets],
    relation_list: [fc.constantFrom(id(1), id(2)).map((tag): Filter => ({ in: [tag] })), many('notIn')],
  }
  return fc.oneof(...byType[types[name].split('(')[0] as keyof typeof byType])
}
export const anyOrder = fc.record<Order>({
  by: fc.constantFrom('title', 'amount', 'price', 'done', 'parent', 'CHANGED_AT'),
  direction: fc.constantFrom('asc', 'desc'),
})
export const anyWhere = fc
  .uniqueArray(fc.constantFrom(...(Object.keys(types) as Name[])), { maxLength: 3 })
  .chain((names) => fc.tuple(...names.map((name) => filterOf(name).map((filter) => [name, filter] as const))))
  .map((filters) => Object.fromEntries(filters))
