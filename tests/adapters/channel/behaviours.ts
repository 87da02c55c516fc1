import type { Channel } from '../../../src/ports/transport.ts'

/** What is watched of any two ends of one channel, in Node and in the browser alike. Nothing here knows a test framework. */
export type Pair = readonly [Channel, Channel]

/** Bytes that tell their place, so that a lost, doubled or moved one is seen. */
const patternAt = (at: number): number => (at ^ (at >> 8) ^ (at >> 16)) & 0xff
export const pattern = (from: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => patternAt(from + at))

async function sendAll(channel: Channel, sizes: readonly number[]): Promise<void> {
  let at = 0
  for (const size of sizes) {
    await channel.send(pattern(at, size))
    at += size
  }
}

/** Reads until `total` bytes came or the channel ended; answers how many came in their place. What follows can be read by a next call. */
export async function readInOrder(channel: Channel, total: number): Promise<number> {
  const reader = channel.received[Symbol.asyncIterator]()
  let at = 0
  while (at < total) {
    const { value, done } = await reader.next()
    if (done) break
    for (const byte of value) {
      if (byte !== patternAt(at)) return at
      at++
    }
  }
  return at
}

/** Sends in both directions at once and answers what came in order on each side. */
export async function carriesBothWays([a, b]: Pair, sizes: readonly number[]): Promise<readonly [number, number]> {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const [, , atA, atB] = await Promise.all([
    sendAll(a, sizes),
    sendAll(b, sizes),
    readInOrder(a, total),
    readInOrder(b, total),
  ])
  return [atA, atB]
}

/** Sends 64 KiB after 64 KiB while nobody reads; answers how many bytes were taken until one of them waited for half a second. */
export async function takesUnread(channel: Channel, upTo: number): Promise<number> {
  const piece = new Uint8Array(64 * 1024)
  for (let taken = 0; taken < upTo; taken += piece.length) {
    const sending = channel.send(piece).then(() => true)
    sending.catch(() => undefined)
    const standstill = new Promise<boolean>((resolve) => {
      setTimeout(() => resolve(false), 500)
    })
    if (!(await Promise.race([sending, standstill]))) return taken
  }
  return upTo
}

const outcome = (work: Promise<unknown>): Promise<string> =>
  Promise.race([
    work.then(
      () => 'done',
      () => 'rejected',
    ),
    new Promise<string>((resolve) => {
      setTimeout(() => resolve('still waiting'), 5000)
    }),
  ])

/** One side ends the channel; answers what each promise of both sides comes to. */
export async function endingOf([a, b]: Pair): Promise<Readonly<Record<string, string | number>>> {
  await a.send(pattern(0, 1000))
  const readBefore = await readInOrder(b, 1000)
  a.close()
  a.close()
  return {
    readBefore,
    closedHere: await outcome(a.closed),
    closedThere: await outcome(b.closed),
    sendHere: await outcome(a.send(pattern(0, 1))),
    sendThere: await outcome(b.send(pattern(0, 1))),
    readHere: await outcome(readInOrder(a, 1)),
  }
}

/** What `endingOf` answers where everything is as it should be. */
export const endedWell = {
  readBefore: 1000,
  closedHere: 'done',
  closedThere: 'done',
  sendHere: 'rejected',
  sendThere: 'rejected',
  readHere: 'done',
}
