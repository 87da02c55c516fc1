import type { SystemSchemaText } from './define.ts'
import { between, oneOf } from './define.ts'

/** The sealed side of a group; its document id is the id of the MLS group (decisions.md 15). `suite` 0: no cipher, until sealing is built. */
export const secretGroup = {
  description: 'The sealed side of a group: how it is sealed',
  fields: { group: 'owner(key_group_v1)', mode: 'str', suite: 'int' },
  fixed: ['group', 'mode', 'suite'],
  rules: { mode: oneOf('lts'), suite: between(0n, 1n) },
} as const satisfies SystemSchemaText
