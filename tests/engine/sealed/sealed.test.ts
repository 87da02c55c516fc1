import { describe, expect, test } from 'vitest'
import { memoryKeys } from '../../../src/adapters/memory/memory-keys.ts'
import { documentViewId } from '../../../src/core/document/view-id.ts'
import type { DocumentId, OperationId, SchemaId } from '../../../src/core/ids.ts'
import { systemSchemaId } from '../../../src/core/schema/system/id.ts'
import { maySeal } from '../../../src/core/schema/system/index.ts'
import type { PlainFields, PlainOperation } from '../../../src/core/operation/operation.ts'
import type { Draft, KnownSchema, Query, Values } from '../../../src/engine/api.ts'
import { defineSchema } from '../../../src/engine/define-schema.ts'
import type { EngineDeps } from '../../../src/engine/deps.ts'
import { publishDrafts } from '../../../src/engine/publish.ts'
import { queryDocuments } from '../../../src/engine/query/query.ts'
import { currentDocument, documentAt, documentHistory } from '../../../src/engine/read-document.ts'
import { createSearch } from '../../../src/engine/search.ts'
import { decodeOperation } from '../../../src/core/operation/decode.ts'
import { decodeEntry } from '../../../src/core/entry/decode.ts'
import { groupKeys } from '../../../src/core/sealing/group-keys.ts'
import type { SealingPlace } from '../../../src/core/sealing/place.ts'
import { seal } from '../../../src/core/sealing/seal.ts'
import { anAuthor, text } from '../author.ts'
import { oneDoor, shared, take } from '../door.ts'
import { call, codeOf, valueOf } from '../support.ts'
import { aGroup, everything, make, publish } from './a-group.ts'

const message = { text: 'Bring salt', sent_at: 1_800_000_000, after: [], reply_to: [], things: [], files: [] }
const shown = async (deps: EngineDeps, id: DocumentId) => valueOf(await currentDocument(deps, id))
const change = (document: DocumentId, fields: Values, schema?: SchemaId): Draft => ({
  action: 'update',
  document,
  fields,
  ...(schema && { schema }),
})
/** An envelope made by hand. */
function sealed(
  group: DocumentId,
  place: SealingPlace,
  schema = 'takibi_view_v1',
  fields: PlainFields = { name: text('Forged') },
): Uint8Array {
  return valueOf(seal(schema as SchemaId, fields, place, groupKeys(group, 0).current!, new Uint8Array(24)))
}
/** What everybody sees of a document. */
const clear = async (deps: EngineDeps, id: DocumentId): Promise<readonly PlainOperation[]> =>
  (await deps.store.document(id))!.items.map(({ operation }) => valueOf(decodeOperation(operation!)))
const find = async (deps: EngineDeps, query: Query): Promise<readonly DocumentId[]> =>
  valueOf(await queryDocuments(deps, query, call)).documents.map(({ id }) => id)
const otters = (
  deps: EngineDeps,
  group: DocumentId,
  more: Partial<Parameters<typeof defineSchema>[1]> = {},
): Promise<KnownSchema> =>
  defineSchema(
    deps,
    { name: 'otter', description: 'Seen', fields: { place: 'str', count: 'int' }, group, ...more },
    call,
  ).then(valueOf)

describe('documents of a group', () => {
  test('[SD7] are sealed for everybody, and say inside what they are', async () => {
    const deps = oneDoor()
    const { group, secretGroup } = await aGroup(deps)
    const id = await make(deps, 'takibi_message_v1', message, group)
    expect(await shown(deps, id)).toMatchObject({ schemaId: 'takibi_message_v1', group, fields: message })
    const [create] = await clear(deps, id)
    expect(create).toMatchObject({
      schemaId: 'secret_v1',
      fields: { group: { value: [secretGroup] }, own: { value: true } },
    })
    expect(Object.keys((create as Extract<PlainOperation, { action: 'create' }>).fields)).toEqual([
      'group',
      'own',
      'sealed',
    ])
  })

  test('[SD7] are changed and removed like others; their updates carry the sealed text only', async () => {
    const deps = oneDoor()
    const { group } = await aGroup(deps)
    const id = await make(deps, 'takibi_message_v1', message, group)
    const [edited] = await publish(deps, change(id, { text: 'Bring pepper' }))
    expect(await shown(deps, id)).toMatchObject({ isEdited: true, fields: { ...message, text: 'Bring pepper' } })
    await publish(deps, { action: 'delete', document: id })
    expect(await shown(deps, id)).toMatchObject({ isDeleted: true })
    const [, update, remove] = await clear(deps, id)
    expect(update).toMatchObject({ schemaId: 'secret_v1' })
    expect(Object.keys((update as Extract<PlainOperation, { action: 'update' }>).fields)).toEqual(['sealed'])
    expect(remove).toMatchObject({ action: 'delete', schemaId: 'secret_v1', previous: [edited!.operationId] })
    const history = valueOf(await documentHistory(deps, id))
    expect(history.map(({ action, fields }) => [action, fields['text']])).toEqual([
      ['create', 'Bring salt'],
      ['update', 'Bring pepper'],
      ['delete', undefined],
    ])
    const then = valueOf(await documentAt(deps, documentViewId([id as OperationId])))
    expect(then).toMatchObject({ group, fields: message })
  })

  test('[SD7] are found by what is inside, by group, and by their words', async () => {
    const deps = oneDoor()
    const [one, other] = [await aGroup(deps), await aGroup(deps)]
    const schema = await otters(deps, one.group)
    const here = await make(deps, schema.id, { place: 'Ferry bank', count: 2 }, one.group)
    const there = await make(deps, schema.id, { place: 'Old mill', count: 5 }, other.group)
    expect(await find(deps, { schema: schema.id, where: { count: { gt: 3 } } })).toEqual([there])
    expect(await find(deps, { schema: schema.id, meta: { group: { eq: one.group } } })).toEqual([here])
    const hits = valueOf(await createSearch(deps).find('ferry', { limit: 5 }, call))
    expect(hits.map(({ document }) => document.id)).toEqual([here])
  })

  test('[SD7] come to the same on another device, whatever comes first', async () => {
    const deps = oneDoor()
    const { group } = await aGroup(deps)
    const schema = await otters(deps, group)
    const id = await make(deps, schema.id, { place: 'Ferry bank', count: 2 }, group)
    await publish(deps, change(id, { count: 3 }))
    const wanted = await shown(deps, id)
    const documents = await everything(deps)
    for (const turn of [0, 3, 5, 7]) {
      const order = [...documents.slice(turn), ...documents.slice(0, turn)].toReversed()
      const there = oneDoor({ keys: memoryKeys([new Uint8Array(32).fill(9)]) })
      for (const items of order) await take(there, items)
      await there.materialiser.settled()
      expect(await shown(there, id)).toMatchObject({ viewId: wanted!.viewId, fields: wanted!.fields, group })
    }
  })

  test('[SD8] a family spans the versions of one definition; a later one updates what an earlier one began', async () => {
    const deps = oneDoor()
    const { group } = await aGroup(deps)
    const first = await otters(deps, group)
    const id = await make(deps, first.id, { place: 'Ferry bank', count: 2 }, group)
    const second = await otters(deps, group, {
      fields: { place: 'str', count: 'int', pups: 'int' },
      newVersionOf: first.id,
    })
    expect(second.definition).toBe(first.definition)
    await publish(deps, change(id, { pups: 1 }, second.id))
    expect(await shown(deps, id)).toMatchObject({
      schemaId: first.id,
      fields: { place: 'Ferry bank', count: 2, pups: 1 },
    })
    expect(await find(deps, { schema: second.id, where: { pups: { eq: 1 } } })).toEqual([id])
  })

  test('[SD8] another family’s update keeps its place, without effect; nor is it written here', async () => {
    const deps = oneDoor()
    const { group } = await aGroup(deps)
    const schema = await otters(deps, group)
    const herons = await otters(deps, group, { name: 'heron' })
    const id = await make(deps, schema.id, { place: 'Ferry bank', count: 2 }, group)
    expect(codeOf(await publishDrafts(deps, [change(id, { count: 3 }, herons.id)], call))).toBe('schema/not-matching')
  })

  test('[SD4] wait for their group, and open when it comes', async () => {
    const deps = oneDoor()
    const { group, secretGroup } = await aGroup(deps)
    const id = await make(deps, 'takibi_message_v1', message, group)
    const there = oneDoor({ keys: memoryKeys([new Uint8Array(32).fill(9)]) })
    const documents = await everything(deps)
    const late = (await deps.store.document(secretGroup))!.items
    for (const items of documents) if (items[0]!.entry.join() !== late[0]!.entry.join()) await take(there, items)
    expect(await shown(there, id)).toBeUndefined()
    await take(
      there,
      late.map(({ entry, operation }) => ({ entry, operation })),
    )
    await there.materialiser.settled()
    expect(await shown(there, id)).toMatchObject({ fields: message })
  })

  test.each<[string, (place: SealingPlace) => Uint8Array, string | undefined]>([
    ['nonsense', () => new Uint8Array(9), 'sealed/malformed'],
    [
      'what was sealed for another place',
      (place) => sealed(place.group, { ...place, previous: [place.group] }),
      'sealed/not-bound',
    ],
    ['another family', (place) => sealed(place.group, place, 'takibi_contact_v1'), undefined],
    [
      'a field that the schema does not know',
      (place) => sealed(place.group, place, 'takibi_view_v1', { colour: text('red') }),
      undefined,
    ],
  ])(
    '[SD3] %s in an update keeps its place, without effect, and the next one builds on it',
    async (_, forge, closed) => {
      const author = anAuthor(5)
      const deps = oneDoor({ keys: memoryKeys([new Uint8Array(32).fill(5)]) })
      const { group, secretGroup } = await aGroup(deps)
      const view = { collection: group, name: 'By place', kind: 'table', config: '{}' }
      const id = await make(deps, 'takibi_view_v1', view, group)
      const [item] = (await deps.store.document(id))!.items
      const create = { id: id as OperationId, entry: valueOf(decodeEntry(item!.entry)), item: item! }
      const place = {
        group: secretGroup,
        publicKey: author.publicKey,
        action: 'update',
        previous: [create.id],
      } as const
      const forged = author.write([create], {
        action: 'update',
        schemaId: systemSchemaId('secret_v1'),
        previous: [create.id],
        fields: { sealed: { plain: 'bytes', value: forge(place) } },
      })
      await take(deps, [forged])
      expect(await shown(deps, id)).toMatchObject({ viewId: forged.id, fields: view })
      await publish(deps, change(id, { name: 'By count' }))
      expect(await shown(deps, id)).toMatchObject({ fields: { ...view, name: 'By count' } })
      const history = valueOf(await documentHistory(deps, id))
      expect(history.map((one) => [one.closed, one.refusal, one.fields['name']])).toEqual([
        [undefined, undefined, 'By place'],
        [closed, undefined, undefined],
        [undefined, undefined, 'By count'],
      ])
    },
  )

  test('[SD6] what is judged in clear is not sealed, and a group without a sealed side takes nothing', async () => {
    const deps = oneDoor()
    const { group } = await aGroup(deps)
    const draft = (schema: string, fields: object, to: DocumentId): Draft =>
      ({ action: 'create', schema: schema as SchemaId, fields, group: to }) as Draft
    expect(maySeal('key_group_v1' as SchemaId)).toBe(false)
    expect(codeOf(await publishDrafts(deps, [draft('key_group_v1', { name: 'g', members: [] }, group)], call))).toBe(
      'sealed/schema-refused',
    )
    const id = await make(deps, 'key_group_v1', { name: 'open', members: [] })
    expect(codeOf(await publishDrafts(deps, [draft('takibi_message_v1', message, id)], call))).toBe('group/not-sealed')
    const large = { ...message, text: 'a'.repeat(256 * 1024) }
    expect(codeOf(await publishDrafts(deps, [draft('takibi_message_v1', large, group)], call))).toBe('sealed/too-large')
  })

  test('[SD7] a group, its definition and its first thing are one batch', async () => {
    const deps = shared().open()
    const { secretGroup } = await aGroup(deps)
    const group = secretGroup
    const published = await publish(
      deps,
      {
        action: 'create',
        schema: systemSchemaId('schema_field_definition_v1'),
        fields: { name: 'place', type: 'str' },
        as: 'f',
        group,
      },
      {
        action: 'create',
        schema: systemSchemaId('schema_definition_v1'),
        fields: { name: 'otter', description: '', fields: [{ ref: 'f' }] },
        as: 'd',
        group,
      },
      { action: 'create', schema: { ref: 'd' }, fields: { place: 'Ferry bank' }, group, expiresAt: 86_401 },
    )
    const id = published.at(-1)!.documentId
    expect(await shown(deps, id)).toMatchObject({ fields: { place: 'Ferry bank' } })
    expect(await clear(deps, id)).toMatchObject([{ fields: { expires_at: { value: 172_800n } } }])
  })
})
