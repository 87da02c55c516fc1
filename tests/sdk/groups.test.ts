import { expect, test } from 'vitest'
import { openTestNode } from '../../src/sdk/testing.ts'

test('[R24] a group is made, its things are its members’, and a reader is told why it may not write', async () => {
  await using ada = await openTestNode({ seed: 1 })
  await using bo = await openTestNode({ seed: 2 })
  const bring = async (from: typeof ada, to: typeof ada): Promise<void> =>
    void (await to.node.import(await from.node.export({ all: true })))
  const { groups } = ada.node
  const person = await groups.create('g')
  const group = await groups.create('Garden', { founder: person })
  expect(await groups.summary(group)).toMatchObject({ founder: `g:${person}`, members: [`g:${person}`] })
  const thing = await ada.node.defineSchema('thing', 'A thing', { group: 'owner(key_group_v1)', title: 'str' })
  await expect(ada.node.sync.share(thing)).rejects.toMatchObject({ failure: { code: 'scope/owned-schema' } })
  const pot = await ada.node.create(thing, { group, title: 'pot' })
  await bring(ada, bo)
  expect(await bo.node.canI('update', pot)).toMatchObject({ reason: 'stranger', group, permission: 'update' })

  const request = await bo.node.groups.ask(group)
  await bring(bo, ada)
  await groups.accept(request, { group, role: 'member' })
  await bring(ada, bo)
  expect(await bo.node.canI('update', pot)).toBeUndefined()
  expect(await bo.node.canI('delete', pot)).toMatchObject({ reason: 'not-given', permission: 'delete' })
  await bo.node.update(pot, { title: 'kettle' })
  await bring(bo, ada)
  expect((await ada.node.document(pot).once()).document?.fields['title']).toBe('kettle')

  const told: string[] = []
  const stop = bo.node.groups.onRejudged((rejudged) => {
    told.push(...rejudged.map(({ operationId, refusal }) => `${operationId} ${refusal?.reason}`))
  })
  await groups.setRole(group, `k:${bo.node.publicKey}`, undefined)
  const late = await bo.node.update(pot, { title: 'jug' })
  await bring(ada, bo)
  expect((await bo.node.document(pot).once()).document?.fields['title']).toBe('kettle')
  expect(await bo.node.canI('update', pot)).toMatchObject({ reason: 'banned' })
  expect(await bo.node.canI('create', { group, schema: thing })).toMatchObject({ reason: 'banned' })
  expect(told).toEqual([`${late} banned`])
  stop()
})

test('[R8] the control closure of a group has what its person’s group says too', async () => {
  await using ada = await openTestNode({ seed: 3 })
  const { groups } = ada.node
  const person = await groups.create('g')
  const own = await groups.controlClosure(person)
  expect(own).toHaveLength(3)
  const group = await groups.create('g', { founder: person })
  const thing = await ada.node.defineSchema('thing', 'A thing', { group: 'owner(key_group_v1)' })
  await ada.node.create(thing, { group })
  const closure = await groups.controlClosure(group)
  expect(closure).toHaveLength(6)
  expect(closure).toEqual(expect.arrayContaining([...own, group]))
})
