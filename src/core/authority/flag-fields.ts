import type { Flag, Flags } from './entry.ts'

/** The switches, and the fields of a membership document that hold them (identity.md §2.1.3). */
export const fieldOfFlag: readonly (readonly [Flag, string])[] = [
  ['accepted', 'accepted'],
  ['authorise', 'can_authorise'],
  ['create', 'can_create'],
  ['update', 'can_update'],
  ['delete', 'can_delete'],
]

/** The fields of a membership document, by its switches. */
export const flagFields = (flags: Flags): Readonly<Record<string, boolean>> =>
  Object.fromEntries(fieldOfFlag.flatMap(([flag, name]) => (flags[flag] === undefined ? [] : [[name, flags[flag]]])))
