import { memoryTransportKey } from '../../src/adapters/memory/memory-transport-key.ts'
import { bytesToHex } from '../../src/core/bytes/hex.ts'
import type { PublicKey } from '../../src/core/ids.ts'
import type { NetworkId } from '../../src/core/transport-key/network-id.ts'
import type { HandshakeFailure } from '../../src/handshake/failure.ts'
import { startClient, startServer, step } from '../../src/handshake/handshake.ts'
import type { Handshake, HandshakeEffect, HandshakeInput, Secured } from '../../src/handshake/state.ts'
import type { TransportKey } from '../../src/ports/transport-key.ts'

const { signal } = new AbortController()

export const networkId = '11'.repeat(32) as NetworkId

/** One end of a handshake in a test: it is fed bytes by hand, asks its own key in memory, and keeps what came of it. */
export interface Party {
  readonly publicKey: PublicKey
  /** Everything it wanted to send, in order. */
  readonly sent: Uint8Array[]
  readonly outcome: () => Secured | HandshakeFailure | undefined
  readonly phase: () => Handshake['phase']
  readonly feed: (input: HandshakeInput) => Promise<void>
}

interface Setup {
  readonly role: 'client' | 'server'
  /** Its key: a seed, or whoever holds one. */
  readonly seed?: Uint8Array
  readonly key?: TransportKey
  readonly ephemeral: Uint8Array
  readonly network?: NetworkId
  /** For a client. */
  readonly server?: PublicKey
  readonly deadlineMs?: number
  readonly isAllowed?: (publicKey: PublicKey) => boolean
}

export async function aParty(setup: Setup): Promise<Party> {
  const { role, network = networkId, server, deadlineMs = 10_000, isAllowed = () => true } = setup
  const key = setup.key ?? memoryTransportKey(setup.seed!, network)
  const publicKey = await key.publicKey()
  // A copy: the handshake wipes it.
  const start = { networkId: network, publicKey, ephemeral: setup.ephemeral.slice(), deadlineMs }
  const sent: Uint8Array[] = []
  let outcome: Secured | HandshakeFailure | undefined
  let [state, effects] = role === 'client' ? startClient(start, server!) : startServer(start)

  const perform = async (effect: HandshakeEffect): Promise<HandshakeInput | undefined> => {
    switch (effect.do) {
      case 'send':
        sent.push(effect.bytes)
        return undefined
      case 'ask':
        return { type: 'answer', answer: await key.answer(effect.question, signal) }
      case 'authorize':
        return { type: 'verdict', isAllowed: isAllowed(effect.publicKey) }
      case 'finish':
        outcome = effect.secured
        return undefined
      case 'fail':
        outcome = effect.failure
        return undefined
    }
  }
  const performAll = async (): Promise<void> => {
    for (const effect of effects) {
      const input = await perform(effect)
      if (!input) continue
      // Whoever asks does nothing else in the same step, so nothing gets lost here.
      ;[state, effects] = step(state, input)
      await performAll()
    }
  }
  await performAll()
  return {
    publicKey,
    sent,
    outcome: () => outcome,
    phase: () => state.phase,
    feed: async (input) => {
      ;[state, effects] = step(state, input)
      await performAll()
    },
  }
}

export const isSecured = (outcome: Secured | HandshakeFailure | undefined): outcome is Secured =>
  outcome !== undefined && 'writer' in outcome

/** What a party came out with; fails the test where that is a failure. */
export function securedOf(party: Party): Secured {
  const outcome = party.outcome()
  if (!isSecured(outcome)) throw new Error(`The handshake ended with ${JSON.stringify(outcome)}`)
  return outcome
}

/** Lets two parties talk until neither has anything to say, in chunks as `split` makes them. */
export async function converse(
  client: Party,
  server: Party,
  split: (bytes: Uint8Array) => Iterable<Uint8Array> = (bytes) => [bytes],
): Promise<void> {
  const given = new Map<Party, number>([
    [client, 0],
    [server, 0],
  ])
  const deliver = async (from: Party, to: Party): Promise<boolean> => {
    const at = given.get(from) ?? 0
    const message = from.sent[at]
    if (!message) return false
    given.set(from, at + 1)
    for (const bytes of split(message)) await to.feed({ type: 'bytes', bytes })
    return true
  }
  for (let isMoving = true; isMoving;) {
    const fromClient = await deliver(client, server)
    isMoving = (await deliver(server, client)) || fromClient
  }
}

/** Byte by byte. */
export const bytewise = (bytes: Uint8Array): readonly Uint8Array[] => [...bytes].map((byte) => Uint8Array.of(byte))

export const hexOf = (parts: readonly Uint8Array[]): readonly string[] => parts.map((part) => bytesToHex(part))
