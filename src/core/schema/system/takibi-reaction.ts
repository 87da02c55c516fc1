import { maxEmojiCharacters } from '../../limits.ts'
import type { SystemSchemaText } from './define.ts'
import { atMostCharacters, both, notEmptyText } from './define.ts'

/** What somebody feels about a message, in one sign. */
export const takibiReaction = {
  description: 'A reaction to a message',
  fields: { message: 'relation(takibi_message_v1)', emoji: 'str' },
  fixed: ['message'],
  rules: { emoji: both(notEmptyText, atMostCharacters(maxEmojiCharacters)) },
  rule: 'own',
} as const satisfies SystemSchemaText
