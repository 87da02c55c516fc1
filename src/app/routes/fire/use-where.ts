import { useEffect, useMemo, useState } from 'react'
import type { DocumentId, DocumentStatus, TalkMessage } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { useSync } from '../../data/use-sync.tsx'
import { type Where, whereSaid } from '../../data/where-said.ts'
import type { Talkers } from './talkers.ts'

const nothing: ReadonlyMap<DocumentId, DocumentStatus> = new Map()

/** Where one's own messages are by now. Asked again whenever somebody got something. */
export const useWhere = (
  shown: readonly TalkMessage[],
  { isOwn }: Pick<Talkers, 'isOwn'>,
): ReadonlyMap<DocumentId, Where> => {
  const node = useNode()
  const { nodes } = useSync()
  const [statuses, setStatuses] = useState(nothing)
  const own = shown
    .filter(({ publicKey }) => isOwn(publicKey))
    .map(({ id }) => id)
    .join()
  useEffect(() => {
    let isCurrent = true
    const ask = (): void =>
      void node.sync.withWhom(own === '' ? [] : own.split(',')).then(
        (found) => isCurrent && setStatuses(new Map(found.map((one) => [one.documentId, one]))),
        // A closed node answers nothing; what was known stays.
        () => undefined,
      )
    ask()
    const stop = node.sync.status().subscribe(ask)
    return () => {
      isCurrent = false
      stop()
    }
  }, [node, own])
  return useMemo(() => {
    const isNode = (key: string): boolean => nodes.some(({ publicKey }) => publicKey === key)
    return whereSaid(
      shown.map(({ id }) => id),
      statuses,
      isNode,
    )
  }, [shown, statuses, nodes])
}
