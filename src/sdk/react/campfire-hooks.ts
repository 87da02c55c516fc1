import { useMemo } from 'react'
import type { TalkState } from '../campfire-types.ts'
import type { DocumentLike } from '../takibi-node.ts'
import { useLiveView } from './hooks.ts'
import { useNode } from './node-context.tsx'

/** The talk of a group, in order, with what is new in it. Say something with `useNode().campfire.send(…)`. */
export function useTalk(group: DocumentLike): TalkState {
  const node = useNode()
  const id = typeof group === 'string' ? group : group.id
  return useLiveView(useMemo(() => node.campfire.talk(id), [node, id]))
}
