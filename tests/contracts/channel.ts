import { describe, expect, test } from 'vitest'
import type { Channel } from '../../src/ports/transport.ts'

/** Two ends of one connection, as they are once it stands. */
export interface ChannelPair extends AsyncDisposable {
  readonly ends: readonly [Channel, Channel]
}

const bytesOf = (length: number, from = 0): Uint8Array => Uint8Array.from({ length }, (_, n) => (from + n) % 251)

/** Reads until so many bytes are there, or the channel is gone. */
const take = async (source: AsyncIterator<Uint8Array>, length: number): Promise<Uint8Array> => {
  const bytes: number[] = []
  while (bytes.length < length) {
    const { value, done } = await source.next()
    if (done) break
    bytes.push(...value)
  }
  return Uint8Array.from(bytes)
}
const readerOf = (channel: Channel): AsyncIterator<Uint8Array> => channel.received[Symbol.asyncIterator]()

/** What every channel promises, whatever carries it (docs/spec.md, T). */
export const channelContract = (adapter: string, open: () => Promise<ChannelPair>): void => {
  describe(`the channel over ${adapter}`, () => {
    test('[T1] bytes arrive as they were sent, in their order, both ways at once', async () => {
      await using pair = await open()
      const [a, b] = pair.ends
      const [fromA, fromB] = [readerOf(b), readerOf(a)]
      const sizes = [1, 3, 5_000, 1, 70_000, 2]
      const sendAll = async (channel: Channel): Promise<void> => {
        for (const [n, size] of sizes.entries()) await channel.send(bytesOf(size, n))
      }
      const whole = Uint8Array.from(sizes.flatMap((size, n) => [...bytesOf(size, n)]))
      const [gotA, gotB] = await Promise.all([
        take(fromA, whole.length),
        take(fromB, whole.length),
        sendAll(a),
        sendAll(b),
      ])
      expect(gotA).toEqual(whole)
      expect(gotB).toEqual(whole)
    })

    test('[T1] what is sent is what it was when it was sent', async () => {
      await using pair = await open()
      const [a, b] = pair.ends
      const bytes = bytesOf(10)
      const sending = a.send(bytes)
      bytes.fill(0)
      expect(await take(readerOf(b), 10)).toEqual(bytesOf(10))
      await sending
    })

    test('[T1] much can be sent to who reads slowly', async () => {
      await using pair = await open()
      const [a, b] = pair.ends
      const sending = (async () => {
        for (let n = 0; n < 40; n++) await a.send(bytesOf(32_768, n))
      })()
      const reader = readerOf(b)
      let length = 0
      while (length < 40 * 32_768) {
        length += (await reader.next()).value?.length ?? 0
        await Promise.resolve()
      }
      await sending
      expect(length).toBe(40 * 32_768)
    })

    test('[T2] either end ends it for both, and may do so again', async () => {
      for (const which of [0, 1] as const) {
        await using pair = await open()
        const [a, b] = pair.ends
        const readers = [readerOf(a), readerOf(b)]
        const reading = readers.map((reader) => reader.next())
        pair.ends[which].close()
        await Promise.all([a.closed, b.closed])
        pair.ends[which].close()
        expect(await Promise.all(reading)).toEqual([
          { value: undefined, done: true },
          { value: undefined, done: true },
        ])
        await expect(a.send(bytesOf(1))).rejects.toBeDefined()
        await expect(b.send(bytesOf(1))).rejects.toBeDefined()
      }
    })

    test('[T2] who waits for room hears that the channel is gone', async () => {
      await using pair = await open()
      const [a, b] = pair.ends
      const sending = (async () => {
        for (;;) await a.send(bytesOf(65_536))
      })()
      sending.catch(() => undefined)
      await readerOf(b).next()
      b.close()
      await expect(sending).rejects.toBeDefined()
    })
  })
}
