import { concatBytes } from './bytes/concat.ts'
import { encodeUtf8 } from './bytes/utf8.ts'

/** Which side of a connection: 0 dialled, 1 answered. */
export type Side = 0 | 1

/** Bytes of a handshake's hash. */
const handshakeHashLength = 32

const label = encodeUtf8('takibi/hello/1')

/**
 * What a device signs to say on this very connection that a key is its own: `"takibi/hello/1" ‖ side ‖ handshake hash` (sync.md §2). No entry
 * begins with these bytes, and no other connection has this hash, so the signature serves for nothing else.
 */
export const helloClaim = (side: Side, handshakeHash: Uint8Array): Uint8Array =>
  concatBytes(label, Uint8Array.of(side), handshakeHash)

/** Whether these are the parts of a claim, whoever handed them over. */
export const isHelloClaim = (side: unknown, handshakeHash: unknown): boolean =>
  (side === 0 || side === 1) && handshakeHash instanceof Uint8Array && handshakeHash.length === handshakeHashLength
