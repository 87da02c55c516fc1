import { listChanges } from '../core/document/changes.ts'
import type { DocumentOperation, ReduceOptions } from '../core/document/reduce.ts'
import { documentViewId } from '../core/document/view-id.ts'
import { fieldsToValues } from '../core/operation/values.ts'
import type { StoredDocument } from '../ports/store.ts'
import type { Change } from './api.ts'
import type { Judge } from './authority/standing.ts'
import type { ReadDocument, StoredOperation } from './stored-document.ts'

/**
 * Every operation of a document in causal order, those that wait for one of their previous last, in order of arrival. An operation whose payload was
 * dropped keeps its place and shows no fields. None where its CREATE has no effect.
 * One whose writer was not allowed to keeps its place too, and says why.
 *
 * @param typed the same operations with their fields as the schema reads them
 */
export const changesOf = (
  stored: StoredDocument,
  read: ReadDocument,
  typed: readonly DocumentOperation[],
  judge: Judge,
  family: ReduceOptions,
): readonly Change[] => {
  const told = listChanges(typed, family)
  if (!told.ok) return []
  const arrivals = new Map(read.operations.map(({ id }, position) => [id, position]))
  const arrivalOf = ({ id }: DocumentOperation): number => arrivals.get(id) ?? -1
  const placed = told.value.filter(({ isPending }) => !isPending)
  const waiting = told.value.filter(({ isPending }) => isPending).sort((a, b) => arrivalOf(a) - arrivalOf(b))
  return [...placed, ...waiting].flatMap((change) => {
    const item = stored.items[arrivalOf(change)]
    const operationRead = read.operations[arrivalOf(change)]
    if (!item || !operationRead) return []
    const { entry } = operationRead
    const refusal = judge(operationRead)
    const { id, operation, fields, before, isPending } = change
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
        fields: fieldsToValues(fields),
        before: fieldsToValues(before),
        // Whatever it knew lies behind it, so it is the only tip of it.
        viewId: documentViewId([id]),
        receivedAt: item.receivedAt,
        origin: item.origin,
        isPending,
        ...(refusal && { refusal }),
        ...closedIn(operationRead),
      },
    ]
  })
}

/** Why a sealed operation says nothing, if it does not. */
function closedIn({ inside }: StoredOperation): Pick<Change, 'closed'> {
  if (inside === undefined || inside === 'locked') return inside ? { closed: inside } : {}
  return 'fault' in inside ? { closed: inside.fault.code } : {}
}
