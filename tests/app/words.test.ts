import { expect, test } from 'vitest'
import { moved } from '../../src/app/builder/move.ts'
import { path, settingsSections } from '../../src/app/paths.ts'
import { fileNameFor } from '../../src/app/data/save-file.ts'
import { readTags, writeDateTime, writeTags } from '../../src/app/data/field-kind.ts'

test('addresses stand behind the hash and hold any id', () => {
  expect(path.thing('0020ab', '0020cd_0020ef')).toBe('#/g/me/d/0020ab?at=0020cd_0020ef')
  expect(path.hood('log', 'ab', 7n)).toBe('#/hood/log/ab/7')
  expect(path.collection('a/b?c#d')).toBe('#/g/me/c/a%2Fb%3Fc%23d')
  for (const section of settingsSections) expect(path.settings(section)).toBe(`#/settings/${section}`)
})

test('a file is named after what is in it and the day', () => {
  const day = new Date(2026, 0, 9)
  expect(fileNameFor('Größe / Menge', day)).toBe('Größe-Menge-2026-01-09.takibi')
  expect(fileNameFor('../..', day)).toBe('takibi-2026-01-09.takibi')
})

test('moving an item keeps all of them', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
  expect(moved(['a', 'b'], 0, 2)).toEqual(['a', 'b'])
})

test('tags are one text, each once', () => {
  expect(writeTags(readTags('red,  blue,,red '))).toBe('red, blue')
  expect(readTags(7)).toEqual([])
})

test('a moment is written with the zone it was written in', () => {
  expect(writeDateTime(new Date(2026, 5, 1, 7, 4))).toMatch(/^2026-06-01T07:04[+-]\d\d:\d\d$/)
})
