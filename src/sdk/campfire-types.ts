import type { News, TalkMessage } from '../core/campfire/talk.ts'
import type { DocumentId, OperationId } from '../core/ids.ts'
import type { DocumentLike, Live, LiveStatus, Waiting } from './takibi-node.ts'

/** The talk of a group as this device has it: its newest thousand messages, in the one order that everybody finds. */
export type TalkState = LiveStatus & {
  readonly messages: readonly TalkMessage[]
  /** What came since `markSeen`, as of when this view began: so a mark stays where it is while one reads. */
  readonly news: News
}

/** What somebody says. */
export interface Saying {
  readonly text: string
  /** The messages it answers. */
  readonly replyTo?: readonly DocumentLike[]
  /** Things it shows. Their thread is what shows them. */
  readonly things?: readonly DocumentLike[]
  readonly files?: readonly DocumentLike[]
  /** Unix seconds after which it goes; told by the day. */
  readonly expiresAt?: number
}

/** The talk of groups, as sealed documents of theirs. What one said oneself one can change and take back, as can those who may delete. */
export interface Campfire {
  readonly talk: (group: DocumentLike) => Live<TalkState>
  /** Says something after all that this device knows. */
  readonly send: (group: DocumentLike, saying: Saying, waiting?: Waiting) => Promise<DocumentId>
  /** Puts another text in its place; its history keeps what was there. */
  readonly edit: (message: DocumentLike, text: string, waiting?: Waiting) => Promise<OperationId>
  /** Takes back a message or a reaction, for everybody. */
  readonly takeBack: (message: DocumentLike, waiting?: Waiting) => Promise<OperationId>
  readonly react: (group: DocumentLike, message: DocumentLike, emoji: string, waiting?: Waiting) => Promise<DocumentId>
  /** Everything that is here now was seen. */
  readonly markSeen: (group: DocumentLike) => Promise<void>
}

export type { News, ReactionCount, TalkMessage } from '../core/campfire/talk.ts'
