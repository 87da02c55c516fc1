import { useMemo } from 'react'
import type { DisplayName, Subject } from '../../sdk/index.ts'
import { useNode, usePetnames } from '../../sdk/react/index.ts'
import type { GroupMessages } from '../messages/groups.ts'
import { personOf } from './group-people.ts'
import { useAnswer } from './use-answer.ts'

/** What to call subjects: persons as their petnames say, else by a short name; bare keys by their first digits. */
export type NameOf = (subject: Subject) => string

const digits = 6

/** Names for these; until they are known, a person is called by nothing. */
export const usePeopleNames = (subjects: readonly Subject[], say: GroupMessages): NameOf => {
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
        return petnames.get(person)?.name ?? short?.get(person)?.text ?? ''
      },
    [petnames, short, say],
  )
}
