import { describe, expect, onTestFinished, test } from 'vitest'
import { replaceField } from '../../src/app/builder/replace-field.ts'
import { type Collection, readCollection, titleOf } from '../../src/app/data/collection.ts'
import { fieldNameFor, schemaFields, schemaNameFor, sortableFields } from '../../src/app/data/definition.ts'
import { type FieldKind, fieldKinds, makeField } from '../../src/app/data/field-kind.ts'
import { collectionSchema, viewSchema } from '../../src/app/data/system-schemas.ts'
import { fromTemplate, templateNames } from '../../src/app/data/templates.ts'
import { startValues } from '../../src/app/data/view-config.ts'
import { changeFields, createCollection, effectsOf } from '../../src/app/data/write-collection.ts'
import { templates as german } from '../../src/app/messages/de/templates.ts'
import { templates as english } from '../../src/app/messages/en/templates.ts'
import { openTestNode, type TakibiNode } from '../../src/sdk/testing.ts'

const aNode = async (): Promise<TakibiNode> => {
  const { node } = await openTestNode()
  onTestFinished(() => node.close())
  return node
}
const collectionsOf = async (node: TakibiNode): Promise<readonly Collection[]> => {
  const { documents } = await node.query(collectionSchema).once()
  const views = await node.query(viewSchema, { first: 1_000 }).once()
  const { schemas } = await node.schemas().once()
  return documents.map((document) => readCollection(document, views.documents, schemas))
}
const only = async (node: TakibiNode): Promise<Collection> => {
  const [collection] = await collectionsOf(node)
  if (collection === undefined) throw new Error('there is no collection')
  return collection
}

describe.each([
  ['English', english],
  ['German', german],
] as const)('templates in %s', (_, words) => {
  test.each(templateNames)('%s becomes a collection that reads as it was meant', async (template) => {
    const node = await aNode()
    const definition = fromTemplate(template, words)
    const id = await createCollection(node, definition)
    const collection = await only(node)
    expect(collection).toMatchObject({ id, name: definition.name, one: definition.one, icon: definition.icon })
    expect(collection.views.map(({ kind }) => kind)).toEqual(definition.views.map(({ kind }) => kind))
    expect(collection.fields.map(({ name, kind, label }) => ({ name, kind, label }))).toEqual(
      definition.fields.map(({ name, kind, label }) => ({ name, kind, label })),
    )
    expect(collection.fields.some(({ isRemoved }) => isRemoved)).toBe(false)
  })

  test.each(templateNames)('%s names only its own fields in its views', (template) => {
    const { fields, views } = fromTemplate(template, words)
    const names = new Set(fields.map(({ name }) => name))
    for (const { layout = {}, sort = [] } of views) {
      const { title, subtitle, cover, badge, group, tick } = layout
      const named = [title, subtitle, cover, badge, group, tick, ...sort.map(({ by }) => by)]
      for (const name of named.filter((each) => each !== undefined && each !== 'CREATED_AT'))
        expect(names).toContain(name)
    }
  })
})

test('a thing of a template can be made from its defaults, and is called by its title', async () => {
  const node = await aNode()
  await createCollection(node, fromTemplate('observations', english))
  const before = await only(node)
  const schema = before.schema!
  const id = await node.create(schema, { ...startValues(before.fields, schema), what: ' Grey heron ' })
  const { document } = await node.document(id).once()
  expect(document?.fields).toMatchObject({ count: 1, status: '', photos: [], place_acc: -1 })
  expect(titleOf(before, document!)).toBe('Grey heron')
})

test('every kind of field can be stored', async () => {
  const node = await aNode()
  await createCollection(node, fromTemplate('blank', english))
  const target = (await only(node)).schema!.id
  const fields = fieldKinds.map((kind: FieldKind) => makeField(fieldNameFor(kind, []), kind, kind, { target }))
  await createCollection(node, { ...fromTemplate('blank', english), name: 'All kinds', fields })
  const collection = (await collectionsOf(node)).find(({ name }) => name === 'All kinds')!
  expect(collection.fields.map(({ kind }) => kind)).toEqual(fieldKinds)
  const id = await node.create(collection.schema!, startValues(collection.fields, collection.schema!))
  expect((await node.document(id).once()).status).toBe('ready')
})

describe('changing fields', () => {
  test('adds a version when what is stored changes; old things keep theirs', async () => {
    const node = await aNode()
    await createCollection(node, fromTemplate('shopping', english))
    const before = await only(node)
    const oats = await node.create(before.schema!, { ...startValues(before.fields, before.schema!), item: 'Oats' })
    const fields = replaceField(before.fields, before.fields, undefined, makeField('', 'number', 'Price'))
    expect(effectsOf(before.fields, fields)).toMatchObject([{ kind: 'added', field: { label: 'Price' } }])
    await changeFields(node, before, { ...before, fields })
    const after = await only(node)
    expect(after.versions.map(({ version }) => version)).toEqual([1, 2])
    expect(after.fields.at(-1)).toMatchObject({ name: 'price', kind: 'number', isRemoved: false })
    const salt = await node.create(after.schema!, { ...startValues(after.fields, after.schema!), item: 'Salt' })
    const { documents } = await node.query(after.schema!, { orderBy: ['item'] }).once()
    expect(documents.map(({ id }) => id)).toEqual([oats, salt])
    expect(documents[0]?.schemaId).toBe(before.schema!.id)
  })

  test('makes no version of new words', async () => {
    const node = await aNode()
    await createCollection(node, fromTemplate('shopping', english))
    const before = await only(node)
    const fields = before.fields.map((field) => (field.name === 'item' ? { ...field, label: 'What' } : field))
    expect(effectsOf(before.fields, fields)).toEqual([{ kind: 'words' }])
    await changeFields(node, before, { ...before, name: 'Saturday', fields })
    const after = await only(node)
    expect(after).toMatchObject({ name: 'Saturday', versions: before.versions })
    expect(after.fields[0]).toMatchObject({ name: 'item', label: 'What' })
  })

  test('puts a removed field aside and can bring it back', async () => {
    const node = await aNode()
    await createCollection(node, fromTemplate('shopping', english))
    const first = await only(node)
    const without = first.fields.map((field) => (field.name === 'where' ? { ...field, isRemoved: true } : field))
    expect(effectsOf(first.fields, without)).toMatchObject([{ kind: 'removed' }])
    await changeFields(node, first, { ...first, fields: without })
    const second = await only(node)
    expect(second.fields.find(({ name }) => name === 'where')).toMatchObject({ isRemoved: true, label: 'Where' })
    const again = second.fields.map((field) => ({ ...field, isRemoved: false }))
    expect(effectsOf(second.fields, again)).toMatchObject([{ kind: 'back' }])
    await changeFields(node, second, { ...second, fields: again })
    const third = await only(node)
    expect(third.fields.find(({ name }) => name === 'where')).toMatchObject({ isRemoved: false, kind: 'text' })
    expect(third.fields.filter(({ isRemoved }) => isRemoved)).toEqual([])
  })

  test('to another type makes a new field beside the old one', () => {
    const saved = fromTemplate('observations', english).fields
    const count = saved.find(({ name }) => name === 'count')!
    const fields = replaceField(saved, saved, count, { ...count, kind: 'text', isWhole: false, default: undefined })
    expect(fields.filter(({ label }) => label === 'Count')).toMatchObject([
      { name: 'count2', kind: 'text', isRemoved: false },
      { name: 'count', kind: 'number', isRemoved: true },
    ])
    expect(effectsOf(saved, fields)).toMatchObject([{ kind: 'retyped', field: { name: 'count2' } }])
  })

  test('that changes nothing has no effect', () => {
    const { fields } = fromTemplate('tasks', english)
    expect(effectsOf(fields, [...fields])).toEqual([])
  })
})

describe('names for p2panda', () => {
  test('are made of any label, in any script, and never collide', () => {
    const labels = ['Größe', 'Größe', '数量', '数量', '1st place', '', 'Site', 'Site lat', '__proto__', 'x']
    const names = labels.reduce<readonly string[]>((taken, label) => [...taken, fieldNameFor(label, taken)], [])
    expect(names.slice(0, 5)).toEqual(['grosse', 'grosse2', 'field', 'field2', 'st_place'])
    expect(new Set(names).size).toBe(labels.length)
    for (const name of names) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9_]{0,63}$/)
  })

  test('of schemas end in a letter or digit', () => {
    for (const name of ['Einkauf & mehr', '!!!', 'a', `${'long '.repeat(30)}_`])
      expect(schemaNameFor(name)).toMatch(/^[A-Za-z][A-Za-z0-9_]{0,62}[A-Za-z0-9]$/)
  })

  test('a place takes three, and no index is asked for what cannot be sorted', () => {
    const definition = fromTemplate('observations', english)
    expect(Object.keys(schemaFields(definition.fields))).toEqual(
      expect.arrayContaining(['place_lat', 'place_lon', 'place_acc']),
    )
    for (const template of templateNames) {
      const sortable = sortableFields(fromTemplate(template, english))
      expect(sortable.length).toBeLessThanOrEqual(3)
      expect(sortable).not.toContain('photos')
    }
  })
})
