import { roles } from '../../authority/entry.ts'
import type { SystemSchemaText } from './define.ts'
import { atLeast, hexOfBytes, oneOf } from './define.ts'

/** An invite that lives until it expires or is deleted. Who knows its secret can knock with `key` (flows.md §1). */
export const groupInvite = {
  description: 'An invite to a group: its key, the role it gives, how many may use it, and until when',
  fields: { group: 'owner(key_group_v1)', key: 'str', role: 'str', uses: 'int', expires_at: 'int' },
  rules: {
    key: hexOfBytes(32),
    role: oneOf(...Object.keys(roles)),
    uses: atLeast(1n),
    expires_at: atLeast(0n),
  },
} as const satisfies SystemSchemaText
