import { maxAddressCharacters } from '../../limits.ts'
import type { SystemSchemaText } from './define.ts'
import { atMostCharacters, hexOfBytes } from './define.ts'

/** A node that a group's keepers let serve it. It is no member (flows.md §2). */
export const groupNode = {
  description: 'A node that serves a group',
  fields: { group: 'owner(key_group_v1)', key: 'str', transport_key: 'str', address: 'str' },
  rules: { key: hexOfBytes(32), transport_key: hexOfBytes(32), address: atMostCharacters(maxAddressCharacters) },
} as const satisfies SystemSchemaText
