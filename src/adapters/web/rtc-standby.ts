import type { ConnectionBlob } from '../../core/meeting/blob.ts'
import { setupOf } from '../../core/meeting/sdp.ts'
import type { Clock } from '../../ports/index.ts'
import type { RtcConnection } from './rtc-connection.ts'

/**
 * Connections made ready while a link is up. A link that was lost for 16 seconds never comes back by itself; one of these does it in
 * their place, without anybody to carry a message, as long as both pages live and their addresses stay (webrtc.md §4).
 */
export interface Standby {
  /** For the peer, over the link that is up. */
  readonly blobs: readonly ConnectionBlob[]
  /** The peer's, in the order it gave them. */
  readonly pair: (theirs: readonly ConnectionBlob[]) => void
  /** The link failed: the first of the connections that opens, or `undefined` when all were tried. Rejects when aborted. */
  readonly recover: (signal: AbortSignal) => Promise<RtcConnection | undefined>
  /** Closes all but the one that took over. */
  readonly close: (kept?: RtcConnection) => void
}

/** A connection tries for 15 s; the side that dials takes the next before that, so that some try is always under way. */
const tryEveryMs = 12_000
/** How often the other side looks whether one of its connections is sought. */
const lookEveryMs = 250

const isOpen = (connection: RtcConnection): boolean => connection.state() === 'open'

/** @param connections made and gathered, none of them connected */
export function createStandby(connections: readonly RtcConnection[], clock: Clock): Standby {
  let theirs: readonly ConnectionBlob[] = []
  const blobs = connections.map((connection) => connection.blob())
  const pairs = (): readonly (readonly [RtcConnection, ConnectionBlob])[] =>
    theirs.slice(0, connections.length).map((blob, at) => [connections[at] as RtcConnection, blob])

  /** The dialling side: one after the other. */
  async function dial(signal: AbortSignal): Promise<RtcConnection | undefined> {
    for (const [connection, blob] of pairs()) {
      await connection.connect(blob)
      const opened = await firstOpen(tryEveryMs, signal)
      if (opened) return opened
    }
    return undefined
  }

  /** The answering side: whichever is sought. */
  async function answer(signal: AbortSignal): Promise<RtcConnection | undefined> {
    const until = clock.now() + (connections.length + 1) * tryEveryMs
    while (clock.now() < until) {
      for (const [connection, blob] of pairs())
        if (connection.state() === 'waiting' && (await connection.isSought())) await connection.connect(blob)
      const opened = await firstOpen(lookEveryMs, signal)
      if (opened) return opened
    }
    return undefined
  }

  async function firstOpen(withinMs: number, signal: AbortSignal): Promise<RtcConnection | undefined> {
    for (const until = clock.now() + withinMs; clock.now() < until; await clock.sleep(lookEveryMs, signal)) {
      const opened = connections.find(isOpen)
      if (opened) return opened
    }
    return connections.find(isOpen)
  }

  return {
    blobs,
    pair: (blobsOfPeer) => {
      theirs = blobsOfPeer
    },
    recover: async (signal) => {
      const [own] = blobs
      const [other] = theirs
      if (!own || !other) return undefined
      return setupOf(own, other) === 'active' ? dial(signal) : answer(signal)
    },
    close: (kept) => {
      for (const connection of connections) if (connection !== kept) connection.close()
    },
  }
}
