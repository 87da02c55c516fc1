import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesToHex } from '../../../src/core/bytes/hex.ts'
import { publicKeyOf } from '../../../src/core/entry/sign.ts'
import { paperSeed } from '../../../src/core/identity/paper-key.ts'
import {
  isWordAt,
  readRecoveryWords,
  suggestWords,
  toRecoveryWords,
} from '../../../src/core/identity/recovery-words.ts'
import { words } from '../../../src/core/identity/word-list.ts'

const entropies = fc.constantFrom(16, 32).chain((length) => fc.uint8Array({ minLength: length, maxLength: length }))

/** Of zeros: identity.md §1.3, made with other libraries. */
const vectors = [
  {
    text: `${'abandon '.repeat(11)}about`,
    seed: 'd9611985b7cc07372263784f1e2f4454e79e482661ae59306e6e13a663286381',
    key: '06098d6f2f6b4a1d0bff2ed6f5a6d0cc9f303da3d763cfe3a55f030cb6f2e09f',
  },
  {
    text: `${'abandon '.repeat(23)}art`,
    seed: '83c24b92154c3aacdc2efcdf1018a2e092b4456b096238be86f23f501f097a83',
    key: 'e5cb345ddf68a556292872574468d561503f91f9c6b524d0bc658074d1864659',
  },
]

describe('recovery words', () => {
  test.each(vectors)('[ID1] give one paper key: $key', ({ text, seed, key }) => {
    const entropy = readRecoveryWords(text)
    const made = paperSeed(entropy.ok ? entropy.value : new Uint8Array())
    expect(bytesToHex(made)).toBe(seed)
    expect(publicKeyOf(made)).toBe(key)
  })

  test('[ID1] written down and typed in again give the same entropy, in any spelling of space and case', () => {
    fc.assert(
      fc.property(entropies, fc.constantFrom(' ', '\n', '  \t'), fc.boolean(), (entropy, between, isLoud) => {
        const text = toRecoveryWords(entropy).join(between)
        expect(readRecoveryWords(isLoud ? ` ${text.toUpperCase()} ` : text)).toEqual({ ok: true, value: entropy })
      }),
    )
  })

  test('[ID1] other entropy gives another key', () => {
    fc.assert(
      fc.property(entropies, entropies, (a, b) => {
        fc.pre(bytesToHex(a) !== bytesToHex(b))
        expect(bytesToHex(paperSeed(a))).not.toBe(bytesToHex(paperSeed(b)))
      }),
    )
  })

  test('[ID2] a word that is not in the list is named by its place, never by what was typed', () => {
    fc.assert(
      fc.property(entropies, fc.nat(), (entropy, at) => {
        const typed = [...toRecoveryWords(entropy)]
        const place = at % typed.length
        typed[place] = 'zzzzyx'
        expect(readRecoveryWords(typed.join(' '))).toEqual({
          ok: false,
          error: { code: 'words/unknown', at: place + 1 },
        })
      }),
    )
  })

  test('[ID2] too few, too many and far too many words are counted', () => {
    const read = (count: number) => readRecoveryWords('abandon '.repeat(count))
    for (const count of [0, 1, 11, 13, 23, 25])
      expect(read(count)).toEqual({ ok: false, error: { code: 'words/count', found: count } })
    expect(read(100_000)).toMatchObject({ ok: false, error: { code: 'words/count' } })
    expect(readRecoveryWords(`${vectors[0]!.text}${' '.repeat(10_000)}more`).ok).toBe(false)
  })

  test('[ID2] a wrong word of the list is caught by the checksum', () => {
    const wrong = `${'abandon '.repeat(11)}zoo`
    expect(readRecoveryWords(wrong)).toEqual({ ok: false, error: { code: 'words/checksum' } })
  })

  test('[ID2] nothing that is typed makes the reader throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => readRecoveryWords(text)).not.toThrow()
      }),
    )
  })

  test('[ID3] one word is compared as a person types it', () => {
    const entropy = new Uint8Array(16)
    expect(isWordAt(entropy, 12, ' About ')).toBe(true)
    for (const typed of ['abandon', '', 'about abandon', 'abou']) expect(isWordAt(entropy, 12, typed)).toBe(false)
    expect(isWordAt(entropy, 13, 'about')).toBe(false)
  })
})

describe('a word that was mistyped', () => {
  test.each([
    ['aban', 'abandon'],
    ['abanodn', 'abandon'],
    ['abndon', 'abandon'],
    ['abanddon', 'abandon'],
    ['zebro', 'zebra'],
    ['Zo', 'zone'],
  ])('[ID2] %s may be %s', (typed, meant) => expect(suggestWords(typed, 5)).toContain(meant))

  test('[ID2] every word of the list is found from its first four letters, and with any letter left out', () => {
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.nat(), (word, at) => {
        expect(suggestWords(word.slice(0, 4), 3)).toContain(word)
        const slip = word.slice(0, at % word.length) + word.slice((at % word.length) + 1)
        expect(suggestWords(slip, words.length)).toContain(word)
      }),
    )
  })

  test('[ID2] what nothing comes near has no suggestion', () => {
    for (const typed of ['', '   ', 'xylophonic', 'x'.repeat(100_000)]) expect(suggestWords(typed, 5)).toEqual([])
  })
})
