import type { DocumentId, News, PublicKey, TalkMessage } from '../../sdk/index.ts'

/** What a talk shows, from the oldest down. */
export type TalkRow =
  | { readonly kind: 'new' }
  | { readonly kind: 'late'; readonly publicKey: PublicKey; readonly count: number }
  | {
      readonly kind: 'message'
      readonly message: TalkMessage
      /** Goes on from the row above: the same writer, a moment later, so face and name need not stand again. */
      readonly isGoingOn: boolean
    }

/** Who says more within so many seconds goes on. */
const goesOnWithin = 300

const goesOn = (before: TalkMessage | undefined, message: TalkMessage): boolean =>
  before !== undefined &&
  before.publicKey === message.publicKey &&
  Math.abs(message.sentAt - before.sentAt) < goesOnWithin &&
  message.replyTo.length === 0

/** A talk with its marks: the mark of what is new stands before its first message, then the lines of who came late with what follows. */
export const talkRows = (messages: readonly TalkMessage[], { first, late }: Pick<News, 'first' | 'late'>): TalkRow[] =>
  messages.flatMap((message, at): TalkRow[] => {
    const marks: TalkRow[] = [
      ...(message.id === first ? [{ kind: 'new' } as const] : []),
      ...late
        .filter(({ before }) => before === message.id)
        .map(({ publicKey, count }) => ({ kind: 'late', publicKey, count }) as const),
    ]
    const isGoingOn = marks.length === 0 && goesOn(messages[at - 1], message)
    return [...marks, { kind: 'message', message, isGoingOn }]
  })

/** The messages that hold all words of what is looked for, whatever their case. */
export const foundIn = (messages: readonly TalkMessage[], text: string): readonly TalkMessage[] => {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  return messages.filter((message) => words.every((word) => message.text.toLocaleLowerCase().includes(word)))
}

/** One's own reaction of a sign under a message: the document that takes it back. */
export const ownReaction = (
  { reactions }: Pick<TalkMessage, 'reactions'>,
  emoji: string,
  isOwn: (publicKey: PublicKey) => boolean,
): DocumentId | undefined =>
  reactions.find((one) => one.emoji === emoji)?.by.find(({ publicKey }) => isOwn(publicKey))?.id
