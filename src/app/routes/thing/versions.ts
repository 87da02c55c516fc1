import type { Change, OperationId, Values } from '../../../sdk/index.ts'
import type { Field } from '../../data/field-kind.ts'
import { isSameValues, storedNames, valuesOf } from '../../fields/stored-names.ts'

/** One of the values a field was given by changes that had not seen each other. */
export interface Version {
  readonly change: Change
  readonly values: Values
}
/** A field with more than one value at once. */
export interface Split {
  readonly field: Field
  readonly versions: readonly Version[]
}

const placedOf = (changes: readonly Change[]): readonly Change[] => changes.filter(({ isPending }) => !isPending)

/** The operations nothing builds on yet. More than one: the thing was changed in two ways at once. */
export const tipsOf = (changes: readonly Change[]): readonly OperationId[] => {
  const placed = placedOf(changes)
  const seen = new Set(placed.flatMap(({ previous }) => previous))
  return placed.map(({ operationId }) => operationId).filter((id) => !seen.has(id))
}

/** Everything each operation knew, itself included. */
const knownBy = (changes: readonly Change[]): ReadonlyMap<OperationId, ReadonlySet<OperationId>> => {
  const known = new Map<OperationId, ReadonlySet<OperationId>>()
  for (const { operationId, previous } of placedOf(changes)) {
    const all = new Set<OperationId>([operationId])
    for (const id of previous) for (const older of known.get(id) ?? []) all.add(older)
    known.set(operationId, all)
  }
  return known
}

/** Above this many operations since the branches parted nobody is asked: the sets would cost more than they tell. */
const mostChanges = 1_000

/**
 * The fields that were given different values by changes that had not seen each other and that nothing settled since. Equal values are
 * no split, and different fields changed apart are none either: they simply both hold.
 *
 * @param changes the history in causal order
 */
export const splitsOf = (fields: readonly Field[], changes: readonly Change[]): readonly Split[] => {
  const tips = tipsOf(changes)
  if (tips.length < 2 || changes.length > mostChanges) return []
  const known = knownBy(changes)
  const placed = placedOf(changes)
  return fields.flatMap((field): Split[] => {
    const names = storedNames(field)
    const writes = placed.filter((change) => names.some((name) => Object.hasOwn(change.fields, name)))
    const last = new Set(
      tips.flatMap((tip) => {
        const write = writes.findLast(({ operationId }) => known.get(tip)?.has(operationId) === true)
        return write === undefined ? [] : [write]
      }),
    )
    // A value that another of them had seen was changed on purpose.
    const apart = [...last].filter(
      (one) => ![...last].some((other) => other !== one && known.get(other.operationId)?.has(one.operationId) === true),
    )
    const versions = apart
      .toSorted((a, b) => placed.indexOf(b) - placed.indexOf(a))
      .map((change) => ({ change, values: valuesOf(field, change.fields) }))
      .filter(({ values }, at, all) => all.findIndex((other) => isSameValues(other.values, values)) === at)
    return versions.length < 2 ? [] : [{ field, versions }]
  })
}

/** The operations that were written without knowing some other that is neither before nor after them. */
export const unseenOf = (changes: readonly Change[]): ReadonlySet<OperationId> => {
  const placed = placedOf(changes)
  const parents = placed.flatMap(({ previous }) => previous)
  const isStraight = new Set(parents).size === parents.length && placed.every(({ previous }) => previous.length < 2)
  if (isStraight || placed.length > mostChanges) return new Set()
  const known = knownBy(changes)
  const isApart = (a: OperationId, b: OperationId): boolean =>
    known.get(a)?.has(b) !== true && known.get(b)?.has(a) !== true
  const ids = placed.map(({ operationId }) => operationId)
  return new Set(ids.filter((id) => ids.some((other) => other !== id && isApart(id, other))))
}
