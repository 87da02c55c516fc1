import { anything, assert, json, oneof, property, string, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { memoryClock } from '../../../src/adapters/memory/memory-clock.ts'
import { nostrRelay } from '../../../src/adapters/web/relays/nostr-relay.ts'

/** The sockets that a relay's address opened, as the browser would: told by hand what happens to them. */
const aSocketMaker = () => {
  const made: {
    readonly sent: string[]
    readonly isClosed: () => boolean
    readonly tell: (type: string, data?: unknown) => void
  }[] = []
  const connect = () => {
    const listeners: [string, (event: object) => void][] = []
    const sent: string[] = []
    let isClosed = false
    made.push({
      sent,
      isClosed: () => isClosed,
      tell: (type, data) => {
        for (const [name, listener] of listeners) if (name === type) listener({ data })
      },
    })
    return {
      send: (text: string) => void sent.push(text),
      close: () => {
        isClosed = true
      },
      addEventListener: (type: string, listener: (event: object) => void) => void listeners.push([type, listener]),
    }
  }
  return { made, connect }
}

const aRelay = () => {
  const clock = memoryClock()
  const { made, connect } = aSocketMaker()
  const lines: boolean[] = []
  const relay = nostrRelay({ connect, kindOf: () => 20_001, clock, onLine: (isOpen) => lines.push(isOpen) })
  const last = () => {
    const socket = made.at(-1)
    if (!socket) throw new Error('nothing was dialled')
    return socket
  }
  return { clock, made, relay, last, lines }
}
/** Lets what follows from it happen. */
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))
const event = (topic: string, content: unknown): string =>
  JSON.stringify(['EVENT', topic, { content, tags: [['x', topic]], kind: 20_001 }])

test('[V4] what is listened to is asked for when the line is there, and again after it was lost', async () => {
  const { clock, made, relay, last, lines } = aRelay()
  const heard: string[] = []
  relay.listen('topic', (content) => heard.push(content))
  expect(last().sent).toEqual([])
  last().tell('open')
  const asked = JSON.stringify(['REQ', 'topic', { kinds: [20_001], '#x': ['topic'] }])
  expect(last().sent).toEqual([asked])
  last().tell('message', event('topic', 'one'))

  last().tell('close')
  relay.publish('is dropped')
  await settled()
  await clock.advance(1_999)
  expect(made).toHaveLength(1)
  await clock.advance(1)
  expect(made).toHaveLength(2)
  last().tell('open')
  expect(last().sent).toEqual([asked])
  last().tell('message', event('topic', 'two'))
  expect(heard).toEqual(['one', 'two'])
  expect(lines).toEqual([true, false, true])
})

test('[V4] a relay that is not there is tried again with growing pauses, and not once it was closed', async () => {
  const { clock, made, relay, last } = aRelay()
  const opened = relay.opened()
  for (const pause of [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]) {
    last().tell('error')
    await settled()
    await clock.advance(pause - 1)
    const before = made.length
    await clock.advance(1)
    expect(made).toHaveLength(before + 1)
  }
  relay.close()
  expect(await opened).toBe(false)
  expect(last().isClosed()).toBe(true)
  const before = made.length
  await clock.advance(600_000)
  expect(made).toHaveLength(before)
})

test('[V7] whatever a relay says, only the content of events that were asked for is heard', () => {
  const { relay, last } = aRelay()
  const heard: string[] = []
  relay.listen('topic', (content) => heard.push(content))
  last().tell('open')
  const hostile = oneof(
    string(),
    json(),
    uint8Array(),
    anything().map((content) => event('topic', typeof content === 'string' ? 7 : content)),
    string().map((content) => event('another', content)),
  )
  assert(property(hostile, (said) => last().tell('message', said)))
  expect(heard).toEqual([])
  last().tell('message', event('topic', 'x'.repeat(65_536)))
  expect(heard).toEqual([])
  last().tell('message', event('topic', 'an offer'))
  expect(heard).toEqual(['an offer'])
})
