import type { SystemSchemaText } from './define.ts'
import { atLeast } from './define.ts'

/** What a person calls another. `checked_at`: when they compared keys, seconds; 0: never. Only in a person's own group. */
export const takibiContact = {
  description: 'Somebody known: what one calls them, and when keys were compared',
  fields: { person: 'relation(key_group_v1)', name: 'str', checked_at: 'int' },
  fixed: ['person'],
  rules: { checked_at: atLeast(0n) },
} as const satisfies SystemSchemaText
