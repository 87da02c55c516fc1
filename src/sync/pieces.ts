import { maxPieceBytes } from '../core/limits.ts'
import type { LogsOf, Message, MessageOf } from './messages.ts'

/** Messages whose list may be longer than one message (sync.md §1). `Have` is cut by its body instead, in `heads-body.ts`. */
export type PiecedMessage = MessageOf<'Changed' | 'Heads' | 'Want' | 'WantLog' | 'Forks' | 'Gap' | 'OwnHeads'>

/** Bytes of everything in a message but its list, at most: ids, cursors, heads of arrays. */
const aroundBytes = 256
/** Bytes of what stands around the logs of one key: the key and two heads of arrays. */
const keyBytes = 40
/** Bytes of one item of each list, at most. */
const itemBytes = { Changed: 55, Heads: 19, Want: 34, WantLog: 53, Forks: 457, Gap: 19, OwnHeads: 55 } as const

/** A message as it may travel: whole, or in pieces of at most 64 KiB of which all but the last have `hasMore`. */
export function messagePieces(message: PiecedMessage): readonly PiecedMessage[] {
  switch (message.type) {
    case 'Changed':
    case 'Heads':
      return piecesOf(message, cutByKey<{ readonly logId: bigint }>(message.heads, itemBytes[message.type]), 'heads')
    case 'Want':
      return piecesOf(message, cut(message.ids, itemBytes.Want), 'ids')
    case 'WantLog':
      return piecesOf(message, cut(message.logs, itemBytes.WantLog), 'logs')
    case 'Forks':
      return piecesOf(message, cut(message.pairs, itemBytes.Forks), 'pairs')
    case 'Gap':
      return piecesOf(message, cut(message.ranges, itemBytes.Gap), 'ranges')
    case 'OwnHeads':
      return piecesOf(message, cut(message.heads, itemBytes.OwnHeads), 'heads')
  }
}

/** The message once for each part of its list. */
const piecesOf = (
  message: PiecedMessage,
  parts: readonly (readonly unknown[])[],
  list: string,
): readonly PiecedMessage[] =>
  parts.map((part, i) => {
    const more = i < parts.length - 1 ? { hasMore: true } : {}
    return { ...(message as Message), [list]: part, ...more } as PiecedMessage
  })

/** Lists that fit a piece, at least one. */
function cut<T>(items: readonly T[], bytesEach: number): readonly (readonly T[])[] {
  const each = Math.floor((maxPieceBytes - aroundBytes) / bytesEach)
  const count = Math.max(1, Math.ceil(items.length / each))
  return Array.from({ length: count }, (_, i) => items.slice(i * each, (i + 1) * each))
}

/** Lists of logs by key that fit a piece, at least one; the logs of one key may go on in the next. */
export function cutByKey<Log>(
  keys: readonly LogsOf<Log>[],
  bytesEach: number = itemBytes.Changed,
): readonly (readonly LogsOf<Log>[])[] {
  const parts: LogsOf<Log>[][] = [[]]
  let left = maxPieceBytes - aroundBytes
  for (const { publicKey, logs } of keys) {
    for (let at = 0; at < logs.length;) {
      if (left < keyBytes + bytesEach) {
        parts.push([])
        left = maxPieceBytes - aroundBytes
      }
      const taken = logs.slice(at, at + Math.floor((left - keyBytes) / bytesEach))
      parts.at(-1)?.push({ publicKey, logs: taken })
      at += taken.length
      left -= keyBytes + taken.length * bytesEach
    }
  }
  return parts
}
