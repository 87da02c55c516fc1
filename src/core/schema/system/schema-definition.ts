import { maxDescriptionCharacters, maxSchemaFields } from '../../limits.ts'
import { isSchemaName } from '../schema-id.ts'
import type { SystemSchemaText } from './define.ts'
import { atMostCharacters, atMostItems } from './define.ts'

/** Defines an application schema; the view of such a document is in the schema's id. */
export const schemaDefinition = {
  description: 'Defines a schema: its name and the definitions of its fields',
  fields: {
    name: 'str',
    description: 'str',
    fields: 'pinned_relation_list(schema_field_definition_v1)',
  },
  rules: {
    name: (field) =>
      field.kind === 'str' && !isSchemaName(field.value)
        ? '2 to 64 letters, digits and _, beginning with a letter, not ending in _'
        : undefined,
    description: atMostCharacters(maxDescriptionCharacters),
    // None at all can be said here, but makes no schema: `buildSchema` refuses it.
    fields: atMostItems(maxSchemaFields),
  },
  rule: 'keeper',
} as const satisfies SystemSchemaText
