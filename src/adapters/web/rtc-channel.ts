import type { Channel } from '../../ports/index.ts'
import { createChannel, lowBytes } from '../channel/channel.ts'

/**
 * A channel over a data channel, in the page or in a worker it was transferred to. It may still be connecting: what is sent waits.
 * WebRTC has no way to hold a sender up, so a peer that sends much more than is read is cut off.
 */
export function dataChannelChannel(line: RTCDataChannel): Channel {
  const waiting: Uint8Array<ArrayBuffer>[] = []
  let waitingBytes = 0
  const flush = (): void => {
    for (const piece of waiting.splice(0)) line.send(piece)
    waitingBytes = 0
    room()
  }
  const room = (): void => {
    if (line.readyState === 'open' && line.bufferedAmount <= lowBytes) ends.room()
  }
  const ends = createChannel('webrtc', {
    write: (piece) => {
      if (line.readyState === 'open') return line.send(piece)
      waiting.push(piece.slice())
      waitingBytes += piece.length
    },
    bufferedBytes: () => waitingBytes + line.bufferedAmount,
    // It may have run dry between the question and now.
    awaitRoom: room,
    onRead: () => undefined,
    shut: () => line.close(),
  })
  line.binaryType = 'arraybuffer'
  line.bufferedAmountLowThreshold = lowBytes
  line.addEventListener('open', flush)
  line.addEventListener('bufferedamountlow', room)
  line.addEventListener('close', ends.gone)
  line.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data instanceof ArrayBuffer) ends.take(new Uint8Array(data))
    else ends.channel.close()
  })
  if (line.readyState === 'closing' || line.readyState === 'closed') ends.gone()
  return ends.channel
}
