import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '../core/bytes/concat.ts'
import { hexToBytes } from '../core/bytes/hex.ts'
import { blake3 } from '../core/hash/blake3.ts'
import type { PublicKey } from '../core/ids.ts'
import { type BoxKeys, startReading, startWriting } from './box-stream.ts'
import type { HandshakeFailure } from './failure.ts'
import { nonceOf } from './hello.ts'
import type { ClientState, HandshakeEffect, ServerState, Step } from './state.ts'

type Running = ClientState | ServerState

const wipe = (...secrets: readonly Uint8Array[]): void => {
  for (const secret of secrets) secret.fill(0)
}

/** The end of a handshake that failed. */
export function failWith(state: Running, failure: HandshakeFailure): Step {
  wipe(...Object.values(state.secrets))
  return [{ phase: 'over' }, [{ do: 'fail', failure }]]
}

/** What both sides hold when message 4 is through. Hellos are messages 1 and 2, told apart by who sent them. */
export interface Agreement {
  readonly remoteKey: PublicKey
  readonly k4: Uint8Array
  readonly messages: readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
}

/** The end of a handshake that came through: to encrypt, the receiver's key and the receiver's hello (secret-handshake.md §2). */
export function finish(
  state: Running,
  { remoteKey, k4, messages }: Agreement,
  before: readonly HandshakeEffect[] = [],
): Step {
  const [msg1, msg2] = messages
  const [ownHello, remoteHello] = state.role === 'client' ? [msg1, msg2] : [msg2, msg1]
  const shared = sha256(k4)
  const keysTo = (receiver: PublicKey, hello: Uint8Array): BoxKeys => ({
    key: sha256(concatBytes(shared, hexToBytes(receiver))),
    nonce: nonceOf(hello),
  })
  const secured = {
    remoteKey,
    handshakeHash: blake3(concatBytes(...messages)),
    writer: startWriting(keysTo(remoteKey, remoteHello)),
    reader: startReading(keysTo(state.publicKey, ownHello)),
    early: state.received,
  }
  wipe(shared, k4, ...Object.values(state.secrets))
  return [{ phase: 'over' }, [...before, { do: 'finish', secured }]]
}
