import type { SystemSchemaText } from './define.ts'
import { hexOfBytes, oneOf } from './define.ts'

/** What a device is called. Whose it is says the control closure; this only describes (schemas.md §4). */
export const takibiDevice = {
  description: 'A card of a device: its keys, its name, and what kind it is of',
  fields: { key: 'str', transport_key: 'str', name: 'str', kind: 'str' },
  fixed: ['key'],
  rules: {
    key: hexOfBytes(32),
    transport_key: hexOfBytes(32),
    kind: oneOf('phone', 'tablet', 'laptop', 'desktop', 'paper', 'bot', 'other'),
  },
  rule: 'own',
} as const satisfies SystemSchemaText
