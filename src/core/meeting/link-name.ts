import { type CborCursor, failAt, readText } from '../bytes/cbor-reader.ts'
import { maxLinkNameCharacters } from '../limits.ts'

/** Characters that would let a name pass for something else: controls, halves of characters, and those that turn the direction of what follows. */
const disguise = /[\p{Cc}\p{Surrogate}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** A name as links carry it: on one line, without disguises, cut to `maxLinkNameCharacters`. */
export const toLinkName = (name: string): string =>
  Array.from(name.replaceAll(disguise, ' ')).slice(0, maxLinkNameCharacters).join('').trim()

/** Reads a name that is as `toLinkName` makes it; the cursor notes any other. */
export function readLinkName(cursor: CborCursor, expected: string): string {
  const from = cursor.at
  const name = readText(cursor, expected)
  if (toLinkName(name) !== name)
    failAt(cursor, from, `${expected}: plain text of at most ${maxLinkNameCharacters} characters`)
  return name
}
