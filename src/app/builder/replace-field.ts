import { fieldNameFor } from '../data/definition.ts'
import { type Field, storedTypes } from '../data/field-kind.ts'

const isStoredAlike = (a: Field, b: Field): boolean => JSON.stringify(storedTypes(a)) === JSON.stringify(storedTypes(b))

/**
 * The fields after somebody edited one, or added one (`before` absent).
 *
 * A stored field whose kind now asks for another type becomes a new field: things keep the old one, hidden, and new things have the new
 * one. So no name ever stands for two types, in any version.
 */
export const replaceField = (
  fields: readonly Field[],
  saved: readonly Field[],
  before: Field | undefined,
  after: Field,
): readonly Field[] => {
  const taken = [...fields, ...saved].map(({ name }) => name)
  if (before === undefined) {
    const firstRemoved = fields.findIndex(({ isRemoved }) => isRemoved)
    const added = { ...after, name: fieldNameFor(after.label, taken) }
    return fields.toSpliced(firstRemoved < 0 ? fields.length : firstRemoved, 0, added)
  }
  const stored = saved.find(({ name }) => name === before.name)
  if (stored === undefined || isStoredAlike(stored, after))
    return fields.map((field) => (field === before ? { ...after, name: before.name } : field))
  return [
    ...fields.map((field) => (field === before ? { ...after, name: fieldNameFor(after.label, taken) } : field)),
    { ...stored, isRemoved: true },
  ]
}
