import {
  decodeEntry as p2pandaDecodesEntry,
  decodeOperation as p2pandaDecodesOperation,
  generateHash,
} from 'p2panda-js'
import { describe, expect, test } from 'vitest'
import { readBundle } from '../../src/core/bundle/bundle.ts'
import { bytesToHex } from '../../src/core/bytes/hex.ts'
import { decodeOperation } from '../../src/core/operation/decode.ts'
import { openTestNode } from '../../src/sdk/testing.ts'

/** What a person does in the app, as the library writes it, and what lies in the exported file afterwards. */
async function exportedWork(): Promise<readonly { readonly entry: Uint8Array; readonly operation: Uint8Array }[]> {
  await using opened = await openTestNode({ seed: 7 })
  const { node } = opened
  const item = await node.defineSchema('item', 'What we need', {
    title: 'str',
    amount: 'int',
    weight: 'float',
    done: 'bool',
    photos: 'relation_list(blob_v1)',
  })
  await node.create('takibi_collection_v1', {
    name: 'Pantry',
    one: 'item',
    many: 'items',
    icon: 'box',
    definition: item.definition ?? '',
  })
  const photo = await node.blobs.put(new Uint8Array(600_000).fill(7), { mimeType: 'image/jpeg' })
  const oats = await node.create(item, { title: 'Oats', amount: 2, weight: 1, done: false, photos: [photo] })
  for (let amount = 3; amount < 20; amount++) await node.update(oats, { amount })
  const second = await node.defineSchema('item', 'What we need', { title: 'str', shelf: 'str' }, { newVersionOf: item })
  await node.remove(await node.create(second, { title: 'Rope', shelf: 'left' }))

  const items = []
  for await (const read of readBundle(await node.export({ all: true }))) {
    if (!read.ok) throw new Error(read.error.code)
    if (read.value.operation === null) throw new Error('nothing was dropped')
    items.push({ entry: read.value.entry, operation: read.value.operation })
  }
  return items
}

const isTakibi = (operation: Uint8Array): boolean => {
  const decoded = decodeOperation(operation)
  return decoded.ok && decoded.value.schemaId.startsWith('takibi_')
}

describe('what the library writes', async () => {
  const items = await exportedWork()

  test('[E2] p2panda-js accepts every entry, with the hash of its operation', () => {
    expect(items.length).toBeGreaterThan(30)
    for (const { entry, operation } of items)
      expect(p2pandaDecodesEntry(bytesToHex(entry)).payloadHash).toBe(generateHash(bytesToHex(operation)))
  })

  test('[OP1] p2panda-js accepts every operation but those of our own system schemas', () => {
    const foreign = items.filter(({ operation }) => !isTakibi(operation))
    expect(foreign.length).toBe(items.length - 1)
    for (const { operation } of foreign)
      expect(p2pandaDecodesOperation(bytesToHex(operation)).schemaId).toEqual(expect.any(String))
    for (const { operation } of items.filter(({ operation: bytes }) => isTakibi(bytes)))
      expect(() => p2pandaDecodesOperation(bytesToHex(operation))).toThrow(/unsupported system schema/)
  })
})
