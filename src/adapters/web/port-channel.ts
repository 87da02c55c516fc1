import type { Channel } from '../../ports/index.ts'
import { createChannel, lowBytes } from '../channel/channel.ts'

/** What goes over the port: bytes, how many of them were read, the end. A port holds nobody up by itself, so the reader's word does. */
type PortMessage = { readonly bytes: ArrayBuffer } | { readonly read: number } | { readonly gone: true }

/** Bytes read between two words of it. */
const tellEvery = lowBytes / 2

/** One end of a channel through a MessagePort: whoever holds the other end calls this too. */
export function portChannel(port: MessagePort, medium: Channel['medium']): Channel {
  const post = (message: PortMessage, transfer: Transferable[] = []): void => port.postMessage(message, transfer)
  let onTheWay = 0
  let untold = 0
  const room = (): void => {
    if (onTheWay <= lowBytes) ends.room()
  }
  const ends = createChannel(medium, {
    write: (piece) => {
      // A copy: what is transferred is gone from the sender, with everything else in its buffer.
      const bytes = piece.slice().buffer
      onTheWay += bytes.byteLength
      post({ bytes }, [bytes])
    },
    bufferedBytes: () => onTheWay,
    awaitRoom: room,
    onRead: (bytes) => {
      untold += bytes
      if (untold < tellEvery) return
      post({ read: untold })
      untold = 0
    },
    shut: () => {
      post({ gone: true })
      port.close()
    },
  })
  port.addEventListener('message', ({ data }: MessageEvent<PortMessage>) => {
    if ('bytes' in data) ends.take(new Uint8Array(data.bytes))
    else if ('read' in data) {
      onTheWay -= data.read
      room()
    } else if ('gone' in data) ends.gone()
  })
  port.start()
  return ends.channel
}

/** Lets everything through between two channels, at the pace of the slower; when one is gone, the other is closed. Resolves then. */
export async function joinChannels(one: Channel, other: Channel): Promise<void> {
  const pump = async (from: Channel, to: Channel): Promise<void> => {
    try {
      for await (const bytes of from.received) await to.send(bytes)
    } catch {
      // The receiving end is gone: nothing to bring there any more.
    }
    to.close()
    from.close()
  }
  await Promise.all([pump(one, other), pump(other, one)])
}
