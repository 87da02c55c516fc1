import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Bug } from '../../../src/core/assert.ts'
import {
  type BundleFailure,
  type BundleItem,
  bundleHeader,
  encodeBundleItem,
  readBundle,
} from '../../../src/core/bundle/bundle.ts'
import { concatBytes, equalBytes } from '../../../src/core/bytes/concat.ts'
import { hexToBytes } from '../../../src/core/bytes/hex.ts'
import { encodeVarU64, maxU64 } from '../../../src/core/bytes/varu64.ts'
import type { EncodedEntry, EncodedOperation } from '../../../src/core/ids.ts'
import { maxBundleItemBytes, maxOperationBytes } from '../../../src/core/limits.ts'
import type { Result } from '../../../src/core/result.ts'

type Item = Result<BundleItem, BundleFailure>
const entry = (length: number, fill = 1): EncodedEntry => new Uint8Array(length).fill(fill) as EncodedEntry
const operation = (length: number, fill = 2): EncodedOperation => new Uint8Array(length).fill(fill) as EncodedOperation
const framed = (item: Uint8Array): Uint8Array => concatBytes(encodeVarU64(BigInt(item.length)), item)

/** The bytes in chunks of at most `size`. */
async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(bytes: Uint8Array, chunk = 1000): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of readBundle(inChunks(bytes, chunk))) items.push(item)
  return items
}

const good = encodeBundleItem(entry(134), operation(20))
const codes = (items: readonly Item[]): string[] => items.map((item) => (item.ok ? 'item' : item.error.code))

describe('a bundle', () => {
  test('[E10] comes back item by item, whatever the chunks', async () => {
    const bytes = fc.uint8Array({ maxLength: 40 })
    const parts = fc.array(fc.tuple(bytes, fc.option(fc.oneof(bytes, fc.constant(new Uint8Array(3000))))), {
      maxLength: 8,
    })
    await fc.assert(
      fc.asyncProperty(parts, fc.integer({ min: 1, max: 400 }), async (items, chunk) => {
        const encoded = items.map(([a, b]) => encodeBundleItem(a as EncodedEntry, b as EncodedOperation | null))
        const found = await read(concatBytes(bundleHeader, ...encoded), chunk)
        expect(found.map((item) => item.ok && item.value.index)).toEqual(items.map((_, index) => index))
        const again = found.map((item) => item.ok && encodeBundleItem(item.value.entry, item.value.operation))
        expect(again.every((item, index) => item && equalBytes(item, encoded[index] as Uint8Array))).toBe(true)
      }),
    )
  })

  test('[E10] without items is fine', async () => {
    expect(await read(bundleHeader, 3)).toEqual([])
  })

  test('[E10] hands out copies, so that a source may use its buffer again', async () => {
    const buffer = concatBytes(bundleHeader, good)
    const [first] = await read(buffer, buffer.length)
    buffer.fill(0)
    expect(first).toMatchObject({ ok: true, value: { entry: entry(134), operation: operation(20) } })
  })
})

describe('readBundle', () => {
  test.each([
    ['nothing', ''],
    ['half a header', '74616b69'],
    ['another header', '74616b696269320a'],
    ['a zip file', '504b0304140000000800'],
  ])('[E10] says that %s is no bundle', async (_, hex) => {
    expect(codes(await read(hexToBytes(hex), 2))).toEqual(['bundle/header-invalid'])
  })

  test('[E10] gives all that came before the cut, and says in which item it was', async () => {
    const whole = concatBytes(bundleHeader, good, good)
    const second = bundleHeader.length + good.length
    for (let length = second + 1; length < whole.length; length += 7)
      expect((await read(whole.slice(0, length), 50)).slice(1)).toEqual([
        { ok: false, error: { code: 'bundle/cut-off', index: 1 } },
      ])
  })

  test('[E10] skips an item that claims too much, unread, and goes on behind it', async () => {
    const large = framed(new Uint8Array(maxBundleItemBytes + 1))
    const items = await read(concatBytes(bundleHeader, good, large, good), 4096)
    expect(codes(items)).toEqual(['item', 'bundle/item-too-large', 'item'])
    expect(items[1]).toMatchObject({ error: { index: 1, bytes: BigInt(maxBundleItemBytes + 1) } })
    expect(items[2]).toMatchObject({ value: { index: 2 } })
  })

  test('[E10] allocates nothing for a claim: the largest length there is ends with the file', async () => {
    const claim = concatBytes(encodeVarU64(maxU64), new Uint8Array(5000))
    expect(codes(await read(concatBytes(bundleHeader, claim), 100))).toEqual(['bundle/item-too-large'])
  })

  test('[E10] stops at a length it cannot read, as nobody knows where the next item begins', async () => {
    const bytes = concatBytes(bundleHeader, good, hexToBytes('f800'), good)
    expect((await read(bytes)).slice(1)).toEqual([{ ok: false, error: { code: 'bundle/length-invalid', index: 1 } }])
  })

  test.each([
    ['no array', '00'],
    ['an array of one', '8141ff'],
    ['an array of three', '8341ff41ffF6'.toLowerCase()],
    ['an entry that is text', '8261614100'],
    ['an entry that is null', '82f64100'],
    ['an operation that is a number', '8241ff00'],
    ['something behind the array', '8241fff600'],
    ['a length that is not the shortest', '825801fff6'],
    ['bytes of indefinite length', '825f41fffff6'],
    ['an entry that ends too early', '8242ff'],
    ['an operation that claims 4 GB', '8241ff5affffffff'],
    ['nothing at all', ''],
  ])('[E10] names and skips an item that is %s', async (_, hex) => {
    const items = await read(concatBytes(bundleHeader, framed(hexToBytes(hex)), good))
    expect(codes(items)).toEqual(['bundle/item-malformed', 'item'])
    expect(items[0]).toMatchObject({ error: { index: 0 } })
  })

  test('[E10] skips an operation larger than any may be', async () => {
    const head = hexToBytes('8241ff5a000c0001')
    const item = framed(concatBytes(head, new Uint8Array(maxOperationBytes + 1)))
    const items = await read(concatBytes(bundleHeader, item, good), 65_536)
    expect(codes(items)).toEqual(['payload/too-large', 'item'])
    expect(
      await read(concatBytes(bundleHeader, encodeBundleItem(entry(226), operation(maxOperationBytes)))),
    ).toMatchObject([{ ok: true }])
  })

  test('[E10] never throws, and what it accepts is what encodes to the same bytes', async () => {
    const damaged = fc.tuple(fc.nat(), fc.nat({ max: 255 })).map(([at, byte]) => {
      const bytes = concatBytes(bundleHeader, good, encodeBundleItem(entry(150), null), good)
      bytes[at % bytes.length] = byte
      return bytes
    })
    const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => concatBytes(bundleHeader, bytes))
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, noise), async (bytes) => {
        const items = await read(bytes, 64)
        const again = items.flatMap((item) =>
          item.ok ? [encodeBundleItem(item.value.entry, item.value.operation)] : [],
        )
        const areAllGood = items.every((item) => item.ok)
        expect(areAllGood ? concatBytes(bundleHeader, ...again) : bytes).toEqual(bytes)
      }),
      { numRuns: 500 },
    )
  })

  test('[E10] reads a large item that comes in tiny chunks', async () => {
    const item = encodeBundleItem(entry(134), operation(maxOperationBytes))
    const items = await read(concatBytes(bundleHeader, item, good), 1)
    expect(codes(items)).toEqual(['item', 'item'])
  })

  test('[E10] asks for the next chunk only when it has handed out what is whole', async () => {
    let pulled = 0
    async function* source(): AsyncGenerator<Uint8Array, void> {
      yield bundleHeader
      for (;;) {
        pulled += 1
        yield concatBytes(good, good)
      }
    }
    const pulledAtItem: number[] = []
    for await (const item of readBundle(source())) {
      pulledAtItem.push(pulled)
      if (!item.ok || item.value.index === 5) break
    }
    expect(pulledAtItem).toEqual([1, 1, 2, 2, 3, 3])
  })

  test('[E10] lets go of its source when the reader stops', async () => {
    let isReleased = false
    async function* source(): AsyncGenerator<Uint8Array, void> {
      try {
        for (;;) yield concatBytes(bundleHeader, good)
      } finally {
        isReleased = true
      }
    }
    for await (const item of readBundle(source())) if (item.ok) break
    expect(isReleased).toBe(true)
  })
})

describe('encodeBundleItem', () => {
  test('[E10] takes an operation that nothing should have accepted for a bug of ours', () => {
    expect(() => encodeBundleItem(entry(134), operation(maxOperationBytes + 1))).toThrow(Bug)
  })
})
