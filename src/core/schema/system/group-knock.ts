import { maxKnockNoteBytes } from '../../limits.ts'
import type { SystemSchemaText } from './define.ts'
import { atMostBytes, exactlyBytes } from './define.ts'

/** A guest's request under an invite, proved with the invite's key (flows.md §1). `note`: name and transport key, sealed for the keepers. */
export const groupKnock = {
  description: 'Asks for a place in a group under an invite',
  fields: {
    request: 'relation(key_group_membership_request_v1)',
    invite: 'relation(group_invite_v1)',
    proof: 'bytes',
    note: 'bytes',
  },
  rules: { proof: exactlyBytes(64), note: atMostBytes(maxKnockNoteBytes) },
} as const satisfies SystemSchemaText
