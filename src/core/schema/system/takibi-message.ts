import { maxMessageAfter } from '../../limits.ts'
import type { SystemSchemaText } from './define.ts'
import { atLeast, atMostItems, both, sortedIds } from './define.ts'

/**
 * Something said at the campfire. `after`: the newest messages its writer knew; `sent_at`: seconds, by the writer's clock. Where it stands in the
 * order, and what it answers, CREATE alone says: so no message can come after itself.
 */
export const takibiMessage = {
  description: 'A message: its text, what it comes after and answers, and the things and files with it',
  fields: {
    text: 'str',
    sent_at: 'int',
    after: 'relation_list(takibi_message_v1)',
    reply_to: 'relation_list(takibi_message_v1)',
    things: 'relation_list(secret_v1)',
    files: 'relation_list(takibi_file_v1)',
  },
  fixed: ['sent_at', 'after', 'reply_to'],
  rules: {
    sent_at: atLeast(0n),
    after: both(sortedIds, atMostItems(maxMessageAfter)),
    reply_to: sortedIds,
    things: sortedIds,
    files: sortedIds,
  },
  rule: 'own',
} as const satisfies SystemSchemaText
