import type { CborValue } from '../../src/core/bytes/cbor.ts'
import { hexToBytes } from '../../src/core/bytes/hex.ts'

const hash = Uint8Array.of(0, 0x20, ...new Uint8Array(32))
const operation = new Uint8Array(3)

/** Bodies of `LogRanges` that a hostile peer may send, for one signature. The corpus grows: what once broke something stays here. */
export const nastyBodies: readonly { readonly what: string; readonly cbor: Uint8Array | CborValue }[] = [
  { what: 'nothing', cbor: new Uint8Array(0) },
  { what: 'no range', cbor: [] },
  { what: 'a range of no entries', cbor: [[0n, 1n, null, []]] },
  { what: 'a range that begins at 0', cbor: [[0n, 0n, null, [operation]]] },
  { what: 'a beginning with a backlink', cbor: [[0n, 1n, hash, [operation]]] },
  { what: 'a second entry without backlink', cbor: [[0n, 2n, null, [operation]]] },
  { what: 'a backlink of 32 bytes', cbor: [[0n, 2n, new Uint8Array(32), [operation]]] },
  { what: 'a reserved log id', cbor: [[2n ** 64n - 2n, 1n, null, [operation]]] },
  { what: 'a range beyond the last sequence number', cbor: [[0n, 2n ** 64n - 1n, hash, [operation, operation]]] },
  { what: 'an end of log that is false', cbor: [[0n, 1n, null, [operation], false]] },
  { what: 'a value too many', cbor: [[0n, 1n, null, [operation], true, true]] },
  { what: 'an absent payload without hash', cbor: [[0n, 1n, null, [[3n]]]] },
  { what: 'an absent payload below zero', cbor: [[0n, 1n, null, [[-1n, hash]]]] },
  { what: 'a payload that is a text', cbor: [[0n, 1n, null, ['text']]] },
  { what: 'more ranges than bytes', cbor: hexToBytes('9affffffff') },
  { what: 'arrays in arrays, 60,000 deep', cbor: new Uint8Array(60_000).fill(0x81) },
  { what: 'a longer form of a number', cbor: hexToBytes('8184180001f68143000000') },
  { what: 'bytes behind the body', cbor: hexToBytes('81840001f6814300000000') },
]
