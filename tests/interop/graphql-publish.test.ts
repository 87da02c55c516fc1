import { join } from 'node:path'
import { KeyPair } from 'p2panda-js'
import { expect, test } from 'vitest'
import { openLevelDbStore } from '../../src/adapters/node/leveldb-store.ts'
import { type GraphQLBody, ask, aNode, errorOf, shownAt } from '../hosts/node/a-node.ts'
import { type FieldList, aClient, publishedId } from './a-client.ts'

const thing = { title: 'str', count: 'int' }
const fields = (title: string, count = 1): FieldList => [
  ['title', 'str', title],
  ['count', 'int', count],
]
const first = { logId: '0', seqNum: '1', backlink: null, skiplink: null }
const flip = (hex: string): string => hex.slice(0, -2) + (hex.endsWith('00') ? '01' : '00')

/** A node, a client, its schema, and a document of it. */
async function aDocument() {
  const node = await aNode()
  const client = aClient(node)
  const schemaId = await client.defineSchema('thing', thing)
  const id = await client.create(schemaId, fields('one'))
  return { node, client, schemaId, id }
}
const nameOf = (body: GraphQLBody): string => errorOf(body).split(':')[0]!

test('[N2] scalars, then the operation, its schema, the entry: the first fault is the one that is said', async () => {
  const { client, schemaId } = await aDocument()
  const operation = client.make.create(schemaId, fields('two'))
  const entry = client.sign(await client.nextArgs(), operation)
  const foreign = client.make.create(`other_${schemaId.slice(-68)}`, fields('two'))
  const unsigned = flip(entry)

  expect(errorOf(await client.publish({ entry: 'no hex', operation: 'neither' }))).toBe(
    'Invalid value for argument "entry", expected type "EncodedEntry"',
  )
  expect(nameOf(await client.publish({ entry: unsigned, operation: 'ff' }))).toBe('InvalidEncoding')
  expect(errorOf(await client.publish({ entry: unsigned, operation: foreign }))).toBe('Schema not found')
  expect(nameOf(await client.publish({ entry: '00', operation }))).toBe('InvalidEntry')
  expect(nameOf(await client.publish({ entry: unsigned, operation }))).toBe('InvalidSignature')
  expect(errorOf(await client.publish({ entry, operation }))).toBe('none')
})

test('[N2] a taken place comes before the payload, the payload before links, links before fields', async () => {
  const { client, schemaId, id } = await aDocument()
  const operation = client.make.update(schemaId, id, [['count', 'int', 2]])
  const other = client.make.update(schemaId, id, [['count', 'int', 3]])
  const args = await client.nextArgs(id)

  const taken = client.sign({ ...first, logId: args.logId }, other)
  expect(nameOf(await client.publish({ entry: taken, operation }))).toBe('SeqNumDoesNotMatch')
  const wrongLink = client.sign({ ...args, backlink: flip(id) }, operation)
  expect(nameOf(await client.publish({ entry: wrongLink, operation: other }))).toBe('PayloadHashMismatch')
  const noSuchField = client.make.update(schemaId, id, [['height', 'int', 2]])
  const twiceWrong = client.sign({ ...args, backlink: flip(id) }, noSuchField)
  expect(nameOf(await client.publish({ entry: twiceWrong, operation: noSuchField }))).toBe('WrongBacklinkHash')
  const unfitting = client.sign(args, noSuchField)
  expect(nameOf(await client.publish({ entry: unfitting, operation: noSuchField }))).toBe('UnexpectedFields')
})

test('[N2] one living document of its schema, and one log per key', async () => {
  const { node, client, schemaId, id } = await aDocument()
  const other = await client.create(schemaId, fields('other'))
  const both = client.make.update(schemaId, [id, other].sort().join('_'), [['count', 'int', 2]])
  const unused = await client.nextArgs()
  expect(nameOf(await client.publish({ entry: client.sign(unused, both), operation: both }))).toBe(
    'InvalidDocumentViewId',
  )
  const second = await client.defineSchema('second', thing)
  const wrongSchema = client.make.update(second, id, [['count', 'int', 2]])
  const args = await client.nextArgs(id)
  expect(nameOf(await client.publish({ entry: client.sign(args, wrongSchema), operation: wrongSchema }))).toBe(
    'InvalidClaimedSchema',
  )
  const update = client.make.update(schemaId, id, [['count', 'int', 2]])
  const inNewLog = client.sign(await client.nextArgs(), update)
  expect(nameOf(await client.publish({ entry: inNewLog, operation: update }))).toBe('LogIdDoesNotMatchExisting')
  const inAnothersLog = client.sign(await client.nextArgs(other), update)
  expect(nameOf(await client.publish({ entry: inAnothersLog, operation: update }))).toBe('LogIdDoesNotMatchExisting')
  const stranger = aClient(node)
  const own = await stranger.create(schemaId, fields('own'))
  const inOwnLog = stranger.sign(await stranger.nextArgs(own), update)
  expect(nameOf(await stranger.publish({ entry: inOwnLog, operation: update }))).toBe('ExpectedDocumentLogNotFound')

  await client.remove(schemaId, id)
  const late = stranger.sign(await stranger.nextArgs(), update)
  expect(nameOf(await stranger.publish({ entry: late, operation: update }))).toBe('DeletedDocument')
  await expect(client.nextArgs(id)).rejects.toThrow('DocumentDeleted')
  await expect(client.nextArgs(flip(id))).rejects.toThrow('PreviousOperationNotFound')
})

test('[N2] nothing of what was refused is stored', async () => {
  const { node, client, schemaId, id } = await aDocument()
  const update = client.make.update(schemaId, id, [['height', 'int', 2]])
  await client.publish({ entry: client.sign(await client.nextArgs(id), update), operation: update })
  const shown = await ask(node, `{ ${schemaId}(id: "${id}") { meta { viewId } } }`)
  expect(shownAt(shown, schemaId, 'meta', 'viewId')).toBe(id)
})

test('[N3] entries in the wrong order are acknowledged, and show when the first of them came', async () => {
  const here = await aDocument()
  const { client, schemaId } = here
  const elsewhere = await aNode()
  const copy = aClient(elsewhere, client.keyPair)
  expect(await copy.defineSchema('thing', thing)).toBe(schemaId)

  const create = client.make.create(schemaId, fields('late'))
  const createArgs = await client.nextArgs()
  const createEntry = client.sign(createArgs, create)
  const id = publishedId(await client.publish({ entry: createEntry, operation: create }))
  const update = client.make.update(schemaId, id, [['count', 'int', 7]])
  const updateEntry = client.sign(await client.nextArgs(id), update)

  const early = await copy.publish({ entry: updateEntry, operation: update })
  expect(early.errors).toBeUndefined()
  expect(shownAt(early, 'publish')).toMatchObject({ logId: createArgs.logId, seqNum: '3' })
  expect(await copy.publish({ entry: updateEntry, operation: update })).toEqual(early)
  const shown = (): Promise<GraphQLBody> => ask(elsewhere, `{ ${schemaId}(id: "${id}") { fields { title count } } }`)
  expect(shownAt(await shown(), schemaId)).toBeNull()

  expect(errorOf(await copy.publish({ entry: createEntry, operation: create }))).toBe('none')
  expect(shownAt(await shown(), schemaId)).toEqual({ fields: { title: 'late', count: 7 } })
})

test('[N3] an operation on one that is missing waits for it, whoever brings that', async () => {
  const { client, schemaId, id } = await aDocument()
  const elsewhere = await aNode()
  const reader = aClient(elsewhere, new KeyPair())
  const owner = aClient(elsewhere, client.keyPair)
  await owner.defineSchema('thing', thing)
  const comment = reader.make.update(schemaId, id, [['title', 'str', 'commented']])
  expect(errorOf(await reader.publish({ entry: reader.sign(first, comment), operation: comment }))).toBe('none')
  expect(await owner.create(schemaId, fields('one'))).toBe(id)
  const shown = await ask(elsewhere, `{ ${schemaId}(id: "${id}") { fields { title } } }`)
  expect(shownAt(shown, schemaId, 'fields', 'title')).toBe('commented')
})

test('[E7] the second entry of a place is refused, and kept as the proof of a fork', async () => {
  const { node, client, schemaId, id } = await aDocument()
  const operation = client.make.create(schemaId, fields('forked'))
  const { logId } = await client.nextArgs(id)
  const entry = client.sign({ ...first, logId }, operation)
  expect(nameOf(await client.publish({ entry, operation }))).toBe('SeqNumDoesNotMatch')
  await node.stop()
  await using store = await openLevelDbStore(join(node.dataDir, 'store'))
  expect(await store.forks()).toHaveLength(1)
})
