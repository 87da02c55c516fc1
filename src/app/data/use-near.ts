import { useMemo } from 'react'
import type { DocumentId, PublicKey, Subject } from '../../sdk/index.ts'
import { useGroupPresence } from '../../sdk/react/index.ts'
import { subjectOfKey } from './group-people.ts'
import { useIsOwn } from './use-groups.ts'
import { isRecent, useMoment } from './use-present.ts'

/**
 * Who else of a group is within reach of this device and says so, directly or through its nodes and others: each once, with however many devices, in
 * one order. Who keeps to themselves that they are here is not among them, though they may be connected.
 */
export const useNear = (group: DocumentId, persons: ReadonlyMap<PublicKey, DocumentId>): readonly Subject[] => {
  const { present } = useGroupPresence(group)
  const isOwn = useIsOwn()
  const now = useMoment()
  const text = present
    .filter(isRecent(now))
    .map(({ publicKey }) => subjectOfKey(publicKey, persons))
    .filter((subject, at, all) => !isOwn(subject) && all.indexOf(subject) === at)
    .toSorted()
    .join(' ')
  // The same people are no news.
  return useMemo(() => (text === '' ? [] : (text.split(' ') as Subject[])), [text])
}
