import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aClient } from '../../interop/a-client.ts'
import { type TestNode, startTestNode } from './a-node.ts'

let node: TestNode
let folder = ''
let entry = ''
let operation = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'takibi-'))
  node = await startTestNode({
    dataDir: folder,
    limits: { requestsPerSecond: 1e6, keyBytesPerSecond: 1e9, addressBytesPerSecond: 1e9 },
  })
  const client = aClient(node)
  operation = client.make.create('schema_field_definition_v1', [
    ['name', 'str', 'title'],
    ['type', 'str', 'str'],
  ])
  entry = client.sign(await client.nextArgs(), operation)
})
afterAll(async () => {
  await node.stop()
  await rm(folder, { recursive: true, force: true })
})

const post = (body: string): Promise<Response> =>
  fetch(`${node.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })

test('[N5] whatever is posted, the answer is JSON and no failure of the node', async () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('{', '{ nextArgs', 'fragment a on Query { ...a } { ...a }'),
  )
  const body = fc.oneof(
    text,
    fc.json(),
    fc
      .record({ query: text, variables: fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue())) })
      .map((value) => JSON.stringify(value)),
  )
  await fc.assert(
    fc.asyncProperty(body, async (value) => {
      const response = await post(value)
      expect([200, 400]).toContain(response.status)
      expect(await response.json()).toHaveProperty('errors')
    }),
    { numRuns: 150 },
  )
})

test('[N5] whatever the arguments are, they are read or named', async () => {
  const value = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[0-9a-f]{0,140}$/),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string()),
  )
  const query =
    'query ($k: PublicKey!, $v: DocumentViewId, $d: DocumentId, $c: Cursor, $n: Int, $f: blob_v1Filter) { nextArgs(publicKey: $k, viewId: $v) { logId } blob_v1(id: $d) { meta { owner } } all_blob_v1(first: $n, after: $c, filter: $f) { totalCount } }'
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        k: value,
        v: value,
        d: value,
        c: value,
        n: value,
        f: fc.oneof(value, fc.record({ length: fc.record({ eq: value, in: fc.array(value) }) })),
      }),
      async (variables) => {
        const response = await post(JSON.stringify({ query, variables }))
        expect(response.status).toBe(200)
        await response.json()
      },
    ),
    { numRuns: 150 },
  )
})

test('[N2] an entry or an operation with any bit changed is refused, and the true one is taken', async () => {
  const publish = async (signed: { readonly entry: string; readonly operation: string }): Promise<unknown> => {
    const query =
      'mutation ($entry: EncodedEntry!, $operation: EncodedOperation!) { publish(entry: $entry, operation: $operation) { logId } }'
    return ((await (await post(JSON.stringify({ query, variables: signed }))).json()) as { readonly data: unknown })
      .data
  }
  const flip = (hex: string, bit: number): string => {
    const bytes = Buffer.from(hex, 'hex')
    bytes[bit >> 3]! ^= 1 << (bit & 7)
    return bytes.toString('hex')
  }
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.boolean(), async (at, isEntry) => {
      const changed = isEntry
        ? { entry: flip(entry, at % (entry.length * 4)), operation }
        : { entry, operation: flip(operation, at % (operation.length * 4)) }
      expect(await publish(changed)).toBeNull()
    }),
    { numRuns: 150 },
  )
  expect(await publish({ entry, operation })).not.toBeNull()
})
