import { usePerson, usePetnames } from '../../sdk/react/index.ts'
import { useOwnFace } from '../panda/own-panda.tsx'
import { type Identity, mine, useIdentities } from '../state/identities.ts'

/** Who this tab is: as the list says until its node was read, which may know a newer face and name. `undefined` while it has no face yet. */
export const useOwnIdentity = (): Identity | undefined => {
  const face = useOwnFace()
  const { status, person } = usePerson()
  const names = usePetnames()
  const { all } = useIdentities()
  const known = all.find(({ name }) => name === mine.name) ?? mine
  if (status !== 'ready' || names.status !== 'ready' || face === undefined)
    return known.face === undefined ? undefined : known
  // Until somebody wrote as it, it is called as it was begun.
  if (known.isNew === true || person === undefined) return { ...known, face }
  const called = names.petnames.get(person.id)?.name
  const { called: _, ...rest } = known
  return { ...rest, face, ...(called !== undefined && { called }) }
}
