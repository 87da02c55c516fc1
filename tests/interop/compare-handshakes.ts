import pull from 'pull-stream'
import { describe, expect, test } from 'vitest'
import { memoryRandom } from '../../src/adapters/memory/memory-random.ts'
import { memoryTransportKey } from '../../src/adapters/memory/memory-transport-key.ts'
import { webClock } from '../../src/adapters/web/web-clock.ts'
import { concatBytes } from '../../src/core/bytes/concat.ts'
import { bytesToHex } from '../../src/core/bytes/hex.ts'
import { publicKeyOf } from '../../src/core/entry/sign.ts'
import type { PublicKey } from '../../src/core/ids.ts'
import type { NetworkId } from '../../src/core/transport-key/network-id.ts'
import { type SecureChannel, openSecureChannel } from '../../src/engine/secure-channel.ts'
import type { HandshakeRole } from '../../src/engine/shake-hands.ts'
import { type Cut, type NpmSecured, anNpmPeer } from './npm-peer.ts'

const { signal } = new AbortController()
const roles = ['client', 'server'] as const
const cuts: readonly Cut[] = ['as sent', 'byte by byte', 'coalesced']

/** A session that follows from a number: who takes part, and what each side says. */
function aSession(number: number) {
  const random = memoryRandom(number)
  const below = (limit: number): number => new DataView(random.bytes(4).buffer).getUint32(0) % limit
  const [ourSeed, theirSeed] = [random.bytes(32), random.bytes(32)]
  const messages = () => Array.from({ length: below(6) }, () => random.bytes(below(below(2) ? 40 : 6_000)))
  return {
    random,
    ourSeed,
    theirSeed,
    ourKey: publicKeyOf(ourSeed),
    theirKey: publicKeyOf(theirSeed),
    networkId: bytesToHex(random.bytes(32)) as NetworkId,
    ours: messages(),
    theirs: messages(),
  }
}
type Session = ReturnType<typeof aSession>

interface Change {
  readonly networkId?: NetworkId
  readonly dialled?: PublicKey
  readonly isAllowed?: boolean
}

/** Both ends of a session, we in `role`; a change is what goes wrong on the dialling side, or what the answering side decides. */
async function meet(session: Session, role: 'client' | 'server', cut: Cut, change: Change = {}) {
  const { networkId, ourKey, theirKey, random } = session
  const { isAllowed = true } = change
  const npmNetwork = (role === 'server' && change.networkId) || networkId
  const ourNetwork = (role === 'client' && change.networkId) || networkId
  const peer = anNpmPeer({
    role: role === 'client' ? 'server' : 'client',
    seed: session.theirSeed,
    networkId: npmNetwork,
    cut,
    server: change.dialled ?? ourKey,
    isAllowed: () => isAllowed,
  })
  const who: HandshakeRole =
    role === 'client' ? { role, server: change.dialled ?? theirKey } : { role, mayConnect: async () => isAllowed }
  const ports = { transportKey: memoryTransportKey(session.ourSeed, ourNetwork), clock: webClock, random }
  const ours = await openSecureChannel(ports, peer.channel, who, { networkId: ourNetwork, timeoutMs: 5_000 }, signal)
  return { ours, theirs: peer.secured }
}

const sayAll = async (channel: SecureChannel, messages: readonly Uint8Array[]): Promise<void> => {
  for (const message of messages) {
    await channel.write(message)
    if (message.length % 2 === 0) await channel.flush()
  }
  await channel.end()
}
const hearAll = async (channel: SecureChannel): Promise<Uint8Array> => {
  const heard: Uint8Array[] = []
  for await (const bytes of channel.received) heard.push(bytes)
  return concatBytes(...heard)
}
const theySayAndHear = (secured: NpmSecured, messages: readonly Uint8Array[]): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const collected = pull.collect((error, values) => (error ? reject(error) : resolve(concatBytes(...values))))
    pull(pull.values(messages.map((message) => Buffer.from(message))), secured.sink)
    pull(secured.source, collected)
  })

/** Random sessions with the npm packages secret-handshake and pull-box-stream at the other end, we in either role, bytes cut in several ways. */
export const compareHandshakes = (sessions: number): void => {
  describe.each(roles)('as %s against secret-handshake and pull-box-stream', (role) => {
    test.each(cuts)('[H1] [H5] random sessions, %s: keys agree, and both hear all that was said', async (cut) => {
      for (let number = 0; number < sessions; number++) {
        const session = aSession(10_000 * cuts.indexOf(cut) + number)
        const { ours, theirs } = await meet(session, role, cut)
        if (!ours.ok) throw new Error(ours.error.code)
        const secured = await theirs
        expect(ours.value.remoteKey).toBe(session.theirKey)
        expect(bytesToHex(secured.remote)).toBe(session.ourKey)
        const [heard, theyHeard] = await Promise.all([
          hearAll(ours.value),
          theySayAndHear(secured, session.theirs),
          sayAll(ours.value, session.ours),
        ])
        expect(bytesToHex(heard)).toBe(bytesToHex(concatBytes(...session.theirs)))
        expect(bytesToHex(theyHeard)).toBe(bytesToHex(concatBytes(...session.ours)))
      }
    })

    test.each(cuts)('[H3] another network, another key and a refusal end at both ends, %s', async (cut) => {
      const dialsWrong: readonly Change[] = [
        { networkId: 'ab'.repeat(32) as NetworkId },
        { dialled: publicKeyOf(new Uint8Array(32).fill(77)) },
        { isAllowed: false },
      ]
      for (const [index, change] of dialsWrong.entries()) {
        const { ours, theirs } = await meet(aSession(5_000 + index), role, cut, change)
        expect(ours.ok).toBe(false)
        await expect(theirs).rejects.toBeInstanceOf(Error)
      }
    })
  })
}
