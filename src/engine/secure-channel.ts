import { assert } from '../core/assert.ts'
import type { PublicKey } from '../core/ids.ts'
import { type Result, ok } from '../core/result.ts'
import {
  type BoxReader,
  type BoxWriter,
  type Written,
  endReading,
  endWriting,
  flush,
  read,
  write,
} from '../handshake/box-stream.ts'
import type { HandshakeFailure } from '../handshake/failure.ts'
import type { Secured } from '../handshake/state.ts'
import type { Channel } from '../ports/transport.ts'
import { type HandshakePorts, type HandshakeRole, type HandshakeTerms, shakeHands } from './shake-hands.ts'

/** A channel whose other end has proved its key, and which nobody else can read or change. */
export interface SecureChannel {
  readonly remoteKey: PublicKey
  /** Names this very connection, at both ends alike (sync.md §2). */
  readonly handshakeHash: Uint8Array
  /** What the peer wrote, cut anyhow. Ends at its goodbye; rejects with a `ChannelFailure`, and closes the channel, where it ends in any other way. To be read once. */
  readonly received: AsyncIterable<Uint8Array>
  /** Takes bytes in; they leave once they fill a packet, or with `flush`. Resolves when the channel has room for more. */
  readonly write: (bytes: Uint8Array) => Promise<void>
  /** Sends what waits: there is no more to say just now. */
  readonly flush: () => Promise<void>
  /** Sends what waits, and says goodbye. To write or flush after it is a bug; the peer may go on. */
  readonly end: () => Promise<void>
  /** Ends both directions at once, without goodbye. */
  readonly close: () => void
}

/** The rest of what a channel receives, opened. */
async function* openBodies(secured: Secured, chunks: AsyncIterator<Uint8Array>, close: () => void) {
  let reader: BoxReader = secured.reader
  let bytes: Uint8Array | undefined = secured.early
  for (;;) {
    const [next, bodies] = bytes ? read(reader, bytes) : [endReading(reader), []]
    reader = next
    yield* bodies
    if (reader.kind === 'ended') return
    if (reader.kind === 'failed') {
      close()
      // Ports and channels reject with plain failures; they survive being posted.
      throw reader.failure as unknown as Error
    }
    const chunk = await chunks.next().catch(() => ({ done: true, value: undefined }) as const)
    bytes = chunk.done ? undefined : chunk.value
  }
}

/** Secures a channel: Secret Handshake, then box stream. What can go wrong until then, and what rejects, is as with `shakeHands`. */
export async function openSecureChannel(
  ports: HandshakePorts,
  channel: Channel,
  who: HandshakeRole,
  terms: HandshakeTerms,
  signal: AbortSignal,
): Promise<Result<SecureChannel, HandshakeFailure>> {
  const chunks = channel.received[Symbol.asyncIterator]()
  const shaken = await shakeHands(ports, channel, chunks, who, terms, signal)
  if (!shaken.ok) return shaken
  const secured = shaken.value
  let writer: BoxWriter | undefined = secured.writer

  // The writer moves on before anything is awaited, so packets leave in the order of their nonces, and no nonce is used twice.
  const advance = async (step: (writer: BoxWriter) => Written): Promise<void> => {
    assert(writer, 'nothing is written behind the goodbye')
    const [next, packets] = step(writer)
    writer = next
    if (packets.length > 0) await channel.send(packets)
  }
  return ok({
    remoteKey: secured.remoteKey,
    handshakeHash: secured.handshakeHash,
    received: openBodies(secured, chunks, channel.close),
    write: (bytes) => advance((now) => write(now, bytes)),
    flush: () => advance(flush),
    end: async () => {
      if (!writer) return
      const last = endWriting(writer)
      writer = undefined
      await channel.send(last)
    },
    close: channel.close,
  })
}
