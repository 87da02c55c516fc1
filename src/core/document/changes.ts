import type { OperationId } from '../ids.ts'
import type { FieldValue, Fields } from '../operation/operation.ts'
import { type Result, fail, ok } from '../result.ts'
import { sortOperations } from './graph.ts'
import { fieldsInEffect, toNodes } from './reduce.ts'
import type { DocumentOperation, ReduceFailure, ReduceOptions } from './reduce.ts'

/** One operation in the life of a document. */
export interface OperationChange extends DocumentOperation {
  /** What it set. */
  readonly fields: Fields
  /** What its writer saw there: of an UPDATE the fields it sets, of a DELETE all. */
  readonly before: Fields
  /** It waits for something before it; `before` is not known. */
  readonly isPending: boolean
}

/** Which operation set each field last, by its place in the order. */
type Setters = Map<string, number>

/**
 * The history of a document: its operations in causal order, then the pending ones, each with what stood there before it. *Before* means among
 * its ancestors, so that two people who changed the same thing apart both appear to have changed what they saw.
 *
 * The order of the ancestors alone is the order of all with the others left out (an edge into an ancestor comes from an ancestor), so the last
 * setter among them is simply the one placed last.
 *
 * @returns the changes, or `document/create-missing`.
 */
export function listChanges(
  operations: readonly DocumentOperation[],
  { isSameFamily = () => false }: ReduceOptions = {},
): Result<readonly OperationChange[], ReduceFailure> {
  const byId = new Map(operations.map((operation) => [operation.id, operation]))
  const create = operations.find(({ operation }) => operation.action === 'create')
  if (create === undefined) return fail({ code: 'document/create-missing' })
  const { sorted, pending } = sortOperations(toNodes(byId.values()))
  const followersLeft = countFollowers(byId, sorted)
  const settersAfter = new Map<OperationId, Setters>()
  const effects: Fields[] = []

  const changes: OperationChange[] = []
  for (const [place, id] of sorted.entries()) {
    const operation = byId.get(id) as DocumentOperation
    const { action, previous = [] } = operation.operation
    const fields = fieldsInEffect(operation.operation, create.operation.schemaId, isSameFamily)
    effects.push(fields)

    const seen = previous.map((before) => settersAfter.get(before) ?? new Map<string, number>())
    const names = action === 'delete' ? new Set(seen.flatMap((setters) => [...setters.keys()])) : Object.keys(fields)
    changes.push({ ...operation, fields, before: valuesOf(names, seen, effects), isPending: false })

    const [first] = previous
    const isFirstDone = first !== undefined && followersLeft.get(first) === 1
    for (const before of previous) {
      const left = (followersLeft.get(before) ?? 0) - 1
      followersLeft.set(before, left)
      if (left === 0) settersAfter.delete(before)
    }
    if (!followersLeft.has(id)) continue
    // A chain hands one map on; only branches copy theirs.
    const setters = isFirstDone ? (seen[0] as Setters) : new Map(seen[0])
    for (const others of seen.slice(1))
      for (const [name, at] of others) if (at > (setters.get(name) ?? -1)) setters.set(name, at)
    for (const name of Object.keys(fields)) setters.set(name, place)
    settersAfter.set(id, setters)
  }
  for (const id of pending) {
    const operation = byId.get(id) as DocumentOperation
    const fields = fieldsInEffect(operation.operation, create.operation.schemaId, isSameFamily)
    changes.push({ ...operation, fields, before: {}, isPending: true })
  }
  return ok(changes)
}

/** How many sorted operations follow each; absent where none does. */
function countFollowers(
  byId: ReadonlyMap<OperationId, DocumentOperation>,
  sorted: readonly OperationId[],
): Map<OperationId, number> {
  const counts = new Map<OperationId, number>()
  for (const id of sorted)
    for (const before of byId.get(id)?.operation.previous ?? []) counts.set(before, (counts.get(before) ?? 0) + 1)
  return counts
}

/** The values that these fields have where all of `seen` come together. */
function valuesOf(names: Iterable<string>, seen: readonly Setters[], effects: readonly Fields[]): Fields {
  const values: [string, FieldValue][] = []
  for (const name of names) {
    const at = Math.max(-1, ...seen.map((setters) => setters.get(name) ?? -1))
    const value = effects[at]?.[name]
    if (value !== undefined) values.push([name, value])
  }
  return Object.fromEntries(values)
}
