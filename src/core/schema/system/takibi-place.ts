import type { SystemSchemaText } from './define.ts'

/** A group that a person is in, and where it was met: CBOR `[[kind, address, transport key]…]`. Only in a person's own group. */
export const takibiPlace = {
  description: 'A group one is in, and where it can be met',
  fields: { group: 'relation(key_group_v1)', hints: 'bytes' },
  fixed: ['group'],
} as const satisfies SystemSchemaText
