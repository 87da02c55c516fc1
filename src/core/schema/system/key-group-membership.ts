import { parseSchemaId } from '../schema-id.ts'
import type { SystemSchemaText } from './define.ts'
import { oneOperation } from './define.ts'

/** The answer to a request: whether it is accepted, and what may be done, with things of one schema or of all (identity.md §2.1.3). */
export const keyGroupMembership = {
  description: 'A place in a group: whether it is given, and what may be done in it',
  fields: {
    key_group: 'owner(key_group_v1)',
    request: 'pinned_relation(key_group_membership_request_v1)',
    'schema?': 'str',
    accepted: 'bool',
    can_authorise: 'bool',
    can_create: 'bool',
    can_update: 'bool',
    can_delete: 'bool',
  },
  fixed: ['key_group', 'request', 'schema'],
  rules: {
    request: oneOperation,
    schema: (field) => (field.kind === 'str' && !parseSchemaId(field.value).ok ? 'a schema id' : undefined),
  },
} as const satisfies SystemSchemaText
