import { type CborValue, encodeCbor } from '../../src/core/bytes/cbor.ts'
import { hexToBytes } from '../../src/core/bytes/hex.ts'

/** Bytes that a hostile peer may send. The corpus grows: what once broke something stays here. */
export interface Nasty {
  readonly what: string
  readonly bytes: Uint8Array
  readonly code: string
  readonly at?: number
}

const zeros = (length: number): Uint8Array => new Uint8Array(length)
const hash = Uint8Array.of(0, 0x20, ...zeros(32))
const nested = (depth: number): Uint8Array => new Uint8Array(depth).fill(0x81)

const malformed = (what: string, bytes: Uint8Array | CborValue, at?: number): Nasty => ({
  what,
  bytes: bytes instanceof Uint8Array ? bytes : encodeCbor(bytes),
  code: 'message/malformed',
  ...(at === undefined ? {} : { at }),
})
const unknown = (what: string, bytes: Uint8Array): Nasty => ({ what, bytes, code: 'message/type-unknown' })

export const nastyMessages: readonly Nasty[] = [
  malformed('nothing at all', zeros(0), 0),
  malformed('an array of nothing', hexToBytes('80'), 1),
  malformed('a map', hexToBytes('a10000'), 0),
  malformed('a number alone', hexToBytes('03'), 0),
  malformed('a name for a number', hexToBytes('816142'), 1),
  malformed('arrays in arrays, 60,000 deep', nested(60_000), 1),
  malformed('depth inside a list', new Uint8Array([0x83, 0x18, 0x20, 0x00, ...nested(60_000)])),
  malformed('an array that claims 2^64 - 1 values', hexToBytes('9bffffffffffffffff'), 0),
  malformed('a list that claims 2^32 ids', hexToBytes('831820009b0000000100000000'), 4),
  malformed('bytes that claim 2^63', hexToBytes('83181e005b8000000000000000'), 4),
  malformed('an array of indefinite length', hexToBytes('9f1848ff'), 0),
  malformed('a number in a longer form', hexToBytes('821a0000004800'), 1),
  malformed('a session in a longer form', hexToBytes('83031800f4'), 2),
  malformed('bytes behind the message', hexToBytes('81184800'), 3),
  malformed('a value too many', [72n, 0n], 0),
  malformed('a value too few', [36n, 0n], 0),
  malformed('a session of 2^32', [36n, 2n ** 32n, 0n], 3),
  malformed('a session below zero', [36n, -1n, 0n], 3),
  malformed('a session as a float', [36n, 1.5, 0n], 3),
  malformed('more credit than 32 bits', [36n, 0n, 2n ** 64n - 1n], 4),
  malformed('a count above 2^53', [40n, 0n, [], zeros(16), 2n ** 53n, zeros(8), 0n, null, 0n]),
  malformed('a reserved log id', [35n, 0n, zeros(32), 2n ** 64n - 2n, [1n]]),
  malformed('the last log id', [35n, 0n, zeros(32), 2n ** 64n - 1n, [1n]]),
  malformed('a reserved log id among heads', [31n, 0n, [[zeros(32), [[2n ** 64n - 2n, 1n]]]]]),
  malformed('sequence number 0', [35n, 0n, zeros(32), 0n, [0n]]),
  malformed('an empty list where one is needed', [35n, 0n, zeros(32), 0n, []]),
  malformed('a range that ends before it begins', [37n, 0n, zeros(32), 0n, [[2n, 1n]]]),
  malformed('a last element that is false', [32n, 0n, [], false]),
  malformed('a last element of another kind', [32n, 0n, [], 1n]),
  malformed('a key of 31 bytes', [62n, zeros(31)]),
  malformed('a hash that is not BLAKE3', [65n, Uint8Array.of(0, 0x21, ...zeros(33))]),
  malformed('a fork of one entry', [38n, 0n, [[zeros(1)]]]),
  malformed('an entry of 227 bytes', [2n, 0n, zeros(227), null]),
  malformed('an operation of 768 KiB and a byte', [2n, 0n, zeros(1), zeros(768 * 1024 + 1)]),
  malformed('signatures that are no multiple of 64', [34n, 0n, zeros(32), 0n, zeros(1), zeros(65)]),
  malformed('encoding 2', [10n, 0n, 2n, zeros(1)]),
  malformed('a part that is neither 0 nor 1', [1n, 0n, 0n, zeros(16), 2n, 0n]),
  malformed('a scope of no schemas', [1n, 0n, 0n, [], 1n, 0n]),
  malformed('a scope of a schema that is none', [1n, 0n, 0n, ['x'], 1n, 0n]),
  malformed('seven tokens', [61n, Array.from({ length: 7 }, () => zeros(16))]),
  malformed('nine tokens', [61n, Array.from({ length: 9 }, () => zeros(16))]),
  malformed('two thousand tokens', [61n, Array.from({ length: 2048 }, () => zeros(16))]),
  malformed('features twice', [60n, 1n, zeros(32), zeros(64), '', ['a', 'a']]),
  malformed('an agent of 65 bytes', [60n, 1n, zeros(32), zeros(64), 'ü'.repeat(33), []]),
  malformed('a kid of 17 bytes', [70n, 0n, zeros(17), zeros(24), zeros(16)]),
  malformed('a refusal of no ids', [41n, 0n, 0n, []]),
  malformed('a host token that is a text', [65n, hash, 'token']),
  unknown('number 4', hexToBytes('820400')),
  unknown('a number below zero', hexToBytes('8120')),
  unknown('number 2^64 - 1', hexToBytes('811bffffffffffffffff')),
  {
    what: 'a Presence over 1 KiB',
    bytes: encodeCbor([70n, 0n, zeros(0), zeros(24), zeros(1024)]),
    code: 'message/too-large',
  },
  {
    what: 'a Signal over 4 KiB',
    bytes: encodeCbor([71n, zeros(32), zeros(32), zeros(0), zeros(24), zeros(4096)]),
    code: 'message/too-large',
  },
]
