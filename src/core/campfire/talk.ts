import type { DocumentId, PublicKey } from '../ids.ts'
import { type Placed, chatOrder } from './chat-order.ts'

/** A message as this device has it. */
export interface Said extends Placed {
  readonly publicKey: PublicKey
  /** When this device stored it, milliseconds. */
  readonly arrivedAt: number
  readonly text: string
  readonly replyTo: readonly DocumentId[]
  readonly things: readonly DocumentId[]
  readonly files: readonly DocumentId[]
  readonly isEdited: boolean
}

/** A reaction as this device has it. */
export interface Reacted {
  readonly id: DocumentId
  readonly publicKey: PublicKey
  readonly message: DocumentId
  readonly emoji: string
}

/** One sign under a message, and who left it. */
export interface ReactionCount {
  readonly emoji: string
  /** In order of key, each once; with the document that takes the reaction back. */
  readonly by: readonly { readonly publicKey: PublicKey; readonly id: DocumentId }[]
}

/** A message in the talk. */
export interface TalkMessage extends Said {
  /** Most first; then by sign. */
  readonly reactions: readonly ReactionCount[]
}

/** Messages in order, each with its reactions. The same for whoever has the same, in whatever order it came. */
export function toTalk(messages: readonly Said[], reactions: readonly Reacted[]): readonly TalkMessage[] {
  const byMessage = countReactions(reactions)
  return chatOrder(messages).map((message) => ({ ...message, reactions: byMessage.get(message.id) ?? [] }))
}

/** Each key counts once under each message and sign: with its lowest document. */
function countReactions(reactions: readonly Reacted[]): ReadonlyMap<DocumentId, readonly ReactionCount[]> {
  const counts = new Map<DocumentId, Map<string, Map<PublicKey, DocumentId>>>()
  for (const { id, publicKey, message, emoji } of reactions) {
    const ofMessage = counts.get(message) ?? new Map<string, Map<PublicKey, DocumentId>>()
    const keys = ofMessage.get(emoji) ?? new Map<PublicKey, DocumentId>()
    const known = keys.get(publicKey)
    if (known === undefined || id < known) keys.set(publicKey, id)
    counts.set(message, ofMessage.set(emoji, keys))
  }
  return new Map([...counts].map(([message, ofMessage]) => [message, [...ofMessage].map(toCount).sort(bySize)]))
}

const toCount = ([emoji, keys]: [string, ReadonlyMap<PublicKey, DocumentId>]): ReactionCount => ({
  emoji,
  by: [...keys].map(([publicKey, id]) => ({ publicKey, id })).sort((a, b) => (a.publicKey < b.publicKey ? -1 : 1)),
})

const bySize = (a: ReactionCount, b: ReactionCount): number => b.by.length - a.by.length || (a.emoji < b.emoji ? -1 : 1)

/** The thread of a thing: what of the talk names it. */
export const threadOf = <M extends Pick<Said, 'things'>>(talk: readonly M[], thing: DocumentId): readonly M[] =>
  talk.filter(({ things }) => things.includes(thing))

/** What came since somebody last looked. */
export interface News {
  readonly unread: number
  /** The first of the talk that is unread: the mark goes before it. */
  readonly first: DocumentId | undefined
  /** Who came with messages that stand above some already seen, one line each, by the place of the first of them. */
  readonly late: readonly { readonly publicKey: PublicKey; readonly count: number; readonly before: DocumentId }[]
}

/**
 * What of a talk is new. One's own messages are never unread.
 * @param seenAt when this device last showed all that it had, milliseconds
 */
export function newsIn(talk: readonly Said[], seenAt: number, own: ReadonlySet<PublicKey>): News {
  const isUnread = ({ arrivedAt, publicKey }: Said): boolean => arrivedAt > seenAt && !own.has(publicKey)
  const unread = talk.filter(isUnread)
  const isLate = lateIn(talk, isUnread)
  const late = new Map<PublicKey, { publicKey: PublicKey; count: number; before: DocumentId }>()
  for (const { publicKey, id } of unread.filter((message) => isLate.has(message))) {
    const line = late.get(publicKey)
    if (line) line.count++
    else late.set(publicKey, { publicKey, count: 1, before: id })
  }
  return { unread: unread.length, first: unread[0]?.id, late: [...late.values()] }
}

/** What is unread and stands above something that was here before it came. An answer said since then is no such thing. */
function lateIn(talk: readonly Said[], isUnread: (message: Said) => boolean): ReadonlySet<Said> {
  let hereSince = Infinity
  return new Set(
    talk.toReversed().filter((message) => {
      if (isUnread(message)) return message.arrivedAt > hereSince
      hereSince = Math.min(hereSince, message.arrivedAt)
      return false
    }),
  )
}
