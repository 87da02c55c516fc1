import { bytesToHex } from '../../../core/bytes/hex.ts'
import { documentViewId } from '../../../core/document/view-id.ts'
import type { PlainValue } from '../../../core/operation/operation.ts'

/** Bytes that are shown of a long value. */
const shownBytes = 32

/** Control characters, and those that turn the direction of writing: a file could redraw the whole terminal with them. */
// oxlint-disable-next-line no-control-regex
const dangerous = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** A line that does nothing to a terminal but stand there. */
export const harmless = (line: string): string =>
  line.replace(dangerous, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A name as it is, in quotes where it is no plain word. */
export const nameInWords = (name: string): string => (/^\w+$/.test(name) ? name : JSON.stringify(name))

function bytesInWords(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'no bytes'
  const hex = bytesToHex(bytes.subarray(0, shownBytes))
  return bytes.length > shownBytes ? `${hex}… (${bytes.length} bytes)` : hex
}

/** A value that was read without its schema, for people. */
export function valueInWords(value: PlainValue): string {
  switch (value.plain) {
    case 'bool':
    case 'int':
    case 'float':
      return String(value.value)
    case 'str':
      return JSON.stringify(value.value)
    case 'bytes':
      return bytesInWords(value.value)
    case 'hashes':
      return listInWords(value.value)
    case 'hash-lists':
      return listInWords(value.value.map(documentViewId))
  }
}

const listInWords = (items: readonly string[]): string =>
  items.length === 0 ? 'none' : items.map((item) => `\n        ${item}`).join('')
