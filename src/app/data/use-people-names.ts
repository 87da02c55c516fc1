import { useMemo } from 'react'
import type { DisplayName, Subject } from '../../sdk/index.ts'
import { useNode, usePetnames } from '../../sdk/react/index.ts'
import type { GroupMessages } from '../messages/groups.ts'
import { personOf } from './group-people.ts'
import { useAnswer } from './use-answer.ts'
import type { Claims } from './use-claims.ts'

/**
 * What to call subjects: persons as their petnames say, else as they call themselves, with a `~`, unless that could be taken for somebody else's petname;
 * else by a short name; bare keys by their first digits.
 */
export type NameOf = (subject: Subject) => string

const digits = 6

/** Names for these; until they are known, a person is called by nothing. @param claims what they call themselves where this is about */
export const usePeopleNames = (subjects: readonly Subject[], say: GroupMessages, claims?: Claims): NameOf => {
  const node = useNode()
  const { petnames } = usePetnames()
  const wanted = [...new Set(subjects)].toSorted().join()
  const { value: short } = useAnswer(async () => {
    const persons = wanted === '' ? [] : wanted.split(',').flatMap((subject) => personOf(subject as Subject) ?? [])
    const names = persons.map(async (person): Promise<readonly [string, DisplayName]> => [
      person,
      await node.identity.nameOf(person),
    ])
    return new Map(await Promise.all(names))
  }, [node, wanted])
  return useMemo(
    () =>
      (subject): string => {
        const person = personOf(subject)
        if (person === undefined) return say.key(subject.slice(2, 2 + digits))
        const claim = claims?.get(person)
        const claimed = claim === undefined || claim.notYours !== undefined ? undefined : `~${claim.name}`
        return petnames.get(person)?.name ?? claimed ?? short?.get(person)?.text ?? ''
      },
    [petnames, claims, short, say],
  )
}
