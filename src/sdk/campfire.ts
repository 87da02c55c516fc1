import { type News, type Reacted, type Said, newsIn, toTalk } from '../core/campfire/talk.ts'
import type { DocumentId, PublicKey } from '../core/ids.ts'
import type { Result } from '../core/result.ts'
import type { Call, DocumentView, Draft, EngineApi, Published, Query, QueryPage } from '../engine/api.ts'
import type { Failure } from '../engine/failure.ts'
import type { Campfire, TalkState } from './campfire-types.ts'
import { failedView, liveView } from './live.ts'
import { documentIdOf, toDocumentId, toSchemaId } from './parse.ts'
import type { DocumentLike, Live } from './takibi-node.ts'
import { answerOf } from './unwrap.ts'

/** Messages and reactions of a group that are looked at, the newest to come. */
const maxShown = 1000
const messageSchema = toSchemaId('takibi_message_v1')
const reactionSchema = toSchemaId('takibi_reaction_v1')
const noNews: News = { unread: 0, first: undefined, late: [] }
const initial: TalkState = { status: 'loading', messages: [], news: noNews }
const never = new AbortController().signal

/** Notes are kept by the device; nobody else hears when somebody looked. */
const seenNote = (group: DocumentId): string => `campfire/seen/${group}`

/** The campfire over an engine. @param own the keys of this device */
export function campfireOf(api: EngineApi, own: ReadonlySet<PublicKey>): Campfire {
  const publishOne = async (draft: Draft, signal: AbortSignal): Promise<Published> => {
    const [published] = await answerOf(api.publish([draft], { signal }))
    return published as Published
  }

  return {
    talk: (group) => talkView(api, group, own),
    send: async (group, { text, replyTo = [], things = [], files = [], expiresAt }, { signal = never } = {}) => {
      const saying = {
        text,
        replyTo: replyTo.map(toDocumentId),
        things: things.map(toDocumentId),
        files: files.map(toDocumentId),
        ...(expiresAt !== undefined && { expiresAt }),
      }
      return answerOf(api.say(toDocumentId(group), saying, { signal }))
    },
    edit: async (message, text, { signal = never } = {}) =>
      (await publishOne({ action: 'update', document: toDocumentId(message), fields: { text } }, signal)).operationId,
    takeBack: async (message, { signal = never } = {}) =>
      (await publishOne({ action: 'delete', document: toDocumentId(message) }, signal)).operationId,
    react: async (group, message, emoji, { signal = never } = {}) => {
      const fields = { message: toDocumentId(message), emoji }
      const draft: Draft = { action: 'create', schema: reactionSchema, fields, group: toDocumentId(group) }
      return (await publishOne(draft, signal)).documentId
    },
    markSeen: async (group) => {
      const id = toDocumentId(group)
      const { documents } = await answerOf(api.query(newestIn(id, messageSchema, 1), { signal: never }))
      const [last] = documents
      if (last !== undefined) await answerOf(api.putNote(seenNote(id), last.createdAt))
    },
  }
}

const newestIn = (group: DocumentId, schema: Query['schema'], first: number): Query => ({
  schema,
  meta: { group: { eq: group } },
  orderBy: [{ by: 'CREATED_AT', direction: 'desc' }],
  first,
  count: false,
})

/** A live talk: messages and reactions of a group, put together whenever either changes. */
function talkView(api: EngineApi, group: DocumentLike, own: ReadonlySet<PublicKey>): Live<TalkState> {
  const id = documentIdOf(group)
  if (!id.ok) return failedView(initial, id.error)
  let seenAt = Infinity
  return liveView<Gathered, TalkState>({
    initial,
    watch: async (call) => {
      const note = await api.note(seenNote(id.value))
      seenAt = note.ok && typeof note.value === 'number' ? note.value : 0
      await watchBoth(api, id.value, call)
    },
    next: ({ messages, reactions }) => {
      const talk = toTalk(messages.map(toSaid), reactions.map(toReacted))
      return { status: 'ready', messages: talk, news: newsIn(talk, seenAt, own) }
    },
  })
}

interface Gathered {
  readonly messages: readonly DocumentView[]
  readonly reactions: readonly DocumentView[]
}

async function watchBoth(api: EngineApi, group: DocumentId, call: Call<Result<Gathered, Failure>>): Promise<void> {
  let messages: readonly DocumentView[] | undefined
  let reactions: readonly DocumentView[] | undefined
  const hear =
    (put: (documents: readonly DocumentView[]) => void) =>
    (page: Result<QueryPage, Failure>): void => {
      if (!page.ok) return call.report?.(page)
      put(page.value.documents)
      if (messages && reactions) call.report?.({ ok: true, value: { messages, reactions } })
    }
  const watch = (schema: Query['schema'], put: (documents: readonly DocumentView[]) => void): Promise<void> =>
    api.watchQuery(newestIn(group, schema, maxShown), { signal: call.signal, report: hear(put) })
  await Promise.all([
    watch(messageSchema, (documents) => (messages = documents)),
    watch(reactionSchema, (documents) => (reactions = documents)),
  ])
}

const ids = (value: unknown): readonly DocumentId[] => (Array.isArray(value) ? (value as readonly DocumentId[]) : [])

const toSaid = ({ id, owner, createdAt, isEdited, fields }: DocumentView): Said => ({
  id,
  publicKey: owner,
  arrivedAt: createdAt,
  sentAt: Number(fields['sent_at']),
  after: ids(fields['after']),
  text: String(fields['text']),
  replyTo: ids(fields['reply_to']),
  things: ids(fields['things']),
  files: ids(fields['files']),
  isEdited,
})

const toReacted = ({ id, owner, fields }: DocumentView): Reacted => ({
  id,
  publicKey: owner,
  message: fields['message'] as DocumentId,
  emoji: String(fields['emoji']),
})
