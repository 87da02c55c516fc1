import { expect, test } from 'vitest'
import { finishWord, mendWord, typedSlips, typedWords, unfinishedWord } from '../../src/app/routes/you/typed-words.ts'
import { suggestWords } from '../../src/core/identity/recovery-words.ts'

const suggest = async (typed: string, limit = 5): Promise<readonly string[]> => suggestWords(typed, limit)

test('words are the same words however they were typed or pasted', () => {
  expect(typedWords('  Legal\nWINNER\t thank ')).toEqual(['legal', 'winner', 'thank'])
  expect(typedWords(' ')).toEqual([])
})

test('the last word is unfinished until a space follows it', () => {
  expect(unfinishedWord('legal Win')).toBe('win')
  expect(unfinishedWord('legal winner ')).toBe('')
  expect(unfinishedWord('')).toBe('')
  expect(finishWord('legal Win', 'winner')).toBe('legal winner ')
})

test('a word is mended in its place, and the rest stays as it was typed', () => {
  expect(mendWord(' Legal  winer\nthank', 2, 'winner')).toBe(' Legal  winner\nthank')
})

test('every word that is in no list is named by its place, with what was meant where something is near', async () => {
  expect(await typedSlips('legal winner thank', suggest)).toEqual([])
  expect(await typedSlips('Legal winnr qqqq thank', suggest)).toEqual([
    { place: 2, kind: 'misspelled', meant: ['winner'] },
    { place: 3, kind: 'unknown' },
  ])
  expect(await typedSlips('winer', suggest)).toMatchObject([{ meant: expect.arrayContaining(['wine', 'winner']) }])
})
