import type { Side } from '../core/hello-claim.ts'
import type { PublicKey, Signature } from '../core/ids.ts'

/**
 * The signer, seen from the engine. Private keys never cross this line.
 * Rejects with `signer/gone` (the key is not there any more), `signer/refused` (not an entry of an own key) or `signer/unavailable`.
 */
export interface Keys {
  /** Own keys; the first is the device key. */
  readonly publicKeys: () => Promise<readonly PublicKey[]>
  /**
   * Signs entries, in order. Each is the unsigned part of an entry (fields 1 to 8, wire.md §2.2): the signer parses it, wants tag 0 or 1
   * and one of its own keys in it, and never signs anything else.
   */
  readonly signEntries: (unsigned: readonly Uint8Array[], signal: AbortSignal) => Promise<readonly Signature[]>
  /**
   * The device key's `helloClaim` for a connection: says who is at this end of it, and nothing else.
   * @param handshakeHash 32 bytes
   */
  readonly signHello: (side: Side, handshakeHash: Uint8Array, signal: AbortSignal) => Promise<Signature>
}
