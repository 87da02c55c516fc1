import { sha256 } from '@noble/hashes/sha2.js'
import { assert } from '../core/assert.ts'
import { concatBytes } from '../core/bytes/concat.ts'
import { hexToBytes } from '../core/bytes/hex.ts'
import { verifySignature } from '../core/entry/signature.ts'
import type { Signature } from '../core/ids.ts'
import { type TransportAnswer, serverClaim } from '../core/transport-key/question.ts'
import { x25519 } from '../core/transport-key/x25519.ts'
import { nonceBytes, openBox, sealBox } from './box.ts'
import { agree, ephemeralOf } from './hello.ts'
import { failWith, finish } from './over.ts'
import type { ClientState, Step } from './state.ts'

type At<Phase extends ClientState['phase']> = Extract<ClientState, { phase: Phase }>

/** The nonce of messages 3 and 4: their keys seal nothing else. */
const zeroNonce = new Uint8Array(nonceBytes)

/** Message 2: the server's hello. Agrees, and asks the transport key to prove itself. */
export function onServerHello(state: At<'msg2'>, msg2: Uint8Array): Step {
  const { networkId, server, secrets, msg1 } = state
  const agreed = agree('msg2', networkId, secrets.ephemeral, msg2, msg1)
  if (!agreed.ok) return failWith(state, agreed.error)
  const s1 = agreed.value
  const s2 = x25519(secrets.ephemeral, state.serverX25519)
  assert(s2, 'a key of the prime-order subgroup agrees with every secret')
  const question = { ask: 'dial', networkId, server, ephemeral: ephemeralOf(msg2), s1, s2 } as const
  return [{ ...state, phase: 'dial', msg2, secrets: { ...secrets, s1, s2 } }, [{ do: 'ask', question }]]
}

/** The transport key has answered: sends message 3, `box(k3, sigA | A)`. */
export function onProof(state: At<'dial'>, { key, signature }: TransportAnswer): Step {
  assert(signature, 'the transport key signs when it dials')
  const { secrets, networkId, publicKey } = state
  const k3 = sha256(concatBytes(hexToBytes(networkId), secrets.s1, secrets.s2))
  const msg3 = sealBox(k3, zeroNonce, concatBytes(signature, hexToBytes(publicKey)))
  k3.fill(0)
  return [{ ...state, phase: 'msg4', msg3, signature, secrets: { ...secrets, k4: key } }, [{ do: 'send', bytes: msg3 }]]
}

/** Message 4: the server's proof, `box(k4, sigB)`. */
export function onServerProof(state: At<'msg4'>, msg4: Uint8Array): Step {
  const { secrets, networkId, publicKey, server, signature, msg1, msg2, msg3 } = state
  const proof = openBox(secrets.k4, zeroNonce, msg4) as Signature | undefined
  const claim = serverClaim(networkId, publicKey, signature, secrets.s1)
  if (!proof || !verifySignature(server, claim, proof))
    return failWith(state, { code: 'handshake/proof-invalid', stage: 'msg4' })
  return finish(state, { remoteKey: server, k4: secrets.k4, messages: [msg1, msg2, msg3, msg4] })
}
