import { onTestFinished } from 'vitest'

/** Both ends of a channel that is closed when the test is over. */
export function aChannel(): readonly [MessagePort, MessagePort] {
  const { port1, port2 } = new MessageChannel()
  onTestFinished(() => {
    port1.close()
    port2.close()
  })
  return [port1, port2]
}
