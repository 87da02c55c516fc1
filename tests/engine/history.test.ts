import { expect, test } from 'vitest'
import { memoryEngine } from '../../src/hosts/memory-engine.ts'
import { call, createAll, define, valueOf } from './support.ts'

test('history names who changed what from what, and each change leads to the document as it was then', async () => {
  const { api, clock } = memoryEngine(31)
  const { id: schema } = await define(api, { title: 'str', amount: 'int' })
  const [id] = await createAll(api, schema, [{ title: 'Oats', amount: 2 }])
  const createdAt = clock.now()
  await clock.advance(1000)
  const [left] = valueOf(await api.publish([{ action: 'update', document: id!, fields: { amount: 3 } }], call))
  await clock.advance(1000)
  valueOf(await api.publish([{ action: 'update', document: id!, fields: { amount: 4, title: 'Rye' } }], call))
  valueOf(await api.publish([{ action: 'delete', document: id! }], call))

  const history = valueOf(await api.history(id!))
  expect(history.map(({ action, fields, before, isPending }) => ({ action, fields, before, isPending }))).toEqual([
    { action: 'create', fields: { title: 'Oats', amount: 2 }, before: {}, isPending: false },
    { action: 'update', fields: { amount: 3 }, before: { amount: 2 }, isPending: false },
    { action: 'update', fields: { amount: 4, title: 'Rye' }, before: { amount: 3, title: 'Oats' }, isPending: false },
    { action: 'delete', fields: {}, before: { amount: 4, title: 'Rye' }, isPending: false },
  ])
  expect(history[1]).toMatchObject({
    operationId: left!.operationId,
    seqNum: 2n,
    receivedAt: createdAt + 1000,
    origin: 'local',
  })
  const then = valueOf(await api.documentAt(history[1]!.viewId))
  expect(then).toMatchObject({
    fields: { title: 'Oats', amount: 3 },
    isDeleted: false,
    createdAt,
    changedAt: createdAt + 1000,
  })
  expect(valueOf(await api.document(id!))).toMatchObject({ isDeleted: true, fields: { title: 'Rye', amount: 4 } })
  await api.close()
})
