import { maxGroupNameCharacters } from '../../limits.ts'
import type { SystemSchemaText } from './define.ts'
import { atMostCharacters, both, notEmptyText, sortedIds } from './define.ts'

/**
 * A group of keys and groups: a person with its devices, or people together (identity.md §2.1.1). `members` only helps to find the memberships;
 * who is a member follows from these. `founder` is absent in a person's own group, which its paper key founds.
 */
export const keyGroup = {
  description: 'A group: its name, and where its memberships are',
  fields: {
    name: 'str',
    members: 'relation_list(key_group_membership_v1)',
    'founder?': 'owner(key_group_v1)',
  },
  rules: { name: both(notEmptyText, atMostCharacters(maxGroupNameCharacters)), members: sortedIds },
} as const satisfies SystemSchemaText
