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

/** The page's grip on a channel that it handed over. */
export interface HandedOver {
  /** Resolves when the worker ended the channel, or it ended by itself. */
  readonly ended: Promise<void>
  readonly end: () => void
}

/**
 * Hands a data channel over; to be called in the task that created it, before anything touched it.
 *
 * @param post carries the message to the worker: `(message, transfer) => worker.postMessage(message, transfer)`
 * @param mayTransfer false: through the port in any case
 */
export function handOver(
  line: RTCDataChannel,
  post: (message: Handover, transfer: Transferable[]) => void,
  mayTransfer = true,
): HandedOver {
  const { port1, port2 } = new MessageChannel()
  // Only bytes go through it where the data channel does not.
  const control = portChannel(port1, 'webrtc')
  if (!mayTransfer || !transfers(line, port2, post)) {
    post({ port: port2 }, [port2])
    void joinChannels(dataChannelChannel(line), control)
  }
  return { ended: control.closed, end: control.close }
}

function transfers(
  line: RTCDataChannel,
  port: MessagePort,
  post: (message: Handover, transfer: Transferable[]) => void,
): boolean {
  try {
    post({ dataChannel: line, port }, [line, port])
    return true
  } catch {
    return false
  }
}

/** The channel that a handover brought, in the worker. */
export function takeOver({ port, dataChannel }: Handover): Channel {
  const control = portChannel(port, 'webrtc')
  if (!dataChannel) return control
  const channel = dataChannelChannel(dataChannel)
  void control.closed.then(channel.close)
  void channel.closed.then(control.close)
  return channel
}
