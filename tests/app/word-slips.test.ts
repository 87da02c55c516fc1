import { expect, test } from 'vitest'
import { wordSlips } from '../../src/app/routes/you/word-slips.ts'
import { suggestWords } from '../../src/core/identity/recovery-words.ts'

const words = 'legal winner thank year wave sausage worth useful legal winner thank yellow'.split(' ')
const given = {
  show: async () => words,
  places: [3, 7, 11],
  suggest: async (typed: string, limit = 5) => suggestWords(typed, limit),
}

test('right words are right however they are typed', async () => {
  expect(await wordSlips(given, [' Thank', 'WORTH ', 'thank'])).toEqual([undefined, undefined, undefined])
})

test('of a wrong word it is said whether it is missing, another one or misspelled, and what was meant', async () => {
  expect(await wordSlips(given, ['', 'year', 'thnak'])).toEqual([
    { kind: 'missing' },
    { kind: 'other' },
    { kind: 'misspelled', meant: 'thank' },
  ])
  expect(await wordSlips(given, ['thank', 'qqqq', 'thank'])).toEqual([undefined, { kind: 'unknown' }, undefined])
})
