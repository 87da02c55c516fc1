import { useEffect, useMemo } from 'react'
import type { DocumentId, PublicKey } from '../../sdk/index.ts'
import { useNode, usePetnames, useQuery } from '../../sdk/react/index.ts'
import { cardsOf, claimsOf, sayOnceIn } from './claims.ts'
import { personCardSchema } from './system-schemas.ts'
import { useAnswer } from './use-answer.ts'
import type { ListedGroup } from './use-groups.ts'
import { useAskedPlaces } from './use-invites.ts'

/** What somebody calls themselves. */
export interface Claim {
  /** On one line, without disguises, of a bearable length. */
  readonly name: string
  /** My name for somebody else that it could be taken for: then it is shown with that, and without panda. */
  readonly notYours: string | undefined
}
export type Claims = ReadonlyMap<DocumentId, Claim>

const none: Claims = new Map()

/** What people call themselves in a group, by person; of those too whom one calls something oneself. */
export const useClaims = (group: DocumentId, persons: ReadonlyMap<PublicKey, DocumentId>): Claims => {
  const node = useNode()
  const { petnames } = usePetnames()
  const { documents } = useQuery(
    personCardSchema,
    useMemo(() => cardsOf(group), [group]),
  )
  const said = useMemo(() => claimsOf(documents, persons), [documents, persons])
  const { value } = useAnswer(async () => {
    const claims = [...said].map(async ([person, claimed]): Promise<readonly (readonly [DocumentId, Claim])[]> => {
      const shown = await node.identity.nameOf(person, { claimed })
      if (shown.kind !== 'claimed') return []
      const name = shown.text.slice(1)
      return [[person, { name, notYours: await node.identity.petnames.takenFor(person, name) }]]
    })
    return new Map((await Promise.all(claims)).flat())
  }, [node, said, petnames])
  return value ?? none
}

/** Groups in which it is being said just now: from one screen to the next it is not said twice. */
const saying = new Set<DocumentId>()

/** Who came in says what they were called when they asked for the place. */
export const useSayOnceIn = (group: Pick<ListedGroup, 'id' | 'own'> | undefined): void => {
  const node = useNode()
  const { asked } = useAskedPlaces()
  const id = group?.own?.isMember === true ? group.id : undefined
  const name = asked.find(({ place }) => place.link.group === id)?.place.name ?? ''
  useEffect(() => {
    // What a role does not allow, or is not here yet, is tried again the next time: the place stays until the group is opened from it.
    if (id === undefined || name === '' || saying.has(id)) return
    saying.add(id)
    void sayOnceIn(node, id, name)
      .catch(() => undefined)
      .finally(() => saying.delete(id))
  }, [node, id, name])
}
