import { type Field, placeParts, storedTypes } from '../data/field-kind.ts'
import type { KnownSchema, Value, Values } from '../../sdk/index.ts'

/** The names in the schema that hold this field: a place has three, all others one. */
export const storedNames = (field: Pick<Field, 'name' | 'kind'>): readonly string[] =>
  field.kind === 'place' ? Object.values(placeParts(field.name)) : [field.name]

/** What of some values belongs to this field. */
export const valuesOf = (field: Pick<Field, 'name' | 'kind'>, values: Values): Values =>
  Object.fromEntries(
    storedNames(field).flatMap((name) => (Object.hasOwn(values, name) ? [[name, values[name]!] as const] : [])),
  )

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, at) => item === b[at])

/** Whether two values say the same; an int may be a number here and a bigint there. */
export const isSameValue = (a: Value | undefined, b: Value | undefined): boolean => {
  if (Array.isArray(a) && Array.isArray(b)) return isSameList(a as readonly string[], b as readonly string[])
  if (a instanceof Uint8Array && b instanceof Uint8Array) return isSameList([...a], [...b])
  if (typeof a === 'bigint' || typeof b === 'bigint') return String(a) === String(b)
  return Object.is(a, b)
}

export const isSameValues = (a: Values, b: Values): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => isSameValue(a[name], b[name]))

/** Whether things made with this version of the collection can hold the field. */
export const isStoredIn = (field: Field, schema: KnownSchema): boolean => {
  const has = new Map(schema.fields.map(({ name, kind }) => [name, kind as string]))
  const types = Object.entries(storedTypes(field))
  return types.length > 0 && types.every(([name, type]) => type.split('(', 1)[0] === has.get(name))
}
