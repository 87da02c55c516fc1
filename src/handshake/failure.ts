import type { PublicKey } from '../core/ids.ts'

/** Where a handshake stood when it failed: before any byte, at one of its four messages, or while the answering side decided (secret-handshake.md §4). */
export type HandshakeStage = 'config' | 'msg1' | 'msg2' | 'msg3' | 'authorize' | 'msg4'

/** Why a handshake came to nothing. For our own eyes: the peer is told nothing but the end of the connection. */
export type HandshakeFailure =
  /** The key to dial is one's own, or no key that could keep a secret. */
  | { readonly code: 'handshake/key-unusable'; readonly publicKey: PublicKey }
  /** The peer does not know our network identifier, or somebody changed its hello. */
  | { readonly code: 'handshake/wrong-network'; readonly stage: HandshakeStage }
  /** The hello's ephemeral key is not canonical, of small order, or our own. */
  | { readonly code: 'handshake/ephemeral-unusable'; readonly stage: HandshakeStage }
  /** The box does not open, or what is in it does not prove the key: another key was dialled, or somebody is in between. */
  | { readonly code: 'handshake/proof-invalid'; readonly stage: HandshakeStage }
  /** We do not talk to this key. */
  | { readonly code: 'handshake/peer-refused'; readonly publicKey: PublicKey }
  /** The connection ended first; at message 4 this may also mean that the peer does not talk to us. */
  | { readonly code: 'handshake/cut-off'; readonly stage: HandshakeStage }
  /** Many more bytes than the message that was due. */
  | { readonly code: 'handshake/flooded'; readonly stage: HandshakeStage; readonly limit: number }
  | { readonly code: 'handshake/timeout'; readonly stage: HandshakeStage }

/** Why an encrypted stream ended other than by goodbye. */
export type ChannelFailure =
  /** Bytes were changed, dropped, repeated or put in another order on the way. */
  | { readonly code: 'channel/tag-invalid'; readonly part: 'header' | 'body' }
  | { readonly code: 'channel/packet-size'; readonly bytes: number; readonly limit: number }
  /** The connection ended without goodbye: something may be missing. */
  | { readonly code: 'channel/cut-off' }
