import type { Broadcast } from '../../ports/index.ts'

/** A BroadcastChannel: all engines of this origin that use the same name hear each other. */
export function openWebBroadcast(name: string): Broadcast & Disposable {
  const channel = new BroadcastChannel(name)
  return {
    post: (message) => channel.postMessage(message),
    subscribe: (listener) => {
      const hear = (event: MessageEvent<unknown>): void => listener(event.data)
      channel.addEventListener('message', hear)
      return () => channel.removeEventListener('message', hear)
    },
    [Symbol.dispose]: () => channel.close(),
  }
}
