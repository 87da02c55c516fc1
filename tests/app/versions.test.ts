import { expect, test } from 'vitest'
import { makeField } from '../../src/app/data/field-kind.ts'
import { formatFor } from '../../src/app/messages/format.ts'
import { english } from '../../src/app/messages/en.ts'
import { sentenceOf } from '../../src/app/routes/thing/sentences.ts'
import { splitsOf, tipsOf, unseenOf } from '../../src/app/routes/thing/versions.ts'
import type { Change, Values } from '../../src/sdk/index.ts'

const op = (
  id: string,
  previous: readonly string[],
  fields: Values,
  more: Partial<Omit<Change, 'fields'>> = {},
): Change =>
  ({
    operationId: id,
    viewId: id,
    previous,
    fields,
    before: {},
    action: previous.length === 0 ? 'create' : 'update',
    origin: 'local',
    isPending: false,
    ...more,
  }) as unknown as Change

const count = makeField('count', 'number', 'Count', { isWhole: true })
const note = makeField('note', 'longText', 'Note')
const place = makeField('place', 'place', 'Place')
const fields = [count, note, place]
const born = op('a', [], { count: 1, note: '', place_lat: 0, place_lon: 0, place_acc: -1 })
const splits = (...changes: readonly Change[]) =>
  splitsOf(fields, changes).map(({ field, versions }) => [
    field.name,
    versions.map(({ change }) => change.operationId as string),
  ])

test('a straight history is not split', () => {
  expect(splits(born, op('b', ['a'], { count: 2 }), op('c', ['b'], { count: 3 }))).toEqual([])
})

test('two changes of one field that had not seen each other are two versions, the one in force first', () => {
  const changes = [born, op('b', ['a'], { count: 2 }), op('c', ['a'], { count: 3 })]
  expect(splits(...changes)).toEqual([['count', ['c', 'b']]])
  expect(tipsOf(changes)).toEqual(['b', 'c'])
  expect(unseenOf(changes)).toEqual(new Set(['b', 'c']))
})

test('different fields changed apart, and equal values, are no versions', () => {
  expect(splits(born, op('b', ['a'], { count: 2 }), op('c', ['a'], { note: 'x' }))).toEqual([])
  expect(splits(born, op('b', ['a'], { count: 2 }), op('c', ['a'], { count: 2 }))).toEqual([])
})

test('an update that names both tips settles it', () => {
  const apart = [born, op('b', ['a'], { count: 2 }), op('c', ['a'], { count: 3 })]
  expect(splits(...apart, op('d', ['b', 'c'], { count: 3 }))).toEqual([])
})

test('only the last value of each branch counts, and what waits for something missing does not', () => {
  expect(
    splits(
      born,
      op('b', ['a'], { count: 2 }),
      op('c', ['b'], { count: 4 }),
      op('d', ['a'], { count: 3 }),
      op('e', ['zz'], { count: 9 }, { isPending: true }),
    ),
  ).toEqual([['count', ['d', 'c']]])
})

test('a place is one field of three parts', () => {
  const here = (lat: number): Values => ({ place_lat: lat, place_lon: 2, place_acc: 3 })
  expect(splits(born, op('b', ['a'], here(1)), op('c', ['a'], here(4)))).toEqual([['place', ['c', 'b']]])
})

test('history is said in sentences', () => {
  const format = formatFor('en-GB')
  const t = english(format)
  const say = (change: Change): string =>
    sentenceOf(change, [...fields, makeField('photos', 'photo', 'Photos')], format, t)
      .map(({ text }) => text)
      .join('')
  const changed = (now: Values, before: Values): string => say(op('b', ['a'], now, { before }))
  expect(say(born)).toBe('wrote this down')
  expect(changed({ count: 3 }, { count: 2 })).toBe('changed Count from 2 to 3')
  expect(changed({ count: 3, note: 'On the weir' }, { count: 3n, note: '' })).toBe(
    'settled Count, set Note to On the weir',
  )
  expect(changed({ note: '' }, { note: 'x' })).toBe('cleared Note')
  expect(changed({ note: 'x'.repeat(100) }, { note: 'y' })).toBe('changed Note')
  expect(changed({ photos: ['p', 'q', 'r'] }, { photos: ['p'] })).toBe('added 2 to Photos')
  expect(say(op('z', ['a'], {}, { action: 'delete' }))).toBe('removed this')
})
