import type { DocumentId } from '../../sdk/index.ts'
import { useDocument, useQuery } from '../../sdk/react/index.ts'
import { cardOf, type GroupCard } from './group-card.ts'
import { groupCardSchema } from './system-schemas.ts'

/** How a group looks; `undefined`: it is not here, or being read. */
export const useGroupCard = (id: DocumentId): GroupCard | undefined => {
  const { document } = useDocument(id)
  const cards = useQuery(groupCardSchema, { meta: { group: { eq: id } } })
  return document === undefined || cards.status === 'loading' ? undefined : cardOf(document, cards.documents)
}
