import type { SystemSchemaText } from './define.ts'

/** A way of looking at a collection. `config` is JSON: filter, sort, layout, and what each field is to people (schemas.md §3). */
export const takibiView = {
  description: 'A view of a collection: its kind, and how its fields are shown and filled in',
  fields: { collection: 'relation(takibi_collection_v1)', name: 'str', kind: 'str', config: 'str' },
} as const satisfies SystemSchemaText
