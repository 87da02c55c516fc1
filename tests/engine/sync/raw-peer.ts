import { memoryChannelPair } from '../../../src/adapters/memory/memory-channel.ts'
import { memoryTransportKey } from '../../../src/adapters/memory/memory-transport-key.ts'
import { memoryRandom } from '../../../src/adapters/memory/memory-random.ts'
import { publicKeyOf, signBytes } from '../../../src/core/entry/sign.ts'
import { helloClaim } from '../../../src/core/hello-claim.ts'
import type { PublicKey } from '../../../src/core/ids.ts'
import { takibiNetworkId } from '../../../src/core/transport-key/network-id.ts'
import { type SecureChannel, openSecureChannel } from '../../../src/engine/secure-channel.ts'
import type { Attached, Introduction, SyncHost } from '../../../src/engine/sync/api.ts'
import type { Clock } from '../../../src/ports/clock.ts'
import type { TransportKey } from '../../../src/ports/transport-key.ts'
import { encodeFrame, frameReader } from '../../../src/sync/frames.ts'
import { makeHello } from '../../../src/sync/hello.ts'
import { makeInterest, scopeToken } from '../../../src/sync/interest.ts'
import type { Message, MessageOf, MessageType } from '../../../src/sync/messages.ts'
import { valueOf } from '../support.ts'

/** Somebody who dials an engine and says what it likes. */
export interface RawPeer {
  readonly publicKey: PublicKey
  readonly transportKey: TransportKey
  readonly secure: SecureChannel
  /** The engine's side of the connection. */
  readonly attached: Attached
  readonly say: (...messages: readonly Message[]) => Promise<void>
  readonly write: (bytes: Uint8Array) => Promise<void>
  /** The next message of this type; what comes before it is read over. */
  readonly next: <T extends MessageType>(type: T) => Promise<MessageOf<T>>
  /** What it was told and has not asked for. */
  readonly heard: () => readonly Message[]
  readonly hello: () => Promise<void>
  /** Hello, and Interest in this scope. */
  readonly meet: (scope: string) => Promise<void>
  readonly token: (scope: string) => ReturnType<typeof scopeToken>
}

export async function rawPeer(
  { clock }: { readonly clock: Clock },
  device: { readonly engine: SyncHost; readonly transportKey: TransportKey },
  seedByte = 90,
  /** What the engine says of itself. */
  introduction: Introduction = {},
): Promise<RawPeer> {
  const seed = new Uint8Array(32).fill(seedByte)
  const publicKey = publicKeyOf(seed)
  const transportKey = memoryTransportKey(new Uint8Array(32).fill(seedByte + 1))
  const [mine, theirs] = memoryChannelPair({ clock, windowBytes: 16 * 1024 * 1024 })
  const attached = device.engine.attach(theirs, { role: 'server' }, device.transportKey, introduction)
  const random = memoryRandom(seedByte)
  const secure = valueOf(
    await openSecureChannel(
      { transportKey, clock, random },
      mine,
      { role: 'client', server: await device.transportKey.publicKey() },
      { networkId: takibiNetworkId, timeoutMs: 10_000 },
      new AbortController().signal,
    ),
  )
  const heard: Message[] = []
  let wake = (): void => undefined
  const reader = frameReader()
  const reading = async (): Promise<void> => {
    for await (const chunk of secure.received) {
      heard.push(...reader.push(chunk).messages)
      wake()
    }
  }
  reading().catch(() => undefined)
  const write = async (bytes: Uint8Array): Promise<void> => {
    // The engine may have hung up already, which the test then sees.
    await secure.write(bytes).catch(() => undefined)
    await secure.flush().catch(() => undefined)
  }
  const say: RawPeer['say'] = async (...messages) => {
    for (const message of messages) await write(encodeFrame(message))
  }
  const peer: RawPeer = {
    publicKey,
    transportKey,
    secure,
    attached,
    write,
    say,
    heard: () => heard,
    next: async (type) => {
      for (;;) {
        const found = heard.shift()
        if (found?.type === type) return found as MessageOf<typeof type>
        if (!found)
          await new Promise<void>((resolve) => {
            wake = resolve
          })
      }
    },
    hello: async () => {
      const signature = signBytes(helloClaim(0, secure.handshakeHash), seed)
      await say(makeHello(publicKey, signature, 'raw'))
      await peer.next('Hello')
    },
    token: (scope) => scopeToken(scope, secure.handshakeHash, 0),
    meet: async (scope) => {
      await peer.hello()
      await say(makeInterest([peer.token(scope)], random.bytes))
    },
  }
  return peer
}
