import { expect, test } from 'vitest'
import { ask, aNode, errorOf, shownAt } from '../hosts/node/a-node.ts'
import { aClient } from './a-client.ts'

test('[N1] what p2panda-js signs by nextArgs is published and read back', async () => {
  const node = await aNode()
  const client = aClient(node)
  const schemaId = await client.defineSchema('mushroom', {
    name: 'str',
    edible: 'bool',
    found: 'int',
    weight: 'float',
    spores: 'bytes',
  })
  const id = await client.create(schemaId, [
    ['name', 'str', 'Chanterelle'],
    ['edible', 'bool', true],
    ['found', 'int', 9_007_199_254_740_993n],
    ['weight', 'float', 1.5],
    ['spores', 'bytes', new Uint8Array([1, 255])],
  ])
  let viewId = id
  for (let found = 2; found < 15; found++) viewId = await client.update(schemaId, viewId, [['found', 'int', found]])

  const shown = await ask(
    node,
    `{ all_${schemaId} { totalCount hasNextPage endCursor documents { cursor meta { documentId viewId owner } fields { name edible found weight spores } } }
       now: ${schemaId}(id: "${id}") { fields { found } meta { viewId } }
       then: ${schemaId}(viewId: "${id}") { fields { found } meta { viewId } } }`,
  )
  expect(shown.errors).toBeUndefined()
  expect(shownAt(shown, `all_${schemaId}`)).toEqual({
    totalCount: 1,
    hasNextPage: false,
    endCursor: expect.stringMatching(/^[1-9A-Za-z]+$/),
    documents: [
      {
        cursor: shownAt(shown, `all_${schemaId}`, 'endCursor'),
        meta: { documentId: id, viewId, owner: client.publicKey },
        fields: { name: 'Chanterelle', edible: true, found: 14, weight: 1.5, spores: '01ff' },
      },
    ],
  })
  expect(shownAt(shown, 'now')).toEqual({ fields: { found: 14 }, meta: { viewId } })
  expect(shownAt(shown, 'then', 'meta', 'viewId')).toBe(id)
  expect(errorOf(await ask(node, `{ ${schemaId}(id: "${id}", viewId: "${id}") { meta { owner } } }`))).toContain(
    'either',
  )
})

test('[N4] a schema whose definition is deleted is gone from the API, and publishing under it is refused', async () => {
  const node = await aNode()
  const client = aClient(node)
  const schemaId = await client.defineSchema('mushroom', { name: 'str' })
  const count = `{ all_${schemaId} { totalCount } }`
  expect(errorOf(await ask(node, count))).toBe('none')
  await client.remove('schema_definition_v1', schemaId.slice(-68))
  expect(errorOf(await ask(node, count))).toContain('Cannot query field')
  await expect(client.create(schemaId, [['name', 'str', 'late']])).rejects.toThrow('Schema not found')
})
