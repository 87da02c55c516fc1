/** A piece of a text: words as they stand, or an address that one can go to. */
export type TextPart = { readonly text: string; readonly href?: string }

const address = /https?:\/\/[^\s<>"]+/gu
/** What stands after an address and belongs to the sentence around it. */
const sentenceEnd = /[.,;:!?)\]}'”“»]+$/u

/** A text with its web addresses set apart. Put together again the pieces are the text. */
export const textParts = (text: string): readonly TextPart[] => {
  const parts: TextPart[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(address)) {
    const href = found.replace(sentenceEnd, '')
    if (!URL.canParse(href)) continue
    if (index > from) parts.push({ text: text.slice(from, index) })
    parts.push({ text: href, href })
    from = index + href.length
  }
  if (from < text.length) parts.push({ text: text.slice(from) })
  return parts
}
