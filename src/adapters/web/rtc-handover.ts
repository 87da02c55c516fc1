import type { PublicKey } from '../../core/ids.ts'
import type { Channel } from '../../ports/index.ts'
import { joinChannels, portChannel } from './port-channel.ts'
import { dataChannelChannel } from './rtc-channel.ts'

/**
 * How a data channel gets from the page, which alone may have connections, to the worker that uses it:
 *
 *     page ── Handover { dataChannel, port } ──▶ worker            where the browser transfers data channels
 *     page ── Handover { port } ──▶ worker                         elsewhere: the bytes go through the port
 *
 * Either way the port tells each side that the other has ended the channel.
 */
export interface Handover {
  readonly port: MessagePort
  readonly dataChannel?: RTCDataChannel
}

/** Who was met at the other end of a channel, and which part of the Secret Handshake is ours. */
export interface Met {
  /** `client`: this side dials. */
  readonly role: 'client' | 'server'
  /** The key that the other side has to prove. */
  readonly transportKey: PublicKey
  /** Of an invite that came with the other's code, 16 bytes. */
  readonly inviteSecret: Uint8Array | null
  /** The channel is for the linking that waits on this device, and for nothing else before both proved themselves. */
  readonly purpose?: 'linking'
}

/** Carries a message to the worker: `(message, transfer) => port.postMessage(message, transfer)`. */
export type Post = (message: Handover, transfer: Transferable[]) => void

/** The page's grip on a channel that it handed over. */
export interface HandedOver {
  /** Says whom the channel leads to. Before this the worker leaves it alone. */
  readonly meet: (met: Met) => void
  /** Resolves when the worker ended the channel, or it ended by itself. */
  readonly ended: Promise<void>
  readonly end: () => void
}

/** What the worker got. */
export interface TakenOver {
  readonly channel: Channel
  /** `undefined`: the channel ended before anybody was met. */
  readonly met: Promise<Met | undefined>
}

/**
 * Hands a data channel over; to be called in the task that created it, before anything touched it.
 *
 * @param mayTransfer false: through the port in any case
 */
export function handOver(line: RTCDataChannel, post: Post, mayTransfer = true): HandedOver {
  const { port1, port2 } = new MessageChannel()
  // Only where the data channel is not transferred do bytes go through it.
  const control = portChannel(port1, 'webrtc')
  if (!mayTransfer || !isTransferred(line, port2, post)) {
    post({ port: port2 }, [port2])
    void joinChannels(dataChannelChannel(line), control)
  }
  return { meet: (met) => port1.postMessage({ met }), ended: control.closed, end: control.close }
}

function isTransferred(line: RTCDataChannel, port: MessagePort, post: Post): boolean {
  try {
    post({ dataChannel: line, port }, [line, port])
    return true
  } catch {
    return false
  }
}

/** The channel that a handover brought, in the worker; to be called at once, before anything arrives on it. */
export function takeOver({ port, dataChannel }: Handover): TakenOver {
  const control = portChannel(port, 'webrtc')
  const channel = dataChannel ? dataChannelChannel(dataChannel) : control
  if (dataChannel) {
    void control.closed.then(channel.close)
    void channel.closed.then(control.close)
  }
  const met = new Promise<Met | undefined>((resolve) => {
    port.addEventListener('message', ({ data }: MessageEvent<object>) => {
      if ('met' in data) resolve(data.met as Met)
    })
    void channel.closed.then(() => resolve(undefined))
  })
  return { channel, met }
}
