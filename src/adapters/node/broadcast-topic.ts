import type { Broadcast } from '../../ports/broadcast.ts'

interface OnTopic {
  readonly topic: string
  readonly message: unknown
}

/** One of several lines of talk over one broadcast: hears what was said on the same topic, and nothing else. */
export const broadcastOn = (broadcast: Broadcast, topic: string): Broadcast => ({
  post: (message) => broadcast.post({ topic, message } satisfies OnTopic),
  subscribe: (listener) =>
    broadcast.subscribe((said) => {
      const heard = said as OnTopic
      if (heard.topic === topic) listener(heard.message)
    }),
})
