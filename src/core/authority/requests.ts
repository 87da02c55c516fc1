import type { DocumentId, OperationId } from '../ids.ts'
import type { ControlSet } from './control-set.ts'
import type { Subject } from './entry.ts'
import { type Ever, requestSubject } from './ever.ts'

/** Somebody who asks for a place, and whom nobody answered. */
export interface OpenRequest {
  readonly request: OperationId
  readonly subject: Subject
}

/** For whom places were asked in a group by requests that count (R4), answered or not. */
export const askersIn = (set: ControlSet, ever: Ever, group: DocumentId): ReadonlySet<Subject> =>
  new Set((set.groups.get(group)?.requests ?? []).flatMap(({ id }) => requestSubject(set, ever, id) ?? []))

/** Requests for a place in a group that count (R4), and that no membership answers, whoever wrote it. */
export function openRequests(set: ControlSet, ever: Ever, group: DocumentId): readonly OpenRequest[] {
  const record = set.groups.get(group)
  const answered = new Set(record?.documents.map(({ request }) => request))
  return (record?.requests ?? []).flatMap(({ id }): readonly OpenRequest[] => {
    const subject = answered.has(id) ? undefined : requestSubject(set, ever, id)
    return subject === undefined ? [] : [{ request: id, subject }]
  })
}
