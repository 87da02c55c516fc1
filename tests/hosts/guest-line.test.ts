import { expect, onTestFinished, test } from 'vitest'
import { webClock } from '../../src/adapters/web/web-clock.ts'
import type { PublicKey } from '../../src/core/ids.ts'
import { guestLine } from '../../src/hosts/page/guest-line.ts'

const transportKey = 'ab'.repeat(32) as PublicKey

/** The numbers of the channels that a guest's words had made on its connection, as the side that begins or the other. */
const aGuest = (isFirst: boolean) => {
  const made: number[] = []
  const said: object[] = []
  const createDataChannel = (_: string, { id }: RTCDataChannelInit): RTCDataChannel => {
    made.push(id ?? -1)
    const line = new EventTarget()
    return Object.assign(line, {
      readyState: 'connecting',
      bufferedAmount: 0,
      close: () => undefined,
    }) as unknown as RTCDataChannel
  }
  const line = guestLine({
    guest: {
      id: 'guest',
      connection: { createDataChannel } as unknown as RTCPeerConnection,
      greeting: transportKey,
      isFirst,
    },
    transportKey,
    // The engine's side of the port is of no interest here.
    post: ({ port }) => onTestFinished(() => port.close()),
    say: (word) => said.push(word),
    isTaken: async () => false,
    take: () => () => undefined,
    clock: webClock,
  })
  onTestFinished(line.end)
  return { line, made, said }
}

test('[V7] a guest has one channel made at a time, of growing number within bounds, and none by nonsense', () => {
  const { line, made, said } = aGuest(false)
  for (const word of [
    null,
    7,
    'open',
    [],
    {},
    { open: 'x' },
    { open: 1.5 },
    { open: -1 },
    { open: 1_001 },
    { open: Number.NaN },
  ])
    line.hear(word)
  expect(made).toEqual([])
  line.hear({ open: 100 })
  line.hear({ open: 100 })
  line.hear({ open: 99 })
  line.hear({ open: 107 })
  expect(made).toEqual([100, 107])
  expect(said).toEqual([{ opened: 100 }, { opened: 107 }])
  line.end()
  line.hear({ open: 108 })
  expect(made).toEqual([100, 107])
})

test('[V7] the side that begins makes the first channel, and none that the other asks for', async () => {
  const { line, made, said } = aGuest(true)
  await expect.poll(() => said).toEqual([{ open: 100 }])
  line.hear({ open: 101 })
  expect(made).toEqual([100])
})
