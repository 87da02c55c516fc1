import { expect, test } from 'vitest'
import { type Collection, readCollection } from '../../src/app/data/collection.ts'
import { copyCollection } from '../../src/app/data/copy-collection.ts'
import { listRightsIn } from '../../src/app/data/list-rights.tsx'
import { makeGroup, purposeLists, purposes } from '../../src/app/data/make-group.ts'
import { bringBack, bringCollectionBack } from '../../src/app/data/removal.ts'
import { collectionSchema, viewSchema } from '../../src/app/data/system-schemas.ts'
import { fromTemplate } from '../../src/app/data/templates.ts'
import { ofGroup } from '../../src/app/data/use-things.ts'
import { startValues } from '../../src/app/data/view-config.ts'
import { changeFields, createCollection } from '../../src/app/data/write-collection.ts'
import { makeField } from '../../src/app/data/field-kind.ts'
import { templates as english } from '../../src/app/messages/en/templates.ts'
import type { DocumentView, TakibiNode } from '../../src/sdk/index.ts'
import { aPersonsNode } from './a-persons-node.ts'

const collectionsOf = async (node: TakibiNode): Promise<readonly Collection[]> => {
  const { documents } = await node.query(collectionSchema).once()
  const views = await node.query(viewSchema, { first: 1_000 }).once()
  const { schemas } = await node.schemas().once()
  return documents.map((document) => readCollection(document, views.documents, schemas))
}
const only = async (node: TakibiNode): Promise<Collection> => {
  const [collection, ...others] = await collectionsOf(node)
  if (collection === undefined || others.length > 0) throw new Error('there is one collection')
  return collection
}
const bring = async (from: TakibiNode, to: TakibiNode): Promise<void> =>
  void (await to.import(await from.export({ all: true })))
const shopping = fromTemplate('shopping', english)
const item = ({ fields, schema }: Collection, name: string) => ({ ...startValues(fields, schema!), item: name })
const things = async (node: TakibiNode, { schema, group }: Collection): Promise<readonly DocumentView[]> =>
  (await node.query(schema!.id, ofGroup(group)).once()).documents
const names = async (node: TakibiNode, collection: Collection): Promise<readonly string[]> =>
  (await things(node, collection)).map(({ fields }) => String(fields['item'])).toSorted((a, b) => (a < b ? -1 : 1))

/** Ada's group with Bo in it. */
const two = async () => {
  const [ada, bo] = [await aPersonsNode(1), await aPersonsNode(2)]
  const group = await makeGroup(ada, { name: 'Kitchen', about: 'Tea', purpose: 'coop' })
  await bring(ada, bo)
  await bo.identity.words.show()
  const member = (await bo.identity.person().once()).person!.id
  const request = await bo.groups.ask(group, { member })
  await bring(bo, ada)
  const close = async (): Promise<void> => void (await Promise.all([ada.close(), bo.close()]))
  return { ada, bo, group, request, bos: `g:${member}` as const, [Symbol.asyncDispose]: close }
}

test('a list made in a group belongs to it whole: definition, collection, views and things; another device reads it', async () => {
  await using all = await two()
  const { ada, bo, group, request } = all
  const id = await createCollection(ada, shopping, group)
  const list = await only(ada)
  expect(list).toMatchObject({ id, group, name: 'Shopping' })
  expect(list.form).toBeDefined()
  const thing = await ada.create(list.schema!, item(list, 'Bread'), { group })
  const parts = [id, list.form!.id, ...list.views.map((view) => view.id), list.schema!.definition!, thing]
  for (const part of parts) expect((await ada.document(part).once()).document?.group).toBe(group)

  await ada.groups.accept(request, { group, role: 'member' })
  await bring(ada, bo)
  const his = await only(bo)
  expect(his).toMatchObject({ id, group, fields: list.fields, views: list.views })
  await bo.create(his.schema!, item(his, 'Milk'), { group })
  await bo.update(thing, { item: 'Rye bread' })
  await bring(bo, ada)
  expect(await names(ada, list)).toEqual(['Milk', 'Rye bread'])
})

test('who may not is told before: a reader adds nothing, a member makes no list; what they write all the same does not count', async () => {
  await using all = await two()
  const { ada, bo, group, request, bos } = all
  await createCollection(ada, shopping, group)
  const list = await only(ada)
  await ada.groups.accept(request, { group, role: 'reader' })
  await bring(ada, bo)
  const his = await only(bo)
  const rights = () => listRightsIn(bo, group, his.schema!.id)
  expect(await rights()).toEqual({
    add: false,
    change: false,
    remove: false,
    arrange: false,
    keep: false,
    why: 'look',
  })
  await bo.create(his.schema!, item(his, 'Milk'), { group })
  await bring(bo, ada)
  expect(await names(ada, list)).toEqual([])

  await ada.groups.setRole(group, bos, 'member')
  await bring(ada, bo)
  expect(await rights()).toEqual({ add: true, change: true, remove: false, arrange: true, keep: false, why: 'change' })
  await createCollection(bo, fromTemplate('tasks', english), group)
  await bring(bo, ada)
  expect((await collectionsOf(ada)).map(({ name }) => name)).toEqual(['Shopping'])
})

test('what somebody writes after being sent away is not in the list, nor what is written with its schema elsewhere', async () => {
  await using all = await two()
  const { ada, bo, group, request, bos } = all
  await createCollection(ada, shopping, group)
  const list = await only(ada)
  await ada.groups.accept(request, { group, role: 'member' })
  await bring(ada, bo)
  await bo.create(list.schema!, item(list, 'Milk'), { group })
  await bring(bo, ada)
  await ada.groups.setRole(group, bos, undefined)
  await bo.create(list.schema!, item(list, 'Coal'), { group })
  await bo.create(list.schema!, item(list, 'Ash'))
  await bring(bo, ada)
  expect(await names(ada, list)).toEqual(['Milk'])
  await bring(ada, bo)
  expect(await names(bo, list)).toEqual(['Milk'])
  expect(await listRightsIn(bo, group, list.schema!.id)).toMatchObject({ add: false, keep: false, why: 'banned' })
  expect(await listRightsIn(ada, group, list.schema!.id)).toMatchObject({ remove: true, keep: true, why: undefined })
})

test('fields are changed in the group, and what is removed and brought back stays in it', async () => {
  await using node = await aPersonsNode(1)
  const group = await makeGroup(node, { name: 'Kitchen', about: '', purpose: 'coop' })
  await createCollection(node, shopping, group)
  const before = await only(node)
  const thing = await node.create(before.schema!, item(before, 'Bread'), { group })
  await changeFields(node, before, { ...shopping, fields: [...before.fields, makeField('aisle', 'text', 'Aisle')] })
  const list = await only(node)
  expect(list.versions).toHaveLength(2)
  await node.create(list.schema!, { ...item(list, 'Milk'), aisle: '3' }, { group })
  expect(await names(node, list)).toEqual(['Bread', 'Milk'])

  const was = (await node.document(thing).once()).document!
  await node.remove(thing)
  await bringBack(node, was)
  expect(await names(node, list)).toEqual(['Bread', 'Milk'])
  const removed = (await node.document(list.id).once()).document!
  await node.remove(list.id)
  await bringCollectionBack(node, removed, list)
  expect(await only(node)).toMatchObject({ group, name: 'Shopping', form: { id: list.form!.id } })
})

test.each(purposes)('a group for %s begins with its lists', async (purpose) => {
  await using node = await aPersonsNode(1)
  const group = await makeGroup(node, { name: 'Kitchen', about: '', purpose })
  const lists = purposeLists[purpose].map((template) => fromTemplate(template, english))
  for (const list of lists) await createCollection(node, list, group)
  const made = (await collectionsOf(node)).map((one) => `${one.name} in ${one.group}`)
  expect(new Set(made)).toEqual(new Set(lists.map(({ name }) => `${name} in ${group}`)))
})

test("one's own list is copied into a group with its things as they are; the list itself stays alone", async () => {
  await using node = await aPersonsNode(1)
  await createCollection(node, { ...shopping, fields: [...shopping.fields, makeField('photo', 'photo', 'Photo')] })
  const own = await only(node)
  await node.create(own.schema!, { ...item(own, 'Bread'), got: true })
  await changeFields(node, own, { ...shopping, fields: [...own.fields, makeField('aisle', 'text', 'Aisle')] })
  const newer = await only(node)
  await node.create(newer.schema!, { ...item(newer, 'Milk'), aisle: '3', photo: [own.id] })
  const group = await makeGroup(node, { name: 'Kitchen', about: '', purpose: 'coop' })

  const { id, things: count } = await copyCollection(node, { ...newer, schema: newer.schema! }, group)
  expect(count).toBe(2)
  const copy = (await collectionsOf(node)).find((one) => one.id === id)!
  expect(copy).toMatchObject({ group, name: 'Shopping', fields: newer.fields })
  expect(copy.views.map(({ kind, layout }) => [kind, layout])).toEqual(
    newer.views.map(({ kind, layout }) => [kind, layout]),
  )
  const told = (await things(node, copy)).map(({ fields: { item: what, got, aisle, photo } }) => ({
    what,
    got,
    aisle,
    photo,
  }))
  expect(new Set(told)).toEqual(
    new Set([
      { what: 'Bread', got: true, aisle: '', photo: [] },
      { what: 'Milk', got: false, aisle: '3', photo: [] },
    ]),
  )
  expect((await node.query(newer.schema!).once()).documents.map((thing) => thing.group)).toEqual([undefined, undefined])
})
