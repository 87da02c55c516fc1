import { lookalikes } from './lookalikes.ts'

/** Characters that are not seen: joiners, directions, variation selectors, fillers. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu

const prototypes: ReadonlyMap<string, string> = new Map(
  Object.entries(lookalikes).flatMap(([looks, letters]) => Array.from(letters, (letter) => [letter, looks] as const)),
)

/** One round of UTS 39 §4: every character becomes the one that its lookalikes become. */
const prototype = (text: string): string =>
  Array.from(text, (character) => prototypes.get(character) ?? character).join('')

/**
 * What a name looks like, after UTS 39 §4: names with one skeleton are easily taken for each other. Beyond the standard it ignores what cannot be seen,
 * marks on letters, capital and small, and how much space there is. Short of it, it sees only letters that look like Latin ones (`lookalikes`): two
 * Chinese characters that look alike are two.
 */
export const skeleton = (name: string): string => {
  const seen = name.normalize('NFKD').replace(invisible, '').replace(/\p{M}/gu, '')
  // A capital I looks like a small l, and its own small i has to follow.
  const letters = prototype(prototype(seen).toLowerCase()).replaceAll('i', 'l')
  return letters.replace(/\s+/gu, ' ').trim()
}
