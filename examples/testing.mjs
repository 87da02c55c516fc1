// A test of your own app that is the same in every run: `node --test examples/testing.mjs`
import assert from 'node:assert/strict'
import test from 'node:test'
import { openTestNode } from 'takibi/testing'

await test('what is ticked leaves the list', async () => {
  const { node, clock } = await openTestNode({ seed: 1 })
  const item = await node.defineSchema('item', 'What we need', { title: 'str', done: 'bool' })
  const oats = await node.create(item, { title: 'Oats', done: false })
  await clock.advance(60_000)
  await node.update(oats, { done: true })
  const { documents } = await node.query(item, { where: { done: { eq: false } } }).once()
  assert.deepEqual(documents, [])
  await node.close()
})
