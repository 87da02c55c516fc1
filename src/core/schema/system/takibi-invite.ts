import type { SystemSchemaText } from './define.ts'
import { exactlyBytes } from './define.ts'

/** What opens the notes that knocks under an invite carry; nobody can sign with it (flows.md §1). */
export const takibiInvite = {
  description: 'Opens the notes of those who knock under an invite',
  fields: { invite: 'relation(group_invite_v1)', seal: 'bytes' },
  fixed: ['invite', 'seal'],
  rules: { seal: exactlyBytes(32) },
  rule: 'keeper',
} as const satisfies SystemSchemaText
