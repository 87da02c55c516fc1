import unhomoglyph from 'unhomoglyph'

/** Characters that are not seen: joiners, directions, variation selectors, fillers. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu

/** One round of UTS 39 §4: every character becomes the one that all its lookalikes become. */
const prototype = (text: string): string => unhomoglyph(text.normalize('NFD')).normalize('NFD')

/**
 * What a name looks like (UTS 39 §4, by Unicode 13): names with one skeleton are easily taken for each other. Beyond the standard it ignores what
 * cannot be seen, marks on letters, capital and small, and how much space there is. It sees lookalikes of characters, not of words or of pandas, and
 * knows no characters newer than Unicode 13.
 *
 * The table of lookalikes weighs 28 KB packed, and so does whatever imports this: loaded when somebody else's name is compared.
 */
export const skeleton = (name: string): string => {
  const seen = name.normalize('NFKD').replace(invisible, '').replace(/\p{M}/gu, '')
  // A capital I looks like a small l, and its own small i has to follow.
  const letters = prototype(prototype(seen).toLowerCase()).replaceAll('i', 'l')
  return letters.replace(/\s+/gu, ' ').trim()
}
