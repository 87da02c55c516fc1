import type { RecoveryWords } from '../../../sdk/index.ts'

/** What is wrong with a word that was typed from paper. */
export type Slip =
  /** `other`: a word of the list, which does not stand there; `unknown`: nothing in the list comes near. */
  { readonly kind: 'missing' | 'other' | 'unknown' } | { readonly kind: 'misspelled'; readonly meant: string }

/** Which of the words typed at `places` are wrong, and how; `undefined` for those that are right. */
export const wordSlips = async (
  { show, places, suggest }: Pick<RecoveryWords, 'show' | 'places' | 'suggest'>,
  typed: readonly string[],
): Promise<readonly (Slip | undefined)[]> => {
  const words = await show()
  return Promise.all(
    places.map(async (place, at): Promise<Slip | undefined> => {
      const word = (typed[at] ?? '').trim().toLowerCase()
      if (word === '') return { kind: 'missing' }
      if (word === words[place - 1]) return undefined
      const [meant] = await suggest(word, 1)
      if (meant === undefined) return { kind: 'unknown' }
      return meant === word ? { kind: 'other' } : { kind: 'misspelled', meant }
    }),
  )
}
