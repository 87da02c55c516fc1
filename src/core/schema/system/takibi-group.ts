import type { SystemSchemaText } from './define.ts'
import { atLeast } from './define.ts'

/** What members see of their group (decisions.md 22). `keep_days` or `keep_until` (seconds): how long new messages last; neither: for ever. */
export const takibiGroup = {
  description: 'A group as its members see it: name, what it is about, colour, letter, and how long messages last',
  fields: {
    name: 'str',
    about: 'str',
    colour: 'str',
    letter: 'str',
    'keep_days?': 'int',
    'keep_until?': 'int',
  },
  rules: { keep_days: atLeast(1n), keep_until: atLeast(0n) },
  rule: 'keeper',
} as const satisfies SystemSchemaText
