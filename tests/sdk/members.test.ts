import { expect, test } from 'vitest'
import type { DocumentId, Role, Subject } from '../../src/sdk/index.ts'
import { type TestNode, openTestNode } from '../../src/sdk/testing.ts'

const bring = async (from: TestNode, to: TestNode): Promise<void> =>
  void (await to.node.import(await from.node.export({ all: true })))
const titleOf = async ({ node }: TestNode, document: DocumentId): Promise<unknown> =>
  (await node.document(document).once()).document?.fields['title']
const keyOf = ({ node }: TestNode): Subject => `k:${node.publicKey}`

/** A group that the first of these founded with its key, and a schema of things in it. */
async function aGroup(ada: TestNode) {
  const group = await ada.node.groups.create('Garden')
  const thing = await ada.node.defineSchema('thing', 'A thing', { group: 'owner(key_group_v1)', title: 'str' })
  const join = async (who: TestNode, role: Role, by = ada, member?: DocumentId): Promise<void> => {
    await bring(by, who)
    const asked = await who.node.groups.ask(group, member ? { member } : {})
    await bring(who, by)
    await by.node.groups.accept(asked, { group, role })
    await bring(by, who)
  }
  return { group, thing, join }
}

test('[MC6] who is sent away leaves behind what was written until then, and nothing later', async () => {
  await using ada = await openTestNode({ seed: 21 })
  await using bo = await openTestNode({ seed: 22 })
  const { group, thing, join } = await aGroup(ada)
  await join(bo, 'member')
  const pot = await bo.node.create(thing, { group, title: 'pot' })
  const elsewhere = await bo.node.groups.create('Other')
  await bo.node.create(thing, { group: elsewhere, title: 'of another group' })
  await bring(bo, ada)
  // Bo's request and thing here, nothing of the other group.
  expect(await ada.node.groups.setRole(group, keyOf(bo), undefined)).toEqual({ keptLogs: 2, isFinal: true })
  const late = await bo.node.create(thing, { group, title: 'late' })
  await bo.node.update(pot, { title: 'later' })
  await bring(bo, ada)
  await bring(ada, bo)
  for (const one of [ada, bo]) {
    expect(await titleOf(one, pot)).toBe('pot')
    expect(await titleOf(one, late)).toBeUndefined()
    expect((await one.node.groups.summary(group)).members).toEqual([keyOf(ada)])
  }
})

test('[MC6] a keeper who becomes something else leaves those it let in where they are', async () => {
  await using ada = await openTestNode({ seed: 23 })
  await using bo = await openTestNode({ seed: 24 })
  await using cy = await openTestNode({ seed: 25 })
  const { group, join } = await aGroup(ada)
  await join(bo, 'keeper')
  await join(cy, 'member', bo)
  await bring(bo, ada)
  await ada.node.groups.setRole(group, keyOf(bo), 'contributor')
  const { members, keepers } = await ada.node.groups.summary(group)
  expect([...members].sort()).toEqual([ada, bo, cy].map(keyOf).sort())
  expect(keepers).toEqual([keyOf(ada)])
  expect(await ada.node.groups.setRole(group, keyOf(bo), 'moderator')).toMatchObject({ isFinal: true })
})

test('[MC7] what all devices of a person wrote stays where one of them leaves for her', async () => {
  await using ada = await openTestNode({ seed: 26 })
  await using phone = await openTestNode({ seed: 27 })
  await using laptop = await openTestNode({ seed: 28 })
  const person = await phone.node.groups.create('Bo')
  await bring(phone, laptop)
  const asked = await laptop.node.groups.ask(person)
  await bring(laptop, phone)
  await phone.node.groups.accept(asked, { group: person, role: 'keeper' })
  const { group, thing, join } = await aGroup(ada)
  await join(phone, 'member', ada, person)
  await bring(phone, laptop)
  const things = [
    await phone.node.create(thing, { group, title: 'by phone' }),
    await laptop.node.create(thing, { group, title: 'by laptop' }),
  ]
  await bring(laptop, phone)
  await phone.node.groups.setRole(group, `g:${person}`, undefined)
  await bring(phone, ada)
  expect((await ada.node.groups.summary(group)).members).toEqual([keyOf(ada)])
  expect(await Promise.all(things.map((one) => titleOf(ada, one)))).toEqual(['by phone', 'by laptop'])
  expect(await phone.node.canI('create', { group, schema: thing })).toMatchObject({ reason: 'banned' })
})

test('[MC7] who left and came back is sent away by a keeper the next time', async () => {
  await using ada = await openTestNode({ seed: 29 })
  await using bo = await openTestNode({ seed: 30 })
  const { group, thing, join } = await aGroup(ada)
  await join(bo, 'member')
  await bo.node.groups.setRole(group, keyOf(bo), undefined)
  await bring(bo, ada)
  await ada.node.groups.setRole(group, keyOf(bo), 'member')
  await bring(ada, bo)
  const pot = await bo.node.create(thing, { group, title: 'pot' })
  await bring(bo, ada)
  await expect(bo.node.groups.setRole(group, keyOf(bo), undefined)).rejects.toMatchObject({
    failure: { code: 'group/change-refused', refusal: { reason: 'kept-before' } },
  })
  await ada.node.groups.setRole(group, keyOf(bo), undefined)
  expect(await titleOf(ada, pot)).toBe('pot')
})

test('[MC8] the last keeper stays, others change nobody, and each is told why; nothing is signed', async () => {
  await using ada = await openTestNode({ seed: 31 })
  await using bo = await openTestNode({ seed: 32 })
  const { group, join } = await aGroup(ada)
  await join(bo, 'member')
  const refused = (reason: string) => ({ failure: { code: 'group/change-refused', refusal: { reason } } })
  const before = await ada.node.groups.controlClosure(group)
  await expect(ada.node.groups.setRole(group, keyOf(ada), undefined)).rejects.toMatchObject(refused('last-keeper'))
  await expect(bo.node.groups.setRole(group, keyOf(ada), 'reader')).rejects.toMatchObject(refused('not-given'))
  await expect(bo.node.groups.setRole(group, keyOf(bo), 'keeper')).rejects.toMatchObject(refused('not-given'))
  await expect(ada.node.groups.setRole(group, `g:${group}`, 'reader')).rejects.toMatchObject(refused('not-member'))
  await bring(bo, ada)
  expect(await ada.node.groups.controlClosure(group)).toEqual(before)
})

test('[MC8] a keeper below may send away one above, and is told that it can be taken back', async () => {
  await using ada = await openTestNode({ seed: 33 })
  await using bo = await openTestNode({ seed: 34 })
  const { group, join } = await aGroup(ada)
  await join(bo, 'keeper')
  expect(await bo.node.groups.setRole(group, keyOf(ada), undefined)).toMatchObject({ isFinal: false })
})
