import { describe, expect, test } from 'vitest'
import type { DocumentId, SchemaId } from '../../src/core/ids.ts'
import type { KnownSchema, SchemaDraft } from '../../src/engine/api.ts'
import type { Changed } from '../../src/engine/changes-hub.ts'
import type { EngineDeps } from '../../src/engine/deps.ts'
import { defineSchema } from '../../src/engine/define-schema.ts'
import { publishDrafts } from '../../src/engine/publish.ts'
import { aSchema, anAuthor, text } from './author.ts'
import { judged, oneDoor, shared, take } from './door.ts'
import { call, codeOf, valueOf } from './support.ts'

const draft: SchemaDraft = {
  name: 'thing',
  description: 'Made by a test',
  fields: { title: 'str', amount: 'int', note: 'str', done: 'bool', when: 'int', photo: 'relation_list(blob_v1)' },
}
const define = async (deps: EngineDeps, more: Partial<SchemaDraft> = {}): Promise<KnownSchema> =>
  valueOf(await defineSchema(deps, { ...draft, ...more }, call))
const [ana, bo] = [anAuthor(1), anAuthor(2)]

describe('defining a schema', () => {
  test('[SC1] gives the schema its id, its fields by name and three sortable ones', async () => {
    const deps = oneDoor()
    const schema = await define(deps)
    expect(schema.id).toBe(`thing_${schema.definition}`)
    expect(schema.fields.map(({ name }) => name)).toEqual(['amount', 'done', 'note', 'photo', 'title', 'when'])
    expect(schema).toMatchObject({ version: 1, sortable: ['title', 'amount', 'note'] })
    expect((await define(deps, { name: 'other', sortable: ['when'] })).sortable).toEqual(['when'])
  })

  test('[SC1] all of it is one commit, and two schemas of one name are two', async () => {
    const { database, open } = shared()
    const deps = open()
    const [one, two] = [await define(deps), await define(deps)]
    expect(one.id).not.toBe(two.id)
    expect(database.documents.size).toBe(14)
    expect((await deps.schemas.familyOf(one.id))?.number).not.toBe((await deps.schemas.familyOf(two.id))?.number)
  })

  test('a new version keeps the fields that stay, and both belong to one family', async () => {
    const { database, open } = shared()
    const deps = open()
    const first = await define(deps)
    const before = database.documents.size
    const { photo: _, ...fields } = draft.fields
    const second = await define(deps, { fields: { ...fields, colour: 'str' }, newVersionOf: first.id })
    expect(second).toMatchObject({ version: 2, definition: first.definition, sortable: first.sortable })
    expect(second.fields.map(({ name }) => name)).toEqual(['amount', 'colour', 'done', 'note', 'title', 'when'])
    // One new field definition; the schema's definition is changed, not made anew.
    expect(database.documents.size).toBe(before + 1)
    expect(await deps.schemas.familyOf(second.id)).toEqual(await deps.schemas.familyOf(first.id))

    const versions = [first, second]
    for (const { id } of versions) {
      const own = id === first.id ? { photo: [] } : { colour: 'red' }
      const values = { title: 'x', amount: 1, note: '', done: false, when: 0, ...own }
      valueOf(await publishDrafts(deps, [{ action: 'create', schema: id, fields: values }], call))
    }
    const known = (await deps.schemas.all()).filter(({ definition }) => definition === first.definition)
    expect(known.map(({ id, version }) => [id, version])).toEqual([
      [first.id, 1],
      [second.id, 2],
    ])
  })

  test('a later version can ask for another index, which is not ready before somebody builds it', async () => {
    const deps = oneDoor()
    const first = await define(deps)
    const second = await define(deps, { newVersionOf: first.id, description: 'changed', sortable: ['title', 'when'] })
    expect(second.sortable).toEqual(['title', 'amount', 'note'])
    const family = await deps.schemas.familyOf(second.id)
    expect(family?.sortable.map(({ name, isReady }) => [name, isReady])).toEqual([
      ['title', true],
      ['amount', true],
      ['note', true],
      ['when', false],
    ])
  })

  test('refuses what makes no schema, and stores nothing of it', async () => {
    const { database, open } = shared()
    const deps = open()
    const failing = async (more: Partial<SchemaDraft>): Promise<string> =>
      codeOf(await defineSchema(deps, { ...draft, ...more }, call))
    expect(await failing({ name: 'x' })).toBe('schema/definition-invalid')
    expect(await failing({ fields: {} })).toBe('schema/definition-invalid')
    expect(await failing({ fields: { title: 'string' } })).toBe('schema/field-type-malformed')
    expect(await failing({ fields: { '1title': 'str' } })).toBe('operation/field-invalid')
    expect(await failing({ sortable: ['absent'] })).toBe('schema/definition-invalid')
    expect(await failing({ newVersionOf: 'blob_v1' as SchemaId })).toBe('schema/unknown')
    expect(database.documents.size).toBe(0)
  })
})

describe('schemas that come from elsewhere', () => {
  const schema = aSchema(bo)
  const thing = ana.create({ title: text('one') }, schema.id)
  const [field, definition] = schema.written

  test('[SC8] are known from the same batch, whatever comes first', async () => {
    const deps = oneDoor()
    expect(await judged(deps, thing, definition!, field!)).toEqual(['stored', 'stored', 'stored'])
    expect((await deps.store.view(thing.id as DocumentId))?.fields['title']?.value).toBe('one')
  })

  test('[SC8] make readable what waited for them, also when their fields come last', async () => {
    for (const order of [
      [thing, definition!, field!],
      [thing, field!, definition!],
      [definition!, thing, field!],
    ]) {
      const deps = oneDoor()
      for (const one of order) await take(deps, [one])
      expect((await deps.store.view(thing.id as DocumentId))?.fields['title']?.value).toBe('one')
      expect(await deps.store.allPending(10)).toEqual([])
      expect((await deps.schemas.all()).map(({ id }) => id)).toContain(schema.id)
    }
  })

  test('an operation against its schema is as if it had never come, whether the schema came before it or after', async () => {
    const spoilt = ana.write([thing], {
      action: 'update',
      schemaId: schema.id,
      previous: [thing.id],
      fields: { colour: text('red') },
    })
    const after = ana.write([thing, spoilt], {
      action: 'update',
      schemaId: schema.id,
      previous: [thing.id],
      fields: { title: text('two') },
    })
    const [early, late] = [oneDoor(), oneDoor()]
    await take(early, schema.written)
    expect(await judged(early, thing, spoilt, after)).toEqual(['stored', 'operation/field-unknown', 'missing-link'])
    await take(late, [thing, spoilt, after])
    await take(late, schema.written)
    const views = await Promise.all([early, late].map(({ store }) => store.view(thing.id as DocumentId)))
    expect(views[0]).toMatchObject({ viewId: thing.id, fields: { title: { value: 'one' } } })
    expect({ ...views[1], changedAt: 0 }).toEqual({ ...views[0], changedAt: 0 })
  })

  test('are there after a restart, without a look at the documents', async () => {
    const world = shared()
    await take(world.open(), [...schema.written, thing])
    const next = world.open()
    expect(await next.schemas.find(schema.id)).toMatchObject({ id: schema.id, version: 1, sortable: ['title'] })
    expect((await next.schemas.all()).map(({ id }) => id)).toContain(schema.id)
  })

  test('another engine hears of a schema and of changes to its documents', async () => {
    const world = shared()
    const [here, there] = [world.open(), world.open()]
    const heard: Changed[] = []
    there.changes.subscribe((changed) => heard.push(changed))
    expect((await there.schemas.all()).map(({ id }) => id)).not.toContain(schema.id)
    await take(here, schema.written)
    await take(here, [thing])
    await new Promise((resolve) => setImmediate(resolve))
    expect(heard.some(({ schemas }) => schemas)).toBe(true)
    expect(heard.some(({ documentIds }) => documentIds.has(thing.id as DocumentId))).toBe(true)
    expect((await there.schemas.all()).map(({ id }) => id)).toContain(schema.id)
  })
})
