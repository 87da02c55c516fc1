import { useEffect } from 'react'
import { useNode, useQuery } from '../../sdk/react/index.ts'
import { useSettings } from '../state/settings.ts'
import { isPeopleGroup } from './group-people.ts'
import { everything } from './use-persons.ts'
import { groupSchema } from './system-schemas.ts'

/** Says in every group that this device is there; nothing where its person does not want that. Draws nothing. */
export const SayInGroups = () => {
  const node = useNode()
  const isShown = useSettings((settings) => settings.presence)
  const { documents } = useQuery(groupSchema, everything)
  const groups = documents
    .filter(isPeopleGroup)
    .map(({ id }) => id)
    .join(' ')
  useEffect(() => {
    if (!isShown || groups === '') return
    const say = (state: { readonly state: string } | undefined): void => {
      // Where it cannot be said, others do not know it: nothing else depends on it.
      for (const group of groups.split(' ')) node.groups.sayPresence(group, state).catch(() => undefined)
    }
    say({ state: 'here' })
    return () => say(undefined)
  }, [node, groups, isShown])
  return null
}
