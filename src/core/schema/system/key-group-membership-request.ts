import type { SystemSchemaText } from './define.ts'

/** A key asks to be let into a group, itself or for the group `member` that it speaks for (identity.md §2.1.2). */
export const keyGroupMembershipRequest = {
  description: 'Asks for a place in a group',
  fields: { key_group: 'relation(key_group_v1)', 'member?': 'owner(key_group_v1)' },
  fixed: ['key_group', 'member'],
} as const satisfies SystemSchemaText
