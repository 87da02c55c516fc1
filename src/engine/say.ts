import { assert } from '../core/assert.ts'
import { type Placed, chatOrder, newestOf } from '../core/campfire/chat-order.ts'
import type { DocumentId } from '../core/ids.ts'
import { maxMessageAfter } from '../core/limits.ts'
import { type Result, ok } from '../core/result.ts'
import { systemSchemaId } from '../core/schema/system/id.ts'
import type { Call, DocumentView, Draft, Saying } from './api.ts'
import type { EngineDeps } from './deps.ts'
import type { Failure } from './failure.ts'
import { publishDrafts } from './publish.ts'
import { queryDocuments } from './query/query.ts'

const messageSchema = systemSchemaId('takibi_message_v1')
/** Messages looked at for those that nothing comes after yet: more than are said at once by people who do not hear each other. */
const lookedAt = 200
const msPerSecond = 1000

/** Says something in a group: after the newest that this device knows, at the time of its clock. */
export async function say(
  deps: EngineDeps,
  group: DocumentId,
  { text, replyTo = [], things = [], files = [], expiresAt }: Saying,
  call: Call,
): Promise<Result<DocumentId, Failure>> {
  const newest = await queryDocuments(
    deps,
    {
      schema: messageSchema,
      meta: { group: { eq: group } },
      orderBy: [{ by: 'CREATED_AT', direction: 'desc' }],
      first: lookedAt,
      count: false,
    },
    call,
  )
  if (!newest.ok) return newest
  const draft: Draft = {
    action: 'create',
    schema: messageSchema,
    group,
    ...(expiresAt !== undefined && { expiresAt }),
    fields: {
      text,
      sent_at: Math.max(0, Math.floor(deps.clock.now() / msPerSecond)),
      after: newestOf(chatOrder(newest.value.documents.map(toPlaced)), maxMessageAfter),
      reply_to: sortedIds(replyTo),
      things: sortedIds(things),
      files: sortedIds(files),
    },
  }
  const published = await publishDrafts(deps, [draft], call)
  if (!published.ok) return published
  const [made] = published.value
  assert(made, 'one draft gives one operation')
  return ok(made.documentId)
}

const toPlaced = ({ id, fields }: DocumentView): Placed => ({
  id,
  after: (fields['after'] ?? []) as readonly DocumentId[],
  sentAt: Number(fields['sent_at']),
})

const sortedIds = (ids: readonly DocumentId[]): readonly DocumentId[] => [...new Set(ids)].sort()
