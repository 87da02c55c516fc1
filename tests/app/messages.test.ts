import { describe, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { english } from '../../src/app/messages/en.ts'
import { german } from '../../src/app/messages/de.ts'
import { devices as englishDevices } from '../../src/app/messages/en/devices.ts'
import { hood as englishHood } from '../../src/app/messages/en/hood.ts'
import { identities as englishIdentities } from '../../src/app/messages/en/identities.ts'
import { lists as englishLists } from '../../src/app/messages/en/lists.ts'
import { names as englishNames } from '../../src/app/messages/en/names.ts'
import { person as englishPerson } from '../../src/app/messages/en/person.ts'
import { devices as germanDevices } from '../../src/app/messages/de/devices.ts'
import { hood as germanHood } from '../../src/app/messages/de/hood.ts'
import { identities as germanIdentities } from '../../src/app/messages/de/identities.ts'
import { lists as germanLists } from '../../src/app/messages/de/lists.ts'
import { names as germanNames } from '../../src/app/messages/de/names.ts'
import { person as germanPerson } from '../../src/app/messages/de/person.ts'
import { formatFor } from '../../src/app/messages/format.ts'
import { version } from '../../src/app/version.ts'

/** Every text by its path; functions by the word `function`. Not into lists: their length may differ. */
const shape = (value: unknown, path = ''): readonly string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, part]) => shape(part, `${path}/${key}`))
    : [`${path}: ${Array.isArray(value) ? 'list' : typeof value}`]
const texts = (value: unknown, path = ''): readonly { readonly path: string; readonly text: string }[] =>
  typeof value === 'string'
    ? [{ path, text: value }]
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, part]) => texts(part, `${path}/${key}`))
      : []

const [enGB, deDE] = [formatFor('en-GB'), formatFor('de-DE')]
/** What every screen carries, and what comes with the screens that say it. */
const en = {
  ...english(enGB),
  person: englishPerson(enGB),
  devices: englishDevices(enGB),
  hood: englishHood(enGB),
  identities: englishIdentities(enGB),
  lists: englishLists(),
  names: englishNames(enGB),
}
const de = {
  ...german(deDE),
  person: germanPerson(deDE),
  devices: germanDevices(deDE),
  hood: germanHood(deDE),
  identities: germanIdentities(deDE),
  lists: germanLists(),
  names: germanNames(deDE),
}

test('German says everything that English says', () => {
  expect(shape(de)).toEqual(shape(en))
})

/** Names, and words that are the same in both languages. */
const shared =
  /^(Takibi|Text|Name|Version|Status|Orange|Normal|Logs?|Operation|Bytes|Hex|JSON|Link|Box|Blob|Option|.{0,2})$/

test('German leaves nothing in English', () => {
  /** Texts, and functions by how they are written: one that was forgotten is written as in English. */
  const written = (value: unknown, path = ''): readonly (readonly [path: string, text: string])[] => {
    if (typeof value === 'string') return [[path, value]]
    if (typeof value === 'function') return [[path, String(value)]]
    return typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, part]) => written(part, `${path}/${key}`))
      : []
  }
  const inEnglish = new Map(written(en))
  /** What a message says by itself, without what is put into it; of a function, what stands in its quotes. */
  const wordsOf = (text: string): string =>
    (text.includes('=>')
      ? [...text.matchAll(/'([^']*)'|`([^`]*)`/g)].map(([, a = '', b = '']) => a + b).join(' ')
      : text
    )
      .replaceAll(/\$\{[^}]*\}|[^\p{L}\s]/gu, '')
      .trim()
  const forgotten = written(de).filter(([path, text]) => inEnglish.get(path) === text && !shared.test(wordsOf(text)))
  expect(forgotten.map(([path, text]) => `${path}: ${text}`)).toEqual([])
})

test.each([
  ['English', en],
  ['German', de],
])('%s shouts at nobody', (_, messages) => {
  expect(texts(messages).filter(({ text }) => text.includes('!'))).toEqual([])
})

describe('a language writes', () => {
  const format = formatFor('de-DE')
  test('numbers, counts and sizes its own way', () => {
    expect(format.plural(1, { one: '{n} Ding', other: '{n} Dinge' })).toBe('1 Ding')
    expect(format.plural(1_200, { one: '{n} Ding', other: '{n} Dinge' })).toBe('1.200 Dinge')
    expect(format.plural(0, { one: 'a', other: 'b', zero: 'nichts' })).toBe('nichts')
    expect(format.bytes(0)).toBe('0 Byte')
    expect(format.bytes(1_500_000)).toBe('1,5 MB')
  })
  test('a moment by how long ago it was', () => {
    const now = new Date(2026, 10, 22, 18, 5).getTime()
    expect(format.when(now, now)).toBe('18:05')
    expect(format.when(now - 86_400_000, now)).toBe('gestern')
    expect(format.when(now - 3 * 86_400_000, now)).toBe('Do')
    expect(format.when(new Date(1970, 0, 1, 12).getTime(), now)).toBe('01.01.1970')
  })
})

test('the app says the version of its package', () => {
  expect(version).toBe(packageJson.version)
})
