import { sortOperations } from '../core/document/graph.ts'
import { type DocumentOperation, toNodes } from '../core/document/reduce.ts'
import { documentViewId } from '../core/document/view-id.ts'
import type { OperationId } from '../core/ids.ts'
import type { FieldValue, Fields } from '../core/operation/operation.ts'
import { fieldsToValues } from '../core/operation/values.ts'
import type { StoredDocument } from '../ports/store.ts'
import type { Change } from './api.ts'
import type { ReadDocument } from './stored-document.ts'

/** Who set a field last, as far as some operation knew: `at` is the position in causal order. */
interface Write {
  readonly at: number
  readonly value: FieldValue
}
type State = Map<string, Write>

/**
 * For each operation, what stood in the fields it set before it: the last writes among everything it knew.
 *
 * What an operation knew is closed under `previous`, and the causal order of such a part is the causal order of the whole, restricted to it.
 * So states need no sorting of their own: where several meet, per field the later write in the whole order wins. A state is handed on and
 * changed in place where nobody else needs it, so that a long history holds one.
 */
export const valuesBefore = (
  operations: ReadonlyMap<OperationId, DocumentOperation>,
  sorted: readonly OperationId[],
): ReadonlyMap<OperationId, Fields> => {
  const uses = new Map<OperationId, number>()
  for (const id of sorted)
    for (const previous of operations.get(id)?.operation.previous ?? [])
      uses.set(previous, (uses.get(previous) ?? 0) + 1)

  const states = new Map<OperationId, State>()
  const take = (id: OperationId): State => {
    const state = states.get(id) ?? new Map<string, Write>()
    const left = (uses.get(id) ?? 1) - 1
    uses.set(id, left)
    if (left > 0) return new Map(state)
    states.delete(id)
    return state
  }

  const before = new Map<OperationId, Fields>()
  for (const [at, id] of sorted.entries()) {
    const { previous = [], fields = {} } = operations.get(id)?.operation ?? {}
    const [first, ...others] = previous
    const state: State = first === undefined ? new Map() : take(first)
    for (const other of others)
      for (const [name, write] of take(other)) if (write.at > (state.get(name)?.at ?? -1)) state.set(name, write)
    const stood: [string, FieldValue][] = []
    for (const [name, value] of Object.entries(fields)) {
      const write = state.get(name)
      if (write) stood.push([name, write.value])
      state.set(name, { at, value })
    }
    before.set(id, Object.fromEntries(stood))
    if ((uses.get(id) ?? 0) > 0) states.set(id, state)
  }
  return before
}

/**
 * Every operation of a document in causal order, those that wait for one of their previous last, in order of arrival. An operation whose payload was
 * dropped keeps its place and shows no fields.
 *
 * @param typed the same operations with their fields as the schema reads them
 */
export const changesOf = (
  stored: StoredDocument,
  read: ReadDocument,
  typed: readonly DocumentOperation[],
): readonly Change[] => {
  const byId = new Map(typed.map((operation) => [operation.id, operation]))
  const { sorted } = sortOperations(toNodes(typed))
  const before = valuesBefore(byId, sorted)
  const arrivals = new Map(read.operations.map(({ id }, position) => [id, position]))
  const placed = new Set(sorted)
  const waiting = read.operations.map(({ id }) => id).filter((id) => !placed.has(id))
  return [...sorted, ...waiting].flatMap((id) => {
    const position = arrivals.get(id) ?? -1
    const item = stored.items[position]
    const entry = read.operations[position]?.entry
    const operation = byId.get(id)?.operation
    if (!item || !entry || !operation) return []
    const { publicKey, logId, seqNum } = entry
    return [
      {
        operationId: id,
        action: operation.action,
        publicKey,
        logId,
        seqNum,
        previous: operation.previous ?? [],
        schemaId: operation.schemaId,
        fields: fieldsToValues(operation.fields ?? {}),
        before: fieldsToValues(before.get(id) ?? {}),
        // Whatever it knew lies behind it, so it is the only tip of it.
        viewId: documentViewId([id]),
        receivedAt: item.receivedAt,
        origin: item.origin,
        isPending: !placed.has(id),
      },
    ]
  })
}
