import { array, assert, bigInt, boolean, constantFrom, double, oneof, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { checkField, checkFields, readNumber, storable } from '../../src/app/fields/check-field.ts'
import { fieldText, isEmptyField } from '../../src/app/fields/field-text.ts'
import { isSameValue, isSameValues } from '../../src/app/fields/stored-names.ts'
import { formatFor } from '../../src/app/messages/format.ts'
import { english } from '../../src/app/messages/en.ts'
import { fieldKinds, makeField } from '../../src/app/data/field-kind.ts'

const count = makeField('n', 'number', 'Count', { isWhole: true, isRequired: true })
const depth = makeField('n', 'number', 'Depth')

test.each([
  ['12', true, 12],
  ['1 200', true, 1200],
  ['1.5', false, 1.5],
  ['1,5', false, 1.5],
  ['1,234.5', false, 1234.5],
  ['-3', true, -3],
  ['9007199254740993', true, 9007199254740993n],
  ['', true, ''],
  ['abc', true, 'abc'],
  ['1.', false, 1],
] as const)('%j is read as the number it means', (text, isWhole, value) => {
  expect(readNumber(text, isWhole)).toBe(value)
})

test('what cannot be stored is named, and nothing typed is lost', () => {
  expect(checkField(count, { n: 'abc' })).toBe('notNumber')
  expect(checkField(count, { n: 1.5 })).toBe('notWhole')
  expect(checkField(count, { n: 2n ** 63n })).toBe('tooLarge')
  expect(checkField(count, { n: '' })).toBe('missing')
  expect(checkField(depth, { n: '' })).toBeUndefined()
  expect(checkField(makeField('d', 'date', 'Day'), { d: '2026-13-40' })).toBe('notDate')
  expect(checkField(makeField('t', 'text', 'What', { isRequired: true }), { t: '  ' })).toBe('missing')
  expect([...checkFields([count, makeField('t', 'text', 'What')], { n: 'x', t: '' })]).toEqual([['n', 'notNumber']])
  expect(storable([depth], { n: '' })).toEqual({ n: 0 })
})

test('reading a number never throws, and gives back the same text or a finite number', () => {
  assert(
    property(string(), boolean(), (text, isWhole) => {
      const value = readNumber(text, isWhole)
      return typeof value === 'bigint' || typeof value === 'number' || value === text || value === ''
    }),
  )
})

test('any stored value of any kind has words, and empty means no words', () => {
  const format = formatFor('en')
  const t = english(format)
  const value = oneof(boolean(), double(), bigInt(), string(), array(string()))
  assert(
    property(constantFrom(...fieldKinds), value, (kind, stored) => {
      const field = makeField('f', kind, 'F')
      const text = fieldText(field, { f: stored }, format, t)
      return !isEmptyField(field, { f: stored }) || text === ''
    }),
  )
})

test('values are the same by what they say', () => {
  expect(isSameValue(3, 3n)).toBe(true)
  expect(isSameValue(['a', 'b'], ['a', 'b'])).toBe(true)
  expect(isSameValue(['a', 'b'], ['b', 'a'])).toBe(false)
  expect(isSameValues({ a: 1 }, { a: 1, b: 2 })).toBe(false)
})
