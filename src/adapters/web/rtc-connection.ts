import type { ConnectionBlob } from '../../core/meeting/blob.ts'
import type { MeetingFailure } from '../../core/meeting/code.ts'
import { blobToSdp, sdpToBlob, type Setup, setupOf } from '../../core/meeting/sdp.ts'
import { type Result, fail, ok } from '../../core/result.ts'

/**
 * How far a connection is: `waiting` for the other's blob, `searching` for a way, `found` one while the other has not taken our blob yet,
 * `open`, `disturbed` (it may come back by itself), `failed` (it hardly will), `closed`.
 */
export type RtcState = 'waiting' | 'searching' | 'found' | 'open' | 'disturbed' | 'failed' | 'closed'

/** One connection to one peer. Both sides do the same: make one, exchange blobs, connect. */
export interface RtcConnection {
  /** What the other side has to know, as of the last gathering. */
  readonly blob: () => ConnectionBlob
  /**
   * Takes the other's blob; answers our part, where `active` is also the side that dials. May be called again after both sides restarted.
   * Fails with `meeting/own-code`, or `meeting/no-webrtc` where the browser takes no blob now: the connection is closed, or has one.
   */
  readonly connect: (other: ConnectionBlob) => Promise<Result<Setup, MeetingFailure>>
  /** Looks for addresses anew (ICE restart): both sides do, exchange the new blobs and connect again. The channel stays. */
  readonly restart: () => Promise<Result<ConnectionBlob, MeetingFailure>>
  /** Whether somebody whose blob is not known yet has knocked at one of our addresses. */
  readonly isSought: () => Promise<boolean>
  /** Says something about the connection itself to the other page, beside the channel; at most `maxWordBytes`. Leaves once the connection is open. */
  readonly tell: (word: Uint8Array) => void
  /** Hears what the other page told, also what it told before. Hostile, as everything from there. */
  readonly onTold: (listener: (word: Uint8Array) => void) => void
  readonly state: () => RtcState
  readonly subscribe: (listener: (state: RtcState) => void) => () => void
  readonly close: () => void
}

export interface RtcOptions {
  readonly certificate: RTCCertificate
  /** Servers that tell a browser its address; empty unless a person chose one (decision 14). */
  readonly iceServers?: readonly RTCIceServer[]
  /** Called at once with the data channel, while it can still be transferred (`handOver`). */
  readonly onDataChannel: (line: RTCDataChannel) => void
}

/** Gathering addresses takes 0.1 s without a server; a server that does not answer is not waited for any longer. */
const gatherMs = 2_000

/** No blob carries these: both sides know them (webrtc.md §2). */
const lineOptions: RTCDataChannelInit = { negotiated: true, id: 0, ordered: true }
const wordOptions: RTCDataChannelInit = { negotiated: true, id: 1, ordered: true }

/** Bytes of one word between pages: a few blobs. */
const maxWordBytes = 4096

const stateOf = (peer: RTCPeerConnection): RtcState => {
  if (peer.connectionState === 'closed' || peer.connectionState === 'failed') return peer.connectionState
  if (peer.connectionState === 'disconnected') return 'disturbed'
  if (peer.connectionState === 'connected') return 'open'
  if (peer.remoteDescription === null) return 'waiting'
  return peer.iceConnectionState === 'connected' || peer.iceConnectionState === 'completed' ? 'found' : 'searching'
}

const gathered = (peer: RTCPeerConnection): Promise<void> =>
  new Promise((resolve) => {
    const isDone = (): boolean => peer.iceGatheringState === 'complete'
    if (isDone()) return resolve()
    peer.addEventListener('icegatheringstatechange', () => isDone() && resolve())
    setTimeout(resolve, gatherMs)
  })

/** Describes our side and gathers addresses. */
async function describe(
  peer: RTCPeerConnection,
  offer: RTCOfferOptions,
): Promise<Result<ConnectionBlob, MeetingFailure>> {
  await peer.setLocalDescription(await peer.createOffer(offer))
  await gathered(peer)
  return sdpToBlob(peer.localDescription?.sdp ?? '')
}

function makePeer({ certificate, iceServers = [] }: RtcOptions): Result<RTCPeerConnection, MeetingFailure> {
  try {
    return ok(new RTCPeerConnection({ certificates: [certificate], iceServers: [...iceServers] }))
  } catch (thrown) {
    return fail({ code: 'meeting/no-webrtc', reason: String(thrown) })
  }
}

/**
 * Makes a connection and gathers our addresses. Browsers tell addresses only to a page that may use camera or microphone, or has a way to
 * the internet: ask for the camera first. Fails with `meeting/no-webrtc` or `meeting/sdp-unusable`.
 */
export async function openRtc(options: RtcOptions): Promise<Result<RtcConnection, MeetingFailure>> {
  const made = makePeer(options)
  if (!made.ok) return made
  const peer = made.value
  options.onDataChannel(peer.createDataChannel('takibi', lineOptions))
  const words = wordsOver(peer.createDataChannel('words', wordOptions))
  const described = await describe(peer, {})
  if (!described.ok) {
    peer.close()
    return described
  }
  return ok({ ...connectionOver(peer, described.value), ...words })
}

/** The last word counts: there is one to say, and a new one replaces it. */
function wordsOver(line: RTCDataChannel): Pick<RtcConnection, 'tell' | 'onTold'> {
  let told: Uint8Array | undefined
  let hear: ((word: Uint8Array) => void) | undefined
  line.binaryType = 'arraybuffer'
  line.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!(data instanceof ArrayBuffer) || data.byteLength > maxWordBytes) return
    told = new Uint8Array(data)
    hear?.(told)
  })
  return {
    tell: (word) => {
      const own = new Uint8Array(word)
      if (line.readyState === 'open') line.send(own)
      else line.addEventListener('open', () => line.send(own), { once: true })
    },
    onTold: (listener) => {
      hear = listener
      if (told) listener(told)
    },
  }
}

function connectionOver(peer: RTCPeerConnection, first: ConnectionBlob): Omit<RtcConnection, 'tell' | 'onTold'> {
  let own = first
  let revision = 1
  const listeners = new Set<(state: RtcState) => void>()
  const tell = (): void => {
    for (const listener of listeners) listener(stateOf(peer))
  }
  const close = (): void => {
    removeEventListener('pagehide', close)
    peer.close()
    // Closing by oneself is no event.
    tell()
  }
  peer.addEventListener('connectionstatechange', tell)
  peer.addEventListener('iceconnectionstatechange', tell)
  // A page that goes without a word leaves its peer waiting for seconds.
  addEventListener('pagehide', close)

  return {
    blob: () => own,
    connect: async (other) => {
      const setup = setupOf(own, other)
      if (!setup) return fail({ code: 'meeting/own-code' })
      const sdp = blobToSdp(other, setup === 'active' ? 'passive' : 'active', revision)
      try {
        await peer.setRemoteDescription({ type: 'answer', sdp })
      } catch (thrown) {
        return fail({ code: 'meeting/no-webrtc', reason: String(thrown) })
      }
      tell()
      return ok(setup)
    },
    restart: async () => {
      const described = await describe(peer, { iceRestart: true })
      if (!described.ok) return described
      own = described.value
      revision++
      return ok(own)
    },
    isSought: async () => {
      const stats = (await peer.getStats()) as unknown as ReadonlyMap<string, { readonly type: string }>
      return [...stats.values()].some(({ type }) => type === 'remote-candidate')
    },
    state: () => stateOf(peer),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close,
  }
}
