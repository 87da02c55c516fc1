/** The worker of rtc.spec.ts: takes channels over, as the engine does, and moves bytes when told. */
import { pattern, readInOrder } from '../adapters/channel/behaviours.ts'
import { takeOver, type TakenOver } from '../../src/adapters/web/rtc-handover.ts'
import type { Handover } from '../../src/adapters/web/rtc-handover.ts'

/** What the page asks of one channel, by its number. */
type Question = { readonly call: number; readonly channel: number; readonly what: string; readonly size: number }

const taken: { readonly line: RTCDataChannel | undefined; readonly over: TakenOver }[] = []

const answers: Record<string, (at: number, size: number) => Promise<unknown>> = {
  send: (at, size) => taken[at]!.over.channel.send(pattern(0, size)),
  read: (at, size) => readInOrder(taken[at]!.over.channel, size),
  exchange: async (at, size) => {
    const { channel } = taken[at]!.over
    const sending = channel.send(pattern(0, size))
    const read = await readInOrder(channel, size)
    await sending
    return read
  },
  /** Sends in pieces and answers the most that ever waited in the data channel. */
  peak: async (at, size) => {
    const { line, over } = taken[at]!
    let most = 0
    for (let sent = 0; sent < size; sent += 65_536) {
      const sending = over.channel.send(new Uint8Array(65_536))
      most = Math.max(most, line?.bufferedAmount ?? 0)
      await sending
    }
    return most
  },
  met: (at) => taken[at]!.over.met,
  close: async (at) => taken[at]!.over.channel.close(),
  closed: (at) => taken[at]!.over.channel.closed,
  /** The first channel after `at` that leads to somebody. */
  nextMet: (at) =>
    Promise.any(
      taken.slice(at + 1).map(async ({ over }, index) => {
        if (!(await over.met)) throw new Error('nobody')
        return at + 1 + index
      }),
    ),
}

addEventListener('message', ({ data }: MessageEvent<Handover | Question>) => {
  if ('port' in data) taken.push({ line: data.dataChannel, over: takeOver(data) })
  else
    void answers[data.what]!(data.channel, data.size).then(
      (value) => postMessage({ call: data.call, value }),
      (thrown: unknown) => postMessage({ call: data.call, value: thrown }),
    )
})
