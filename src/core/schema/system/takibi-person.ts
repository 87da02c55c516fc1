import type { SystemSchemaText } from './define.ts'
import { atMostItems } from './define.ts'

/** How a person calls itself in a group. Who it is says the key group. */
export const takibiPerson = {
  description: 'A card of a person: name, what there is to say, and a picture',
  fields: {
    person: 'relation(key_group_v1)',
    name: 'str',
    about: 'str',
    picture: 'relation_list(takibi_file_v1)',
  },
  fixed: ['person'],
  rules: { picture: atMostItems(1) },
  rule: 'own',
} as const satisfies SystemSchemaText
