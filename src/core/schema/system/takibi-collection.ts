import type { SystemSchemaText } from './define.ts'

/** What people see of a schema family: how it is called, and which definition's things it holds (schemas.md §3). */
export const takibiCollection = {
  description:
    'A collection: its name, what one and many of its things are called, its icon, and the schema of its things',
  fields: {
    name: 'str',
    one: 'str',
    many: 'str',
    icon: 'str',
    definition: 'relation(schema_definition_v1)',
    'keep_days?': 'int',
    'keep_until?': 'int',
  },
  rule: 'keeper',
} as const satisfies SystemSchemaText
