import { maxKnockNoteBytes } from '../../limits.ts'
import type { SystemSchemaText } from './define.ts'
import { atMostBytes, exactlyBytes, hexOfBytes } from './define.ts'

/**
 * A guest's request under an invite, proved with the invite's key (flows.md §1). `invite`: that key, which is all that a guest knows of it; `note`: the
 * guest's name, sealed for the keepers.
 */
export const groupKnock = {
  description: 'Asks for a place in a group under an invite',
  fields: {
    request: 'relation(key_group_membership_request_v1)',
    invite: 'str',
    proof: 'bytes',
    note: 'bytes',
  },
  rules: { invite: hexOfBytes(32), proof: exactlyBytes(64), note: atMostBytes(maxKnockNoteBytes) },
} as const satisfies SystemSchemaText
