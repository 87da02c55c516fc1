import { expect, test, type Plain } from './plain-page.ts'
import { highestHeap } from './heap.ts'

const megabyte = 1_000_000

test('a file of 100 MB goes in and comes out as it was, in less than 300 MB of memory', async ({
  context,
  plainPage,
}) => {
  test.setTimeout(240_000)
  const page = await plainPage(context)
  await page.evaluate(async () => {
    const plain = globalThis as unknown as Plain
    Object.assign(globalThis, { node: await plain.openNode({ name: 'files' }) })
  })

  let sums: readonly [string, string] = ['', 'never']
  const highest = await highestHeap(context, page, async () => {
    sums = await page.evaluate(async (chunkLength) => {
      const { node } = globalThis as unknown as Plain
      const chunks = 100
      /** A hash over hashes, so that a file of any size is compared piece by piece. */
      const summed = async (sum: Uint8Array, chunk: Uint8Array): Promise<Uint8Array> => {
        const both = new Uint8Array(sum.length + chunk.length)
        both.set(sum)
        both.set(chunk, sum.length)
        return new Uint8Array(await crypto.subtle.digest('SHA-256', both))
      }
      let sent = new Uint8Array()
      async function* bytes(): AsyncIterable<Uint8Array> {
        for (let n = 0; n < chunks; n++) {
          const chunk = new Uint8Array(chunkLength)
          // As many random bytes as the browser gives at once, spread; the rest says where it is.
          crypto.getRandomValues(chunk.subarray(0, 65_536))
          for (let at = 65_536; at < chunkLength; at += 1) chunk[at] = (at * (n + 1)) >>> 8
          sent = (await summed(sent, chunk)) as Uint8Array<ArrayBuffer>
          yield chunk
        }
      }
      const id = await node.blobs.put(bytes(), { mimeType: 'video/mp4', length: chunks * chunkLength })
      let got = new Uint8Array()
      let chunk = new Uint8Array(chunkLength)
      let filled = 0
      for await (const piece of await node.blobs.get(id)) {
        for (let at = 0; at < piece.length;) {
          const taken = Math.min(piece.length - at, chunkLength - filled)
          chunk.set(piece.subarray(at, at + taken), filled)
          at += taken
          filled += taken
          if (filled < chunkLength) continue
          got = (await summed(got, chunk)) as Uint8Array<ArrayBuffer>
          chunk = new Uint8Array(chunkLength)
          filled = 0
        }
      }
      const hex = (sum: Uint8Array): string => Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('')
      return [hex(sent), hex(got)] as const
    }, megabyte)
  })
  expect(sums[1]).toBe(sums[0])
  expect(sums[0]).toHaveLength(64)
  expect(highest).toBeLessThan(300 * megabyte)
  test.info().annotations.push({ type: 'memory', description: `${Math.round(highest / megabyte)} MB at most` })
})
