import { createHash } from 'node:crypto'
import type { Bound, IndexKey } from '../../ports/store.ts'
import type { Span } from '../layout/tables.ts'
import { type Place, encodeKey, keyRange } from './leveldb-keys.ts'

/**
 * PostgreSQL compares `bytea` byte by byte, so keys are the same bytes as in LevelDB. But an entry of its B-tree has at most 2,704 bytes, and
 * what a stranger named (a schema id of a hundred hashes) may be longer: of a text over 256 units the beginning stands in the key, and a hash of
 * all of it. Such texts are found and lie near where they belong; only among those that begin alike the order is not theirs.
 */
const maxUnits = 256
const keptUnits = 128

const shortenText = (text: string): string => {
  const hash = createHash('sha256').update(Buffer.from(text, 'utf16le')).digest('hex')
  return `${text.slice(0, keptUnits)}\uffff${hash}`
}
const shorten = (key: IndexKey): IndexKey =>
  key.map((element) => (typeof element === 'string' && element.length > maxUnits ? shortenText(element) : element))

/** The bytes under which a row is found. */
export const rowKey = (place: Place, key: IndexKey): Uint8Array => encodeKey(place, shorten(key))

/** The bytes of the whole key, where those under which the row is found are not; else null. */
export const wholeKey = (place: Place, key: IndexKey): Uint8Array | null =>
  key.some((element) => typeof element === 'string' && element.length > maxUnits) ? encodeKey(place, key) : null

const shortenBound = (bound: Bound | undefined): Bound | undefined => bound && { ...bound, key: shorten(bound.key) }

/** The bytes between which a part of a table lies. */
export const rowRange = (
  place: Place,
  { lower, upper }: Span,
): { readonly gte: Uint8Array; readonly lt: Uint8Array } => {
  const [from, to] = [shortenBound(lower), shortenBound(upper)]
  return keyRange(place, { ...(from && { lower: from }), ...(to && { upper: to }) })
}
