import type { NodeInfo } from '../../sdk/index.ts'
import { useSpeech } from '../messages/messages.tsx'

/** How a node stands, in a sentence. */
export const useNodeState = (): ((node: NodeInfo) => string) => {
  const { t, format } = useSpeech()
  const say = t.sync.nodes
  return ({ state, isPaused, nextAt }) => {
    if (isPaused) return say.paused
    return state === 'waiting' || state === 'resting' ? say[state](format.time(nextAt ?? Date.now())) : say[state]
  }
}
