import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openNode } from '../../src/sdk/node.ts'

async function aDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'takibi-node-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'data')
}

test('a node of a data directory goes on where it was left', async () => {
  const dataDir = await aDataDir()
  const before = await openNode({ dataDir })
  const item = await before.defineSchema('item', 'What we need', { title: 'str' })
  const oats = await before.create(item, { title: 'Oats' })
  await before.close()

  const after = await openNode({ dataDir })
  expect(after.publicKey).toBe(before.publicKey)
  await after.update(oats, { title: 'Oat flakes' })
  const { documents } = await after.query(item.id).once()
  expect(documents).toMatchObject([{ id: oats, fields: { title: 'Oat flakes' } }])
  // A field, a schema and the thing; the request and the group of whoever wrote them.
  expect(await after.inspect.logs(after.publicKey)).toHaveLength(3 + 2)
  await after.close()
})

test('a data directory is open once at a time', async () => {
  const dataDir = await aDataDir()
  const node = await openNode({ dataDir })
  await expect(openNode({ dataDir })).rejects.toMatchObject({ failure: { code: 'store/unavailable' } })
  await node.close()
})

test('a node whose key file is gone reads everything and refuses to write', async () => {
  const dataDir = await aDataDir()
  const before = await openNode({ dataDir })
  const item = await before.defineSchema('item', 'What we need', { title: 'str' })
  await before.create(item, { title: 'Oats' })
  await before.close()
  await rm(join(dataDir, 'key'))

  const after = await openNode({ dataDir })
  expect(after.publicKey).toBe(before.publicKey)
  expect((await after.query(item).once()).documents).toHaveLength(1)
  await expect(after.create(item, { title: 'Salt' })).rejects.toMatchObject({ failure: { code: 'signer/gone' } })
  await after.close()
})
