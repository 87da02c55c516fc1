import { parseFieldType } from '../field-type.ts'
import type { SystemSchemaText } from './define.ts'
import { matches } from './define.ts'

/** 1 to 64 of `A-Z a-z 0-9 _`, a letter first (SC4). */
export const fieldName = /^[A-Za-z][A-Za-z0-9_]{0,63}$/

/** Defines one field of an application schema. */
export const schemaFieldDefinition = {
  description: 'Defines a field of a schema: its name and type',
  fields: { name: 'str', type: 'str' },
  rules: {
    name: matches(fieldName, '1 to 64 letters, digits and _, beginning with a letter'),
    type: (field) => {
      const type = field.kind === 'str' ? parseFieldType(field.value) : undefined
      return type?.ok === false ? type.error.expected : undefined
    },
  },
  rule: 'keeper',
} as const satisfies SystemSchemaText
