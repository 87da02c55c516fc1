import { decodeRanges } from '../../authority/ranges.ts'
import type { SystemSchemaText } from './define.ts'
import { hexOfBytes, oneOf } from './define.ts'

/** What stays of a key's entries after a removal, or no longer counts (identity.md §2.1.4). Nothing of it changes. */
export const keyGroupMembershipLimit = {
  description: 'Keeps or voids what a key wrote as a member of a group',
  fields: {
    membership: 'owner(key_group_membership_v1)',
    public_key: 'str',
    mode: 'str',
    ranges: 'bytes',
  },
  fixed: ['membership', 'public_key', 'mode', 'ranges'],
  rules: {
    public_key: hexOfBytes(32),
    mode: oneOf('keep', 'void'),
    ranges: (field) => {
      const ranges = field.kind === 'bytes' ? decodeRanges(field.value) : undefined
      return ranges?.ok === false ? `row ${ranges.error.row}: ${ranges.error.expected}` : undefined
    },
  },
} as const satisfies SystemSchemaText
