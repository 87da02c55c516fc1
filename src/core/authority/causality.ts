import type { OperationId } from '../ids.ts'
import type { MembershipDocument } from './control-set.ts'
import type { ControlEntry } from './entry.ts'

const previousOf = ({ operation }: ControlEntry): readonly OperationId[] =>
  operation.kind === 'membership-update' || operation.kind === 'membership-delete' ? operation.previous : []

/** What was said on a document after one of its operations and with knowledge of it (`≺`), over all entries known, dropped ones too. */
export function followersOf({ statements }: MembershipDocument, from: OperationId): ReadonlySet<OperationId> {
  const children = new Map<OperationId, OperationId[]>()
  for (const statement of statements)
    for (const id of previousOf(statement)) {
      const known = children.get(id)
      if (known === undefined) children.set(id, [statement.id])
      else known.push(statement.id)
    }
  const followers = new Set<OperationId>()
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const child of children.get(id) ?? [])
      if (!followers.has(child)) {
        followers.add(child)
        open.push(child)
      }
  return followers
}
