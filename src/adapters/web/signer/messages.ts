import type { Side } from '../../../core/hello-claim.ts'
import type { PublicKey, Signature } from '../../../core/ids.ts'
import type { PaperKey } from '../../../ports/paper-key.ts'
import type { TransportAnswer, TransportQuestion } from '../../../core/transport-key/question.ts'

/** All one can ask of the signer. There is no way to hand it bytes of one's own choice, and none to get a private key out. */
export type SignerRequest =
  | { readonly id: number; readonly ask: 'publicKeys' }
  /** The unsigned parts of entries (fields 1 to 8), by one of the signer's own keys. */
  | { readonly id: number; readonly ask: 'signEntries'; readonly unsigned: readonly Uint8Array[] }
  /** The claim of a connection, which the signer puts together itself. */
  | { readonly id: number; readonly ask: 'signHello'; readonly side: Side; readonly handshakeHash: Uint8Array }
  /** The public half of the transport key, which is made when it is asked for first. */
  | { readonly id: number; readonly ask: 'transportKey' }
  /** What the transport key does in one handshake, out of parts that the signer checks and puts together itself. */
  | { readonly id: number; readonly ask: 'answerHandshake'; readonly question: TransportQuestion }
  /** A signal for the device with another transport key, to be sealed; one from there, to be opened. What the two keys share stays in the signer. */
  | { readonly id: number; readonly ask: 'sealSignal'; readonly to: PublicKey; readonly plain: Uint8Array }
  | { readonly id: number; readonly ask: 'unsealSignal'; readonly from: PublicKey; readonly sealed: Uint8Array }
  /** One of the calls of the paper key. Only `words` brings out something secret, and only until they were confirmed. */
  | {
      readonly id: number
      readonly ask: 'paperKey'
      readonly call: keyof PaperKey
      /** What a person typed: the words at some places, or all of them. */
      readonly typed: readonly string[]
    }

/** What the calls of the paper key answer. */
export type PaperAnswers = { readonly [Call in keyof PaperKey]: Awaited<ReturnType<PaperKey[Call]>> }
export type PaperAnswer = PaperAnswers[keyof PaperKey]

/** `refused`: what was handed over is no entry of an own key, no claim of a connection, no question of a handshake and no signal. `unavailable`: there is no key to sign with. */
export type SignerRefusal =
  | { readonly code: 'signer/refused'; readonly reason: string }
  | { readonly code: 'signer/unavailable'; readonly reason: string }
  | { readonly code: 'signer/no-words' }
  | { readonly code: 'signer/paper-damaged'; readonly reason: string }

/** Answers carry the request's id; they may come in any order. */
export type SignerAnswer =
  | { readonly id: number; readonly publicKeys: readonly PublicKey[] }
  | { readonly id: number; readonly signatures: readonly Signature[] }
  | { readonly id: number; readonly answered: TransportAnswer }
  /** `undefined`: the other key did not seal this. */
  | { readonly id: number; readonly signal: Uint8Array | undefined }
  | { readonly id: number; readonly paper: PaperAnswer }
  | { readonly id: number; readonly failure: SignerRefusal }
