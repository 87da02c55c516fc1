import { useEffect, useMemo, useState } from 'react'
import type { PresentPeer } from '../../sdk/index.ts'
import { useNode, usePresence } from '../../sdk/react/index.ts'
import type { Collection } from './collection.ts'
import { useSync } from './use-sync.tsx'

/** Who has said nothing for so long has gone. */
const goneMs = 60_000
const lookEveryMs = 10_000
/** Whether what was said counts still. */
export const isRecent =
  (now: number) =>
  ({ at }: Pick<PresentPeer, 'at'>): boolean =>
    now - at < goneMs + lookEveryMs

/** Somebody who is here now: connected with this device, or heard of through those who are. */
export interface Present {
  readonly publicKey: PresentPeer['publicKey']
  /** What they share with this device, by first version. */
  readonly schemaIds: readonly string[]
  readonly isConnected: boolean
  /** What they said last of what they do; nothing where they keep it to themselves. */
  readonly doing?: Pick<PresentPeer, 'state' | 'document' | 'field'>
}

/** The time, every few seconds: people leave without a word. */
export const useMoment = (): number => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), lookEveryMs)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** Other people's devices that are here, in one order. Nodes are always here, and not among them. */
export const usePresent = (): readonly Present[] => {
  const node = useNode()
  const { shared, peers, nodes } = useSync()
  const { present } = usePresence()
  const now = useMoment()
  return useMemo(() => {
    const heard = present.filter(isRecent(now)).toSorted((a, b) => b.at - a.at)
    const connected = peers.flatMap(({ state, publicKey }) =>
      state === 'ready' && publicKey !== undefined ? [publicKey] : [],
    )
    const keys = [...new Set([...connected, ...heard.map(({ publicKey }) => publicKey)])]
    const isOther = (key: string): boolean =>
      key !== node.publicKey && !nodes.some(({ publicKey }) => publicKey === key)
    return keys
      .filter(isOther)
      .toSorted()
      .map((publicKey): Present => {
        const words = heard.filter((one) => one.publicKey === publicKey)
        const doing = words.find(({ document }) => document !== undefined) ?? words[0]
        const schemaIds = shared.flatMap(({ scope }) =>
          words.some((one) => one.scope === scope.scope) || scope.peers.some((one) => one.publicKey === publicKey)
            ? [scope.schemaId]
            : [],
        )
        return { publicKey, schemaIds, isConnected: connected.includes(publicKey), ...(doing ? { doing } : {}) }
      })
  }, [node, shared, peers, nodes, present, now])
}

/** Those who are here in a collection. */
export const usePresentIn = (collection: Collection): readonly Present[] =>
  usePresent().filter(({ schemaIds }) => collection.versions.some(({ id }) => schemaIds.includes(id)))
