import { useMemo } from 'react'
import type { DocumentId, PublicKey, Subject, TalkMessage } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import type { Claims } from '../../data/use-claims.ts'
import { useIsOwn } from '../../data/use-groups.ts'
import { usePeopleNames } from '../../data/use-people-names.ts'
import { useFireWords } from '../../messages/fire.ts'
import { useGroupWords } from '../../messages/groups.ts'

/** Who stands behind the keys that talk. */
export interface Talkers {
  readonly isOwn: (publicKey: PublicKey) => boolean
  /** One's own name is "you". */
  readonly nameOf: (publicKey: PublicKey) => string
  /** What the panda is drawn from: the person, else the key. */
  readonly faceOf: (publicKey: PublicKey) => string
}

/** @param claims what people call themselves in the group @param persons whose devices keys are @param messages what they said */
export const useTalkers = (
  claims: Claims,
  persons: ReadonlyMap<PublicKey, DocumentId>,
  messages: readonly TalkMessage[],
): Talkers => {
  const say = useFireWords()
  const groupWords = useGroupWords()
  const { publicKey: ownKey } = useNode()
  const isOwnSubject = useIsOwn()
  const subjectOf = useMemo(
    () =>
      (key: PublicKey): Subject => {
        const person = persons.get(key)
        return person === undefined ? `k:${key}` : `g:${person}`
      },
    [persons],
  )
  const subjects = useMemo(() => {
    const keys = messages.flatMap(({ publicKey, reactions }) => [
      publicKey,
      ...reactions.flatMap(({ by }) => by.map((one) => one.publicKey)),
    ])
    return [...new Set(keys)].map(subjectOf)
  }, [messages, subjectOf])
  const nameOf = usePeopleNames(subjects, groupWords, claims)
  return useMemo((): Talkers => {
    const isOwn = (key: PublicKey): boolean => key === ownKey || isOwnSubject(subjectOf(key))
    return {
      isOwn,
      nameOf: (key) => (isOwn(key) ? say.you : nameOf(subjectOf(key)) || say.somebody),
      faceOf: (key) => subjectOf(key).slice(2),
    }
  }, [ownKey, isOwnSubject, subjectOf, nameOf, say])
}
