import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { assert } from '../assert.ts'
import { type Result, fail, ok } from '../result.ts'
import { isPaperEntropy } from './paper-key.ts'

/**
 * Why a text is not recovery words. It names places, never what was typed: failures are shown, logged and posted on.
 * `at`: the first word that is not in the list, counted from 1.
 */
export type WordsFailure =
  | { readonly code: 'words/count'; readonly found: number }
  | { readonly code: 'words/unknown'; readonly at: number }
  | { readonly code: 'words/checksum' }

/** Characters that are read: 24 words of 8 letters, and a page of spaces. */
const maxCharacters = 4096

const known = new Set(wordlist)

/** The words as they are compared: small letters, whatever lies between them one space. */
const splitWords = (text: string): readonly string[] =>
  text.normalize('NFKD').toLowerCase().split(/\s+/u).filter(Boolean)

/** The recovery words of some entropy: 12 of 16 bytes, 24 of 32 (BIP39, English). */
export function toRecoveryWords(entropy: Uint8Array): readonly string[] {
  assert(isPaperEntropy(entropy), 'recovery words hold 16 or 32 bytes')
  return entropyToMnemonic(entropy, wordlist).split(' ')
}

/** What a person typed to entropy (new bytes; wipe them after use), or the first thing that is wrong with it. */
export function readRecoveryWords(text: string): Result<Uint8Array, WordsFailure> {
  const typed = splitWords(text.slice(0, maxCharacters))
  if (typed.length !== 12 && typed.length !== 24) return fail({ code: 'words/count', found: typed.length })
  if (text.length > maxCharacters) return fail({ code: 'words/count', found: typed.length + 1 })
  const wrong = typed.findIndex((word) => !known.has(word))
  if (wrong >= 0) return fail({ code: 'words/unknown', at: wrong + 1 })
  try {
    return ok(mnemonicToEntropy(typed.join(' '), wordlist))
  } catch {
    return fail({ code: 'words/checksum' })
  }
}

/** Whether the typed word is the one at that place (from 1). */
export const isWordAt = (entropy: Uint8Array, place: number, typed: string): boolean =>
  splitWords(typed).join(' ') === toRecoveryWords(entropy)[place - 1]

/**
 * Words of the list that somebody may have meant, the likeliest first: those that begin so, then those one slip away (a letter missing, added,
 * wrong, or two swapped). Empty for a text that nothing comes near.
 */
export function suggestWords(typed: string, limit: number): readonly string[] {
  const [word = ''] = splitWords(typed.slice(0, maxCharacters))
  if (word === '') return []
  const begun = wordlist.filter((listed) => listed.startsWith(word))
  const near = wordlist.filter((listed) => !listed.startsWith(word) && isOneSlipAway(word, listed))
  return [...begun, ...near].slice(0, limit)
}

/** Whether one edit (insert, leave out, replace, swap neighbours) makes one word of the other. */
function isOneSlipAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let from = 0
  while (from < a.length && a[from] === b[from]) from++
  const [restA, restB] = [a.slice(from), b.slice(from)]
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2)
}
