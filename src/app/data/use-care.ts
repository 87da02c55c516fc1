import type { DocumentId, PublicKey } from '../../sdk/index.ts'
import { useNode, useQuery } from '../../sdk/react/index.ts'
import { type CareEvent, careOf, readControl } from './group-care.ts'
import { limitSchema } from './system-schemas.ts'
import { useAnswer } from './use-answer.ts'
import type { ListedGroup } from './use-groups.ts'

/** What was done about the members and roles of a group; `undefined` until it was read. */
export const useCare = (
  group: ListedGroup | undefined,
  persons: ReadonlyMap<PublicKey, DocumentId>,
): { readonly events: readonly CareEvent[]; readonly documents: number } | undefined => {
  const node = useNode()
  const limits = useQuery(limitSchema, { first: 1_000 }).documents
  const { id, summary } = group ?? {}
  return useAnswer(async () => {
    if (id === undefined) return undefined
    const histories = await readControl(node, id)
    return { events: careOf(id, histories, persons), documents: histories.length }
    // A summary is a new one whenever anything was said about members.
  }, [node, id, summary, persons, limits]).value
}
