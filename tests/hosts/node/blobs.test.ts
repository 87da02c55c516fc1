import { expect, test } from 'vitest'
import { openEngine } from '../../../src/hosts/node/open-engine.ts'
import { openNode } from '../../../src/sdk/node.ts'
import { aClient } from '../../interop/a-client.ts'
import { aFolder } from '../cli/a-terminal.ts'
import { aNode } from './a-node.ts'

const bytesOf = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 7) % 251)

/** A file of two pieces, published by p2panda-js; and its second view, of one piece. */
async function aFile() {
  const node = await aNode()
  const client = aClient(node)
  const bytes = bytesOf(300_000)
  const pieces = []
  for (const part of [bytes.subarray(0, 256_000), bytes.subarray(256_000)])
    pieces.push(await client.create('blob_piece_v1', [['data', 'bytes', part]]))
  const id = await client.create('blob_v1', [
    ['length', 'int', bytes.length],
    ['mime_type', 'str', 'image/png'],
    ['pieces', 'pinned_relation_list', pieces.map((piece) => [piece])],
  ])
  return { node, client, bytes, pieces, id }
}

test('[N9] a file comes as it was published, with its type and its view as ETag', async () => {
  const { node, bytes, id } = await aFile()
  const file = await fetch(`${node.url}/blobs/${id}`)
  expect(file.status).toBe(200)
  expect(file.headers.get('content-type')).toBe('image/png')
  expect(file.headers.get('etag')).toBe(`"${id}"`)
  expect(file.headers.get('access-control-allow-origin')).toBe('*')
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes)
  // Whatever a stranger says its type is: it runs nowhere.
  expect(file.headers.get('content-security-policy')).toContain('sandbox')
  expect(file.headers.get('x-content-type-options')).toBe('nosniff')
})

test('[N9] who has the view already is told so', async () => {
  const { node, id } = await aFile()
  const again = (etag: string): Promise<Response> =>
    fetch(`${node.url}/blobs/${id}`, { headers: { 'if-none-match': etag } })
  expect((await again(`"${id}"`)).status).toBe(304)
  expect((await again(`"other", W/"${id}"`)).status).toBe(304)
  expect((await again('"other"')).status).toBe(200)
  expect((await fetch(`${node.url}/blobs/${id}`, { method: 'HEAD' })).headers.get('content-length')).toBe('300000')
})

test('[N9] an earlier view is there under its own name', async () => {
  const { node, client, bytes, pieces, id } = await aFile()
  const viewId = await client.update('blob_v1', id, [
    ['length', 'int', 44_000],
    ['pieces', 'pinned_relation_list', [[pieces[1]]]],
  ])
  const now = await fetch(`${node.url}/blobs/${id}`)
  expect(now.headers.get('etag')).toBe(`"${viewId}"`)
  expect(new Uint8Array(await now.arrayBuffer())).toEqual(bytes.subarray(256_000))
  const then = await fetch(`${node.url}/blobs/${id}/${id}`)
  expect(new Uint8Array(await then.arrayBuffer())).toEqual(bytes)
  expect((await fetch(`${node.url}/blobs/${pieces[0]}/${id}`)).status).toBe(404)
})

test('[N9] what is no file, not whole, deleted or not shared is not there; what is no id is said so', async () => {
  const { node, client, pieces, id } = await aFile()
  const statusOf = async (path: string): Promise<number> => (await fetch(`${node.url}/blobs/${path}`)).status
  expect(await statusOf(pieces[0]!)).toBe(404)
  expect(await statusOf(`0020${'0'.repeat(64)}`)).toBe(404)
  expect(await statusOf('nonsense')).toBe(400)
  expect(await statusOf(`${id}/nonsense`)).toBe(400)
  const partial = await client.create('blob_v1', [
    ['length', 'int', 5],
    ['mime_type', 'str', 'text/plain'],
    ['pieces', 'pinned_relation_list', [[`0020${'1'.repeat(64)}`]]],
  ])
  expect(await statusOf(partial)).toBe(404)
  await client.remove('blob_v1', id)
  expect([await statusOf(id), await statusOf(`${id}/${id}`)]).toEqual([404, 404])
})

test('[N9] a file that says another length than it has is cut off, so that nobody takes it for whole', async () => {
  const { node, client, pieces } = await aFile()
  const id = await client.create('blob_v1', [
    ['length', 'int', 300_001],
    ['mime_type', 'str', 'text/plain'],
    ['pieces', 'pinned_relation_list', pieces.map((piece) => [piece])],
  ])
  const file = await fetch(`${node.url}/blobs/${id}`)
  await expect(file.arrayBuffer()).rejects.toThrow('terminated')
})

test('[N9] a file that lies here without being shared is not handed out', async () => {
  const dataDir = await aFolder()
  const own = await openNode({ dataDir })
  const id = await own.blobs.put(bytesOf(10), { mimeType: 'text/plain' })
  await own.close()
  const node = await aNode({ dataDir })
  expect((await fetch(`${node.url}/blobs/${id}`)).status).toBe(404)
})

test('[N10] a node signs no entries', async () => {
  const dataDir = await aFolder()
  const { api } = await openEngine({ dataDir }, { isReadOnlyKey: true })
  const draft = {
    action: 'create',
    schema: 'schema_field_definition_v1' as never,
    fields: { name: 'a', type: 'str' },
  } as const
  const published = await api.publish([draft], { signal: new AbortController().signal })
  expect(published).toMatchObject({ ok: false, error: { code: 'signer/refused' } })
  await api.close()
})
