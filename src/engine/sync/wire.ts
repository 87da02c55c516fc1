import type { Message } from '../../sync/messages.ts'
import { encodeFrame } from '../../sync/frames.ts'
import { type PiecedMessage, messagePieces } from '../../sync/pieces.ts'
import type { Failure } from '../failure.ts'
import type { SecureChannel } from '../secure-channel.ts'

/** Bytes that may wait to leave, beside transfers, which wait for room: a peer that asks and never reads is let go. */
const maxUnsentBytes = 8 * 1024 * 1024

/** The outgoing side of a connection. Saying something never waits, so that reading goes on whatever the peer does. */
export interface Wire {
  /** @returns bytes of its frames */
  readonly say: (message: Message) => number
  /** There is no more to say just now. */
  readonly flush: () => void
  /** Resolves when all that was said has left. */
  readonly room: () => Promise<void>
  readonly lastSaidAt: () => number
}

const pieced: ReadonlySet<Message['type']> = new Set([
  'Changed',
  'Heads',
  'Want',
  'WantLog',
  'Forks',
  'Gap',
  'OwnHeads',
] satisfies PiecedMessage['type'][])
const isPieced = (message: Message): message is PiecedMessage => pieced.has(message.type)

/** @param onFailure told once, when nothing more can be sent, or too much waits */
export function createWire(
  secure: SecureChannel,
  now: () => number,
  onSaid: (message: Message, bytes: number) => void,
  onFailure: (failure: Failure) => void,
): Wire {
  let unsent = 0
  let lastSaidAt = now()
  let sending: Promise<void> = Promise.resolve()
  const then = (task: () => Promise<void>): void => {
    sending = sending.then(task).catch(() => onFailure({ code: 'channel/cut-off' }))
  }
  const sayOne = (message: Message): number => {
    const frame = encodeFrame(message)
    unsent += frame.length
    lastSaidAt = now()
    onSaid(message, frame.length)
    then(async () => {
      await secure.write(frame)
      unsent -= frame.length
    })
    if (unsent > maxUnsentBytes) onFailure({ code: 'sync/too-many', what: 'unsent-bytes', limit: maxUnsentBytes })
    return frame.length
  }
  return {
    say: (message) =>
      (isPieced(message) ? messagePieces(message) : [message]).reduce((bytes, piece) => bytes + sayOne(piece), 0),
    flush: () => then(secure.flush),
    room: () => sending,
    lastSaidAt: () => lastSaidAt,
  }
}
