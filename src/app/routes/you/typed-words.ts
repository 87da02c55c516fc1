import type { RecoveryWords } from '../../../sdk/index.ts'

/** Words that are named for one that is misspelled. */
const mostMeant = 3

/** What is wrong with one of many typed words, whose place counts from 1. */
export type TypedSlip =
  | { readonly place: number; readonly kind: 'unknown' }
  | { readonly place: number; readonly kind: 'misspelled'; readonly meant: readonly string[] }

/** The words of a text that somebody typed or pasted, in small letters. */
export const typedWords = (text: string): readonly string[] => text.toLowerCase().split(/\s+/u).filter(Boolean)

/** The word that is being typed: what stands at the end, before any space. */
export const unfinishedWord = (text: string): string => /\S*$/u.exec(text)?.[0].toLowerCase() ?? ''

/** The text with its last word finished, and a space for the next. */
export const finishWord = (text: string, word: string): string => text.replace(/\S*$/u, `${word} `)

/** The text with another word at a place, which counts from 1; all else stays as it was typed. */
export const mendWord = (text: string, place: number, word: string): string => {
  let at = 0
  return text.replaceAll(/\S+/gu, (typed) => (++at === place ? word : typed))
}

/** Which of the typed words are in no list, and what was meant. Words of the list at a wrong place are not found so. */
export const typedSlips = async (text: string, suggest: RecoveryWords['suggest']): Promise<readonly TypedSlip[]> => {
  const slips = await Promise.all(
    typedWords(text).map(async (word, at): Promise<TypedSlip | undefined> => {
      const meant = await suggest(word, mostMeant)
      if (meant[0] === word) return undefined
      const place = at + 1
      return meant.length === 0 ? { place, kind: 'unknown' } : { place, kind: 'misspelled', meant }
    }),
  )
  return slips.filter((slip) => slip !== undefined)
}
