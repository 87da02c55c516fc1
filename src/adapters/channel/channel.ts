import type { Channel } from '../../ports/index.ts'
import { createReceived } from './received.ts'

/** What a medium does for its channel. */
export interface Line {
  /** Takes a piece of at most `pieceBytes`, at once. */
  readonly write: (piece: Uint8Array<ArrayBuffer>) => void
  /** Bytes written that have not left yet. */
  readonly bufferedBytes: () => number
  /** Somebody waits: call `room` once at most `lowBytes` are left. */
  readonly awaitRoom: () => void
  /** The reader took some bytes, `unread` are left. */
  readonly onRead: (bytes: number, unread: number) => void
  readonly shut: () => void
}

/** A channel, and what its medium tells it. */
export interface ChannelEnds {
  readonly channel: Channel
  /** Bytes came. Answers how many wait to be read now. */
  readonly take: (bytes: Uint8Array) => number
  readonly room: () => void
  /** The medium is gone: what came before may still be read. */
  readonly gone: () => void
  readonly isGone: () => boolean
}

/** What a message holds: data channels take 256 KiB at most, and small ones interleave better with others. */
const pieceBytes = 64 * 1024
/** With this much on the way a channel takes no more until it is down to `lowBytes`: enough for a fast line, little enough to lose with it. */
export const highBytes = 1024 * 1024
export const lowBytes = 256 * 1024
/** Bytes that may wait to be read where the medium cannot hold the sender up: a peer that sends more does not keep to its credit. */
export const maxUnreadBytes = 16 * 1024 * 1024

const goneFailure = { code: 'channel/gone' } as const

/** The channel over one medium: order, pieces, back pressure and its end are the same for all of them. */
export function createChannel(medium: Channel['medium'], line: Line): ChannelEnds {
  let isGone = false
  let onGone = (): void => undefined
  let room = (): void => undefined
  /** Sends that did not find room at once; those after them queue up. */
  let waiting = 0
  let last: Promise<void> = Promise.resolve()
  const received = createReceived((bytes) => line.onRead(bytes, received.unreadBytes()))
  const closed = new Promise<void>((resolve) => {
    onGone = resolve
  })

  const gone = (): void => {
    isGone = true
    received.end()
    room()
    onGone()
  }
  const close = (): void => {
    if (isGone) return
    received.drop()
    gone()
    line.shut()
  }
  const hasRoom = (): boolean => !isGone && line.bufferedBytes() < highBytes
  const untilRoom = async (): Promise<void> => {
    if (!isGone && !hasRoom())
      await new Promise<void>((resolve) => {
        room = resolve
        line.awaitRoom()
      })
    // As ports reject: with a plain failure, which survives being posted.
    if (isGone) throw goneFailure as unknown as Error
  }
  /** Writes what there is room for, at once; answers how many bytes that were. */
  const writeSome = (bytes: Uint8Array): number => {
    let at = 0
    for (; at < bytes.length && hasRoom(); at += pieceBytes)
      line.write(bytes.subarray(at, at + pieceBytes) as Uint8Array<ArrayBuffer>)
    return Math.min(at, bytes.length)
  }
  const sendRest = async (bytes: Uint8Array): Promise<void> => {
    let rest = bytes
    do {
      await untilRoom()
      rest = rest.subarray(writeSome(rest))
    } while (rest.length > 0)
    await untilRoom()
    waiting--
  }
  const send = async (bytes: Uint8Array): Promise<void> => {
    const written = waiting === 0 ? writeSome(bytes) : 0
    if (waiting === 0 && written === bytes.length && hasRoom()) return
    // The caller may use its buffer again.
    const rest = bytes.slice(written)
    waiting++
    const sent = last.then(() => sendRest(rest))
    // After a failure the channel is gone, which the next one finds out by itself.
    last = sent.catch(() => undefined)
    return sent
  }

  return {
    channel: { medium, received: received.all, send, closed, close },
    take: (bytes) => {
      received.push(bytes)
      if (received.unreadBytes() > maxUnreadBytes) close()
      return received.unreadBytes()
    },
    room: () => room(),
    gone,
    isGone: () => isGone,
  }
}
