import { assert } from '../core/assert.ts'
import { concatBytes } from '../core/bytes/concat.ts'
import type { PublicKey } from '../core/ids.ts'
import { maxEarlyBytes } from '../core/limits.ts'
import type { NetworkId } from '../core/transport-key/network-id.ts'
import type { TransportAnswer } from '../core/transport-key/question.ts'
import { toX25519PublicKey } from '../core/transport-key/x25519.ts'
import { onProof, onServerHello, onServerProof } from './client.ts'
import type { HandshakeStage } from './failure.ts'
import { helloBytes, makeHello } from './hello.ts'
import { failWith } from './over.ts'
import { onAccepted, onClientHello, onClientProof, onOpened, onVerdict } from './server.ts'
import type { Handshake, HandshakeInput, Step } from './state.ts'

/**
 * Secret Handshake (SHS1) in pure steps: bytes, answers and time go in, bytes, questions and the outcome come out (secret-handshake.md).
 *
 *     client                                        server
 *     msg1  mac(a) | a                  ──64──▶
 *                                       ◀──64──     msg2  mac(b) | b
 *     msg3  box(k3, sigA | A)           ──112─▶     may A connect?
 *                                       ◀──80──     msg4  box(k4, sigB)
 *
 * The client must know the server's key before; the server learns the client's in message 3. What the long-term key does is asked of
 * whoever holds it. Nothing a peer sends makes a step throw.
 */

/** What a handshake begins with. */
export interface HandshakeStart {
  readonly networkId: NetworkId
  /** Our transport key. */
  readonly publicKey: PublicKey
  /** 32 random bytes, used once. Taken over: overwritten with zeros when the handshake is over. */
  readonly ephemeral: Uint8Array
  /** When it must be over, whatever came by then: one deadline, which drip-feeding does not move. Milliseconds as in `tick`. */
  readonly deadlineMs: number
}

const nothing = new Uint8Array()

/** Dials `server`: gives message 1 to send, or fails where that key is our own or not one of the prime-order subgroup. */
export function startClient(start: HandshakeStart, server: PublicKey): Step {
  const { networkId, publicKey, ephemeral, deadlineMs } = start
  assert(ephemeral.length === 32, 'an ephemeral secret has 32 bytes')
  const serverX25519 = server === publicKey ? undefined : toX25519PublicKey(server)
  if (!serverX25519) {
    ephemeral.fill(0)
    return [{ phase: 'over' }, [{ do: 'fail', failure: { code: 'handshake/key-unusable', publicKey: server } }]]
  }
  const msg1 = makeHello(networkId, ephemeral)
  const common = { networkId, publicKey, deadlineMs, received: nothing, secrets: { ephemeral } }
  return [{ ...common, role: 'client', phase: 'msg2', server, serverX25519, msg1 }, [{ do: 'send', bytes: msg1 }]]
}

/** Waits for somebody who dials us. */
export function startServer({ networkId, publicKey, ephemeral, deadlineMs }: HandshakeStart): Step {
  assert(ephemeral.length === 32, 'an ephemeral secret has 32 bytes')
  const secrets = { ephemeral }
  return [{ role: 'server', phase: 'msg1', networkId, publicKey, deadlineMs, received: nothing, secrets }, []]
}

type Running = Exclude<Handshake, { phase: 'over' }>

/** Bytes of the message that a state waits for; 0 where it waits for something else. */
const due = {
  msg1: helloBytes,
  msg2: helloBytes,
  msg3: 112,
  msg4: 80,
  dial: 0,
  open: 0,
  verdict: 0,
  accept: 0,
} as const

/** The stage that a failure names. */
const stageOf = ({ phase }: Running): HandshakeStage => {
  switch (phase) {
    case 'dial':
      return 'msg2'
    case 'open':
      return 'msg3'
    case 'verdict':
    case 'accept':
      return 'authorize'
    default:
      return phase
  }
}

/** A message that is complete. */
function onMessage(state: Running, message: Uint8Array): Step {
  switch (state.phase) {
    case 'msg1':
      return onClientHello(state, message)
    case 'msg2':
      return onServerHello(state, message)
    case 'msg3':
      return onClientProof(state, message)
    case 'msg4':
      return onServerProof(state, message)
    default:
      return [state, []]
  }
}

/** Uses what was received, as far as it goes. */
function advance([state, effects]: Step): Step {
  if (state.phase === 'over') return [state, effects]
  const { received } = state
  const length = due[state.phase]
  if (length === 0 || received.length < length) return [state, effects]
  // Copied: a message is kept for the hash, and must not keep a large chunk alive.
  const [next, more] = onMessage({ ...state, received: received.slice(length) }, received.slice(0, length))
  return advance([next, [...effects, ...more]])
}

function onBytes(state: Running, bytes: Uint8Array): Step {
  const limit = due[state.phase] + maxEarlyBytes
  if (state.received.length + bytes.length > limit)
    return failWith(state, { code: 'handshake/flooded', stage: stageOf(state), limit })
  return advance([{ ...state, received: concatBytes(state.received, bytes) }, []])
}

function onAnswer(state: Running, answer: TransportAnswer): Step {
  switch (state.phase) {
    case 'dial':
      return advance(onProof(state, answer))
    case 'open':
      return onOpened(state, answer)
    case 'accept':
      return onAccepted(state, answer)
    default:
      assert(false, `the transport key was asked something at ${state.phase}`)
  }
}

/** One step. What comes after the end changes nothing. */
export function step(state: Handshake, input: HandshakeInput): Step {
  if (state.phase === 'over') return [state, []]
  switch (input.type) {
    case 'bytes':
      return onBytes(state, input.bytes)
    case 'end':
      return failWith(state, { code: 'handshake/cut-off', stage: stageOf(state) })
    case 'answer':
      return onAnswer(state, input.answer)
    case 'verdict':
      assert(state.phase === 'verdict', 'somebody asked for a verdict')
      return onVerdict(state, input.isAllowed)
    case 'tick':
      if (input.nowMs < state.deadlineMs) return [state, []]
      return failWith(state, { code: 'handshake/timeout', stage: stageOf(state) })
  }
}
