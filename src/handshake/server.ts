import { assert } from '../core/assert.ts'
import { bytesToHex } from '../core/bytes/hex.ts'
import { verifySignature } from '../core/entry/signature.ts'
import type { PublicKey, Signature } from '../core/ids.ts'
import { type TransportAnswer, clientClaim } from '../core/transport-key/question.ts'
import { toX25519PublicKey, x25519 } from '../core/transport-key/x25519.ts'
import { nonceBytes, openBox, sealBox } from './box.ts'
import { agree, ephemeralOf, makeHello } from './hello.ts'
import { failWith, finish } from './over.ts'
import type { ServerState, Step } from './state.ts'

type At<Phase extends ServerState['phase']> = Extract<ServerState, { phase: Phase }>

const signatureBytes = 64
/** The nonce of messages 3 and 4: their keys seal nothing else. */
const zeroNonce = new Uint8Array(nonceBytes)

/** Message 1: the client's hello. Agrees, and sends our own; before that, a stranger has cost one HMAC. */
export function onClientHello(state: At<'msg1'>, msg1: Uint8Array): Step {
  const { networkId, secrets } = state
  const agreed = agree('msg1', networkId, secrets.ephemeral, msg1)
  if (!agreed.ok) return failWith(state, agreed.error)
  const msg2 = makeHello(networkId, secrets.ephemeral)
  const next = { ...state, phase: 'msg3', msg1, msg2, secrets: { ...secrets, s1: agreed.value } } as const
  return [next, [{ do: 'send', bytes: msg2 }]]
}

/** Message 3: asks the transport key for what opens it. */
export function onClientProof(state: At<'msg3'>, msg3: Uint8Array): Step {
  const { networkId, msg1, secrets } = state
  const question = { ask: 'open', networkId, ephemeral: ephemeralOf(msg1), s1: secrets.s1 } as const
  return [{ ...state, phase: 'open', msg3 }, [{ do: 'ask', question }]]
}

/** Message 3 can be opened: `sigA | A`. If it proves A, asks whether A may connect. */
export function onOpened(state: At<'open'>, { key }: TransportAnswer): Step {
  const { networkId, publicKey, secrets } = state
  const proof = openBox(key, zeroNonce, state.msg3)
  key.fill(0)
  const refuse = (): Step => failWith(state, { code: 'handshake/proof-invalid', stage: 'msg3' })
  if (!proof) return refuse()
  const clientSignature = proof.subarray(0, signatureBytes) as Signature
  const client = bytesToHex(proof, signatureBytes) as PublicKey
  const clientX25519 = client === publicKey ? undefined : toX25519PublicKey(client)
  if (!clientX25519 || !verifySignature(client, clientClaim(networkId, publicKey, secrets.s1), clientSignature))
    return refuse()
  const s3 = x25519(secrets.ephemeral, clientX25519)
  assert(s3, 'a key of the prime-order subgroup agrees with every secret')
  const next = { ...state, phase: 'verdict', client, clientSignature, secrets: { ...secrets, s3 } } as const
  return [next, [{ do: 'authorize', publicKey: client }]]
}

/** It was decided whether A may connect: if so, asks the transport key to prove itself too. Else A learns nothing, not even that it reached us. */
export function onVerdict(state: At<'verdict'>, isAllowed: boolean): Step {
  const { networkId, client, clientSignature, msg1, secrets } = state
  if (!isAllowed) return failWith(state, { code: 'handshake/peer-refused', publicKey: client })
  const { s1, s3 } = secrets
  const question = { ask: 'accept', networkId, client, clientSignature, ephemeral: ephemeralOf(msg1), s1, s3 } as const
  return [{ ...state, phase: 'accept' }, [{ do: 'ask', question }]]
}

/** The transport key has answered: sends message 4, `box(k4, sigB)`, and is done. */
export function onAccepted(state: At<'accept'>, { key, signature }: TransportAnswer): Step {
  assert(signature, 'the transport key signs when it accepts')
  const { client, msg1, msg2, msg3 } = state
  const msg4 = sealBox(key, zeroNonce, signature)
  return finish(state, { remoteKey: client, k4: key, messages: [msg1, msg2, msg3, msg4] }, [
    { do: 'send', bytes: msg4 },
  ])
}
