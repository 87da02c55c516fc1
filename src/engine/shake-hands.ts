import type { PublicKey } from '../core/ids.ts'
import { type Result, fail, ok } from '../core/result.ts'
import type { NetworkId } from '../core/transport-key/network-id.ts'
import type { HandshakeFailure } from '../handshake/failure.ts'
import { startClient, startServer, step } from '../handshake/handshake.ts'
import type { HandshakeEffect, HandshakeInput, Secured, Step } from '../handshake/state.ts'
import type { Channel, Clock, Random, TransportKey } from '../ports/index.ts'

/** What a handshake needs of the world. */
export interface HandshakePorts {
  readonly transportKey: TransportKey
  readonly clock: Clock
  readonly random: Random
}

/** Who begins: the side that opened the channel dials, and has to know the other's key. */
export type HandshakeRole =
  | { readonly role: 'client'; readonly server: PublicKey }
  /** `mayConnect` decides once a key is proved, and before it learns anything. Where it rejects, the key may not. */
  | { readonly role: 'server'; readonly mayConnect: (publicKey: PublicKey, signal: AbortSignal) => Promise<boolean> }

export interface HandshakeTerms {
  readonly networkId: NetworkId
  /** Milliseconds for all of it, from now: 10,000 for the internet, 5,000 in one network, 20,000 over relays (secret-handshake.md §8). */
  readonly timeoutMs: number
}

/** Chunks of a channel, one after the other, as inputs. A channel that breaks has ended, too. */
const nextInput = (chunks: AsyncIterator<Uint8Array>): Promise<HandshakeInput> =>
  chunks.next().then(
    ({ done, value }): HandshakeInput => (done ? { type: 'end' } : { type: 'bytes', bytes: value }),
    (): HandshakeInput => ({ type: 'end' }),
  )

/**
 * Performs a handshake over a channel. Reads no more than it needs, and nothing while it waits for the transport key or for a decision.
 * Where it fails, the channel is closed and the peer is told nothing. Rejects, and closes the channel, where the transport key rejects or the signal says so.
 *
 * @param chunks what the channel receives; whoever asked goes on reading it, after `early`
 */
export async function shakeHands(
  { transportKey, clock, random }: HandshakePorts,
  channel: Pick<Channel, 'send' | 'close'>,
  chunks: AsyncIterator<Uint8Array>,
  who: HandshakeRole,
  { networkId, timeoutMs }: HandshakeTerms,
  signal: AbortSignal,
): Promise<Result<Secured, HandshakeFailure>> {
  const over = new AbortController()
  const life = AbortSignal.any([signal, over.signal])
  const deadlineMs = clock.now() + timeoutMs
  const late = clock.sleep(timeoutMs, life).then((): HandshakeInput => ({ type: 'tick', nowMs: deadlineMs }))
  // Where nobody races it any more, it ends unheard.
  late.catch(() => undefined)

  const perform = async (effect: HandshakeEffect): Promise<HandshakeInput | undefined> => {
    switch (effect.do) {
      case 'send':
        return channel.send(effect.bytes).then(
          () => undefined,
          () => ({ type: 'end' }),
        )
      case 'ask':
        return { type: 'answer', answer: await transportKey.answer(effect.question, life) }
      case 'authorize':
        return { type: 'verdict', isAllowed: who.role === 'server' && (await isAllowed(who, effect.publicKey, life)) }
      case 'finish':
      case 'fail':
        return undefined
    }
  }

  try {
    const publicKey = await Promise.race([transportKey.publicKey(), late.then(() => undefined)])
    if (publicKey === undefined) {
      channel.close()
      return fail({ code: 'handshake/timeout', stage: 'config' })
    }
    const start = { networkId, publicKey, ephemeral: random.bytes(32), deadlineMs }
    let now: Step = who.role === 'client' ? startClient(start, who.server) : startServer(start)
    for (;;) {
      const [state, effects] = now
      let input: HandshakeInput | undefined
      for (const effect of effects) {
        if (effect.do === 'finish') return ok(effect.secured)
        if (effect.do === 'fail') {
          channel.close()
          return fail(effect.failure)
        }
        // Once something came of it, such as the deadline, what else was to be done is overtaken.
        input ??= await Promise.race([perform(effect), late])
      }
      now = step(state, input ?? (await Promise.race([nextInput(chunks), late])))
    }
  } catch (thrown) {
    channel.close()
    throw thrown
  } finally {
    over.abort()
  }
}

const isAllowed = (
  { mayConnect }: Extract<HandshakeRole, { role: 'server' }>,
  publicKey: PublicKey,
  signal: AbortSignal,
): Promise<boolean> => mayConnect(publicKey, signal).catch(() => false)
