import type { PublicKey, Signature } from '../core/ids.ts'
import type { NetworkId } from '../core/transport-key/network-id.ts'
import type { TransportAnswer, TransportQuestion } from '../core/transport-key/question.ts'
import type { BoxReader, BoxWriter } from './box-stream.ts'
import type { HandshakeFailure } from './failure.ts'

/** What a handshake is told. */
export type HandshakeInput =
  /** From the peer, split as they may be. Not kept: the chunk may be used again. */
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  /** The peer sends no more. */
  | { readonly type: 'end' }
  /** What the transport key said to the question asked last. */
  | { readonly type: 'answer'; readonly answer: TransportAnswer }
  /** Whether the key of the last `authorize` may connect. */
  | { readonly type: 'verdict'; readonly isAllowed: boolean }
  | { readonly type: 'tick'; readonly nowMs: number }

/** What is to be done for a handshake, in order. */
export type HandshakeEffect =
  | { readonly do: 'send'; readonly bytes: Uint8Array }
  /** Put the question to the transport key, and say `answer`. */
  | { readonly do: 'ask'; readonly question: TransportQuestion }
  /** Decide whether this key, which it has proved, may connect, and say `verdict`. Until then it was told nothing. */
  | { readonly do: 'authorize'; readonly publicKey: PublicKey }
  /** It is over: both sides have proved their keys. */
  | { readonly do: 'finish'; readonly secured: Secured }
  /** It is over: close the connection and send nothing more. */
  | { readonly do: 'fail'; readonly failure: HandshakeFailure }

/** What a handshake leads to. */
export interface Secured {
  readonly remoteKey: PublicKey
  /** BLAKE3 over the four messages as they were sent, 32 bytes: names this very connection (sync.md §2). */
  readonly handshakeHash: Uint8Array
  readonly writer: BoxWriter
  readonly reader: BoxReader
  /** What came behind the handshake already: the first bytes to `read`. */
  readonly early: Uint8Array
}

/** What both sides know from the start. */
interface Common {
  readonly networkId: NetworkId
  readonly publicKey: PublicKey
  readonly deadlineMs: number
  /** Bytes of the peer that were not used yet. */
  readonly received: Uint8Array
  /** Overwritten with zeros when the handshake is over. */
  readonly secrets: { readonly ephemeral: Uint8Array }
}

/** The secrets once the ephemerals have agreed. */
interface Agreed {
  readonly secrets: { readonly ephemeral: Uint8Array; readonly s1: Uint8Array }
}

/** The dialling side: waits for message 2, for its own key, for message 4. */
export type ClientState = Common & {
  readonly role: 'client'
  readonly server: PublicKey
  readonly msg1: Uint8Array
} & (
    | { readonly phase: 'msg2'; readonly serverX25519: Uint8Array }
    | {
        readonly phase: 'dial'
        readonly msg2: Uint8Array
        readonly secrets: Agreed['secrets'] & { readonly s2: Uint8Array }
      }
    | {
        readonly phase: 'msg4'
        readonly msg2: Uint8Array
        readonly msg3: Uint8Array
        readonly signature: Signature
        readonly secrets: Agreed['secrets'] & { readonly s2: Uint8Array; readonly k4: Uint8Array }
      }
  )

/** A client that proved its key. */
interface Proved {
  readonly msg3: Uint8Array
  readonly client: PublicKey
  readonly clientSignature: Signature
  readonly secrets: Agreed['secrets'] & { readonly s3: Uint8Array }
}

/** The answering side: waits for message 1, for message 3, for its own key, for a decision, for its own key again. */
export type ServerState = Common & { readonly role: 'server' } & (
    | { readonly phase: 'msg1' }
    | ({ readonly msg1: Uint8Array; readonly msg2: Uint8Array } & Agreed &
        (
          | { readonly phase: 'msg3' }
          | { readonly phase: 'open'; readonly msg3: Uint8Array }
          | ({ readonly phase: 'verdict' } & Proved)
          | ({ readonly phase: 'accept' } & Proved)
        ))
  )

/** Where a handshake stands. Plain data, used once: go on with the one that came back. Its secrets are gone when it is over. */
export type Handshake = ClientState | ServerState | { readonly phase: 'over' }

/** One step: the state to go on with, and what is to be done. */
export type Step = readonly [Handshake, readonly HandshakeEffect[]]
