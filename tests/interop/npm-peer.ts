import shs from 'secret-handshake'
import { publicKeyOf } from '../../src/core/entry/sign.ts'
import { concatBytes } from '../../src/core/bytes/concat.ts'
import { hexToBytes } from '../../src/core/bytes/hex.ts'
import type { PublicKey } from '../../src/core/ids.ts'
import type { NetworkId } from '../../src/core/transport-key/network-id.ts'
import type { Channel } from '../../src/ports/transport.ts'

/** How chunks are put together or taken apart on the way. */
export type Cut = 'as sent' | 'byte by byte' | 'coalesced'

/** Bytes on their way in one direction: written any time, read one chunk after the other. */
function aPipe(cut: Cut) {
  let waiting: Uint8Array[] = []
  const state = { hasEnded: false, wake: (): void => undefined }
  const next = async (): Promise<Uint8Array | undefined> => {
    while (waiting.length === 0 && !state.hasEnded)
      await new Promise<void>((resolve) => {
        state.wake = resolve
      })
    // Whoever writes now may write more at once: let it lie for a turn.
    if (cut === 'coalesced') await new Promise((resolve) => setImmediate(resolve))
    if (cut !== 'coalesced' || waiting.length === 0) return waiting.shift()
    const whole = concatBytes(...waiting)
    waiting = []
    return whole
  }
  return {
    next,
    write: (bytes: Uint8Array): void => {
      const copy = Uint8Array.from(bytes)
      waiting.push(...(cut === 'byte by byte' ? [...copy].map((byte) => Uint8Array.of(byte)) : [copy]))
      state.wake()
    },
    end: (): void => {
      state.hasEnded = true
      state.wake()
    },
  }
}
type Pipe = ReturnType<typeof aPipe>

/** A pull-stream source of what comes through a pipe. */
function sourceOf(pipe: Pipe): PullSource {
  const give = async (callback: PullCallback): Promise<void> => {
    const bytes = await pipe.next()
    if (bytes) callback(null, Buffer.from(bytes))
    else callback(true)
  }
  return (abort, callback) => {
    if (abort) callback(abort)
    else void give(callback)
  }
}

/** A pull-stream sink that writes into a pipe. */
const sinkOf =
  (pipe: Pipe): PullSink =>
  (source) => {
    const pull = (): void =>
      source(null, (end, bytes) => {
        if (end || !bytes) return pipe.end()
        pipe.write(bytes)
        setImmediate(pull)
      })
    pull()
  }

const npmKeys = (seed: Uint8Array) => {
  const publicKey = hexToBytes(publicKeyOf(seed))
  return { publicKey: Buffer.from(publicKey), secretKey: Buffer.concat([seed, publicKey]) }
}

export type NpmSecured = NonNullable<Parameters<Parameters<ReturnType<typeof shs.createServer>>[0]>[1]>

interface Setup {
  readonly role: 'client' | 'server'
  readonly seed: Uint8Array
  readonly networkId: NetworkId
  readonly cut: Cut
  /** For a client: whom to dial. */
  readonly server?: PublicKey
  readonly isAllowed?: (publicKey: Uint8Array) => boolean
}

/** The reference at the other end of a channel: what we see of it, and what it got out of the handshake. */
export function anNpmPeer({ role, seed, networkId, cut, server, isAllowed = () => true }: Setup): {
  readonly channel: Channel
  readonly secured: Promise<NpmSecured>
} {
  const network = Buffer.from(hexToBytes(networkId))
  const [toUs, toThem] = [aPipe(cut), aPipe(cut)]
  const secured = new Promise<NpmSecured>((resolve, reject) => {
    const done = (error: Error | null, result?: NpmSecured): void => (result ? resolve(result) : reject(error))
    const stream =
      role === 'client'
        ? shs.createClient(npmKeys(seed), network, 5_000)(Buffer.from(hexToBytes(server ?? '')), done)
        : shs.createServer(npmKeys(seed), (key, answer) => answer(null, isAllowed(key)), network, 5_000)(done)
    sinkOf(toUs)(stream.source)
    stream.sink(sourceOf(toThem))
  })
  const close = (): void => {
    toThem.end()
    toUs.end()
  }
  // As every program over the package does: it leaves the connection open.
  secured.catch(close)
  async function* received() {
    for (let bytes = await toUs.next(); bytes; bytes = await toUs.next()) yield bytes
  }
  return {
    channel: {
      medium: 'memory',
      received: received(),
      send: async (bytes) => toThem.write(bytes),
      closed: new Promise(() => undefined),
      close,
    },
    secured,
  }
}
