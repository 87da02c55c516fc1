import { useMemo } from 'react'
import type { DocumentId, PublicKey } from '../../sdk/index.ts'
import { useQuery } from '../../sdk/react/index.ts'
import { personsByKey } from './group-people.ts'
import { groupSchema, membershipSchema, requestSchema } from './system-schemas.ts'

/** So many groups, requests and memberships are looked at. */
export const everything = { orderBy: ['CREATED_AT'], first: 1_000 } as const

/** Whose devices keys are, as far as this device knows. */
export const usePersons = (): ReadonlyMap<PublicKey, DocumentId> => {
  const { documents: groups } = useQuery(groupSchema, everything)
  const { documents: requests } = useQuery(requestSchema, everything)
  const { documents: memberships } = useQuery(membershipSchema, everything)
  return useMemo(() => personsByKey({ groups, requests, memberships }), [groups, requests, memberships])
}
