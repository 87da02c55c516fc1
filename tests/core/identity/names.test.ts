import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { displayName } from '../../../src/core/identity/display-name.ts'
import { fingerprintWords, linkWords } from '../../../src/core/identity/fingerprint.ts'
import { identityDigest, shortId } from '../../../src/core/identity/short-id.ts'
import { skeleton } from '../../../src/core/identity/skeleton.ts'
import { takenFor } from '../../../src/core/identity/taken-for.ts'
import { words } from '../../../src/core/identity/word-list.ts'
import { bytesToHash } from '../../../src/core/hash/yasmf.ts'
import type { DocumentId } from '../../../src/core/ids.ts'

const idOf = (digest: Uint8Array): DocumentId => {
  const id = bytesToHash(Uint8Array.of(0, 0x20, ...digest))
  if (!id.ok) throw new Error(id.error.code)
  return id.value as DocumentId
}
const digests = fc.uint8Array({ minLength: 32, maxLength: 32 })
const ana = idOf(new Uint8Array(32).fill(1))
const other = idOf(new Uint8Array(32).fill(2))

/** The bits of a byte string as text, and of words by their place in the list. */
const bitsOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
const bitsOfWords = (spelt: readonly string[]): string =>
  spelt.map((word) => words.indexOf(word).toString(2).padStart(11, '0')).join('')

describe('words to compare', () => {
  test('[ID4] six words are the first 66 bits of the digest of a person', () => {
    fc.assert(
      fc.property(digests, (digest) => {
        const person = idOf(digest)
        expect(bitsOfWords(fingerprintWords(person))).toBe(bitsOf(identityDigest(person)).slice(0, 66))
      }),
    )
  })

  test('[ID5] four words are the first 44 bits of the name of a connection', () => {
    fc.assert(
      fc.property(digests, (hash) => {
        expect(bitsOfWords(linkWords(hash))).toBe(bitsOf(hash).slice(0, 44))
      }),
    )
  })

  test('[ID4] the words and the short name of one person stay what they are', () => {
    expect({ words: fingerprintWords(ana).join(' '), short: shortId(ana) }).toMatchInlineSnapshot(`
      {
        "short": "fi·5376·c4",
        "words": "clip option raise hip scissors tornado",
      }
    `)
  })

  test('[ID6] a person nobody named has a syllable and six digits', () => {
    fc.assert(
      fc.property(digests, (digest) => {
        expect(shortId(idOf(digest))).toMatch(/^[bdfghjklmnprstvz][aeio]·[0-9a-f]{4}·[0-9a-f]{2}$/)
      }),
    )
  })
})

describe('the name of a person', () => {
  test('[ID7] is the one I gave, before the one they give themselves, before a short one', () => {
    expect(displayName({ person: ana, petname: 'Ana', claimed: 'Queen' })).toEqual({ kind: 'petname', text: 'Ana' })
    expect(displayName({ person: ana, petname: '  ', claimed: ' Ana ' })).toEqual({ kind: 'claimed', text: '~Ana' })
    expect(displayName({ person: ana, claimed: '' })).toEqual({ kind: 'short-id', text: shortId(ana) })
    // From others: on one line, nothing that turns its direction, and of a bearable length.
    expect(displayName({ person: ana, claimed: `\u202eAna\n${'x'.repeat(9_000)}` }).text).toMatch(/^~Ana x{90,96}$/)
  })

  test.each([
    ['Ana', 'Аnа'], // the first and the last are Cyrillic
    ['Iris', 'lris'],
    ['Iris', 'IRIS'],
    ['Mama', 'rnama'],
    ['Ana', 'A\u{200B}na'],
    ['Ana B.', ' Ana  B.'],
    ['Ana', 'Àná'],
    ['Bo', 'B0'],
    ['Ana', '𝐀𝐧𝐚'],
  ])('[ID8] %s and %s look alike', (one, two) => expect(skeleton(one)).toBe(skeleton(two)))

  test.each([
    ['Ana', 'Anna'],
    ['Bo', 'Mo'],
    ['Ana', 'Ina'],
  ])('[ID8] %s and %s do not', (one, two) => expect(skeleton(one)).not.toBe(skeleton(two)))

  test('[ID8] what cannot be seen changes nothing, wherever it stands', () => {
    const name = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(name, name, fc.constantFrom('\u{200B}', '\u{202E}', '\u{FE0F}', '\u{AD}'), (a, b, invisible) => {
        expect(skeleton(a + invisible + b)).toBe(skeleton(a + b))
      }),
    )
  })

  test('[ID8] a claimed name that looks like my name for somebody else is said to be not theirs', () => {
    const petnames = new Map([[ana, 'Ana']])
    expect(takenFor({ person: other, claimed: 'Аnа' }, petnames)).toBe('Ana')
    expect(takenFor({ person: ana, claimed: 'Ana', petname: 'Ana' }, petnames)).toBeUndefined()
    expect(takenFor({ person: ana, claimed: 'Ana' }, petnames)).toBeUndefined()
    expect(takenFor({ person: other, claimed: 'Ana', petname: 'Ana from work' }, petnames)).toBeUndefined()
    expect(takenFor({ person: other, claimed: 'Bo' }, petnames)).toBeUndefined()
  })
})
