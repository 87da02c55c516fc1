import { maxEnvelopeBytes } from '../../limits.ts'
import type { SystemSchemaText } from './define.ts'
import { atLeast, atMostBytes, isTrue } from './define.ts'

/**
 * A sealed document of a group: whoever lacks the keys sees that it is there, and judges by `own` who may change it (decisions.md 15, 16).
 * `own`: its creator's alone; absent, never false. `expires_at`: seconds. An UPDATE carries `sealed` only.
 */
export const secret = {
  description: 'A sealed document of a group',
  fields: { group: 'owner(secret_group_v1)', sealed: 'bytes', 'own?': 'bool', 'expires_at?': 'int' },
  fixed: ['group', 'own', 'expires_at'],
  rules: { sealed: atMostBytes(maxEnvelopeBytes), own: isTrue, expires_at: atLeast(0n) },
} as const satisfies SystemSchemaText
