import { describe, expect, test } from 'vitest'
import { decodeEntry } from '../../src/core/entry/decode.ts'
import { readBundle } from '../../src/core/bundle/bundle.ts'
import { decodeOperation } from '../../src/core/operation/decode.ts'
import type { DocumentId, SchemaId } from '../../src/core/ids.ts'
import type { Draft, EngineApi, ExportReport, ExportScope, ImportReport } from '../../src/engine/api.ts'
import { memoryEngine } from '../../src/hosts/memory-engine.ts'
import { call, codeOf, collect, createAll, define, from, join, valueOf } from './support.ts'

const exported = async (api: EngineApi, scope: ExportScope): Promise<{ bytes: Uint8Array; report: ExportReport }> => {
  let report: ExportReport | undefined
  const chunks = await collect(valueOf(await api.exportBundle(scope, { ...call, report: (given) => (report = given) })))
  return { bytes: join(chunks), report: report! }
}
const imported = async (api: EngineApi, bytes: Uint8Array): Promise<ImportReport> =>
  valueOf(await api.importBundle(from([bytes]), call))

/** The items of a bundle, each with the bytes it takes in the file. */
const itemsOf = async (bytes: Uint8Array) =>
  (await collect(readBundle(from([bytes])))).map((item) => {
    const { entry, operation } = valueOf(item)
    return { entry: valueOf(decodeEntry(entry)), operation: operation && valueOf(decodeOperation(operation)) }
  })

interface World {
  readonly api: EngineApi
  readonly item: SchemaId
  readonly newItem: SchemaId
  readonly collection: DocumentId
  readonly photo: DocumentId
  readonly things: readonly DocumentId[]
  readonly place: DocumentId
}

/** A collection in two versions with a view, a photo, a removed thing, and a link to a thing of another collection. */
const makeWorld = async (seed: number): Promise<World> => {
  const { api } = memoryEngine(seed)
  const places = await define(api, { name: 'str' }, { name: 'place' })
  const [place] = await createAll(api, places.id, [{ name: 'home' }])
  const fields = { title: 'str', at: `relation(${places.id})`, photos: 'relation_list(blob_v1)' }
  const item = await define(api, fields, { name: 'item' })
  const newItem = await define(api, { ...fields, amount: 'int' }, { name: 'item', newVersionOf: item.id })
  const photo = valueOf(
    await api.putBlob(from([new Uint8Array(600_000).fill(7)]), { mimeType: 'image/png', length: 600_000 }, call),
  )
  const [collection] = valueOf(
    await api.publish(
      [
        {
          action: 'create',
          as: 'c',
          schema: 'takibi_collection_v1' as SchemaId,
          fields: { name: 'Items', one: 'item', many: 'items', icon: 'box', definition: item.definition! },
        },
        {
          action: 'create',
          schema: 'takibi_view_v1' as SchemaId,
          fields: { collection: { ref: 'c' }, name: 'List', kind: 'list', config: '{}' },
        },
      ],
      call,
    ),
  )
  const things = await createAll(api, item.id, [
    { title: 'Oats', at: place!, photos: [photo] },
    { title: 'Rye', at: place!, photos: [] },
  ])
  const newer = await createAll(api, newItem.id, [{ title: 'Salt', at: place!, photos: [], amount: 1 }])
  const drafts: Draft[] = [
    { action: 'update', document: things[0]!, fields: { title: 'Oat flakes' } },
    { action: 'update', document: things[0]!, fields: { title: 'Oats again' } },
    { action: 'delete', document: things[1]! },
  ]
  valueOf(await api.publish(drafts, call))
  return {
    api,
    item: item.id,
    newItem: newItem.id,
    collection: collection!.documentId,
    photo,
    things: [...things, ...newer],
    place: place!,
  }
}

/** What a reader sees, without what only this device knows. */
const seen = async (api: EngineApi, ids: readonly DocumentId[]): Promise<unknown> =>
  Promise.all(
    ids.map(async (id) => {
      const { createdAt: _, changedAt: __, ...view } = valueOf(await api.document(id)) ?? ({} as never)
      return view
    }),
  )

describe('a bundle', () => {
  test('of everything, taken in by an empty engine, gives the same views, and goes on from there', async () => {
    const world = await makeWorld(51)
    const { bytes, report } = await exported(world.api, { all: true })
    const other = memoryEngine(52)
    const arrived = await imported(other.api, bytes)
    expect(arrived).toMatchObject({
      entries: report.entries,
      stored: report.entries,
      duplicates: 0,
      pending: [],
      rejectedCount: 0,
    })
    expect(report.leadsOut).toEqual([])
    expect(report.bytes).toBe(bytes.length)
    const ids = [...world.things, world.place, world.photo, world.collection]
    expect(await seen(other.api, ids)).toEqual(await seen(world.api, ids))
    const { bytes: again } = await exported(other.api, { all: true })
    expect(Buffer.compare(again, bytes)).toBe(0)
    expect(valueOf(await other.api.check(call)).damaged).toEqual([])
    valueOf(
      await other.api.publish([{ action: 'update', document: world.things[0]!, fields: { title: 'Mine' } }], call),
    )
    expect(valueOf(await other.api.history(world.things[0]!)).map(({ origin }) => origin)).toEqual([
      'import',
      'import',
      'import',
      'local',
    ])
    await other.api.close()
    await world.api.close()
  })

  test('is in an order in which a reader never waits', async () => {
    const world = await makeWorld(53)
    for (const scope of [{ all: true }, { schema: world.newItem }, { document: world.things[0]! }] as const) {
      const { bytes } = await exported(world.api, scope)
      const known = new Set<string>()
      const heights = new Map<string, bigint>()
      const schemas = new Set<string>()
      for (const { entry, operation } of await itemsOf(bytes)) {
        const log = `${entry.publicKey}/${entry.logId}`
        expect(entry.seqNum).toBe((heights.get(log) ?? 0n) + 1n)
        heights.set(log, entry.seqNum)
        const named = operation && operation.action !== 'create' ? operation.previous : []
        for (const id of named) expect(known.has(id)).toBe(true)
        const defined = /_(0020[0-9a-f_]*)$/.exec(operation?.schemaId ?? '')?.[1]
        for (const id of defined?.split('_') ?? []) expect(schemas.has(id)).toBe(true)
        known.add(entry.hash)
        if (operation?.schemaId === 'schema_definition_v1') schemas.add(entry.hash)
      }
    }
    await world.api.close()
  })

  test('of one collection has its definitions in all versions, its views, things and photos, and says where it leads out', async () => {
    const world = await makeWorld(54)
    const { bytes, report } = await exported(world.api, { schema: world.item })
    const other = memoryEngine(55)
    expect(await imported(other.api, bytes)).toMatchObject({ stored: report.entries, pending: [], rejectedCount: 0 })
    const ids = [...world.things, world.photo, world.collection]
    expect(await seen(other.api, ids)).toEqual(await seen(world.api, ids))
    expect(valueOf(await other.api.query({ schema: world.newItem }, call)).totalCount).toBe(2)
    expect(valueOf(await other.api.blobInfo(world.photo))).toMatchObject({ length: 600_000, missingPieces: 0 })
    expect(valueOf(await other.api.document(world.place))).toBeUndefined()
    expect(new Set(report.leadsOut.map(({ field, to }) => `${field} ${to}`))).toEqual(new Set([`at ${world.place}`]))
    expect(report.leadsOut).toHaveLength(3)
    await other.api.close()
    await world.api.close()
  })

  test('of one document can be read where nothing else is', async () => {
    const world = await makeWorld(56)
    const { bytes } = await exported(world.api, { document: world.things[0]! })
    const other = memoryEngine(57)
    expect(await imported(other.api, bytes)).toMatchObject({ pending: [], rejectedCount: 0 })
    expect(await seen(other.api, [world.things[0]!, world.photo])).toEqual(
      await seen(world.api, [world.things[0]!, world.photo]),
    )
    expect(valueOf(await other.api.document(world.things[2]!))).toBeUndefined()
    await other.api.close()
    await world.api.close()
  })

  test('of what is not here is a failure', async () => {
    const { api } = memoryEngine(58)
    const id = `0020${'1'.repeat(64)}`
    expect(codeOf(await api.exportBundle({ document: id as DocumentId }, call))).toBe('document/unknown')
    expect(codeOf(await api.exportBundle({ schema: `thing_${id}` as SchemaId }, call))).toBe('schema/unknown')
    await api.close()
  })

  test('that comes backwards, twice, in tiny chunks is taken in all the same', async () => {
    const world = await makeWorld(59)
    const { bytes, report } = await exported(world.api, { document: world.things[2]! })
    const { encodeBundleItem, bundleHeader } = await import('../../src/core/bundle/bundle.ts')
    const items = (await collect(readBundle(from([bytes])))).map(valueOf).reverse()
    const backwards = join([
      bundleHeader,
      ...[...items, ...items].map(({ entry, operation }) => encodeBundleItem(entry, operation)),
    ])
    const chunks = Array.from({ length: Math.ceil(backwards.length / 100) }, (_, i) =>
      backwards.subarray(i * 100, i * 100 + 100),
    )
    const other = memoryEngine(60)
    const arrived = valueOf(await other.api.importBundle(from(chunks), call))
    expect(arrived).toMatchObject({
      entries: 2 * report.entries,
      stored: report.entries,
      duplicates: report.entries,
      pending: [],
      rejectedCount: 0,
    })
    expect(await seen(other.api, [world.things[2]!])).toEqual(await seen(world.api, [world.things[2]!]))
    await other.api.close()
    await world.api.close()
  })
})

describe('a bad bundle', () => {
  test('that is none is refused', async () => {
    const { api } = memoryEngine(61)
    expect(codeOf(await api.importBundle(from([new Uint8Array([1, 2, 3])]), call))).toBe('bundle/header-invalid')
    expect(codeOf(await api.importBundle(from([]), call))).toBe('bundle/header-invalid')
    await api.close()
  })

  test('gives its good entries and lists each bad one with its place and its reason', async () => {
    const world = await makeWorld(62)
    const { bytes, report } = await exported(world.api, { document: world.things[2]! })
    const { encodeBundleItem, bundleHeader } = await import('../../src/core/bundle/bundle.ts')
    const items = (await collect(readBundle(from([bytes])))).map(valueOf)
    const thing = items.at(-1)!
    const forged = thing.entry.slice() as typeof thing.entry
    forged[forged.length - 1]! ^= 1
    const changed = thing.operation!.slice() as NonNullable<typeof thing.operation>
    changed[changed.length - 1]! ^= 1
    const parts = [
      bundleHeader,
      encodeBundleItem(forged, thing.operation),
      encodeBundleItem(thing.entry, changed),
      encodeBundleItem(thing.entry.slice(0, 50) as typeof thing.entry, null),
      new Uint8Array([3, 1, 2, 3]),
      ...items.map(({ entry, operation }) => encodeBundleItem(entry, operation)),
      encodeBundleItem(thing.entry, thing.operation).slice(0, 40),
    ]
    const other = memoryEngine(63)
    const arrived = await imported(other.api, join(parts))
    expect(arrived.rejected.map(({ index, failure }) => [index, failure.code])).toEqual([
      [0, 'entry/signature-invalid'],
      [1, 'payload/hash-mismatch'],
      [2, 'entry/malformed'],
      [3, 'bundle/item-malformed'],
      [4 + items.length, 'bundle/cut-off'],
    ])
    expect(arrived).toMatchObject({ entries: items.length + 5, stored: report.entries, rejectedCount: 5, pending: [] })
    expect(await seen(other.api, [world.things[2]!])).toEqual(await seen(world.api, [world.things[2]!]))
    await other.api.close()
    await world.api.close()
  })

  test('without its definitions waits for them, and can be read when they come', async () => {
    const world = await makeWorld(64)
    const { bytes } = await exported(world.api, { document: world.things[2]! })
    const { encodeBundleItem, bundleHeader } = await import('../../src/core/bundle/bundle.ts')
    const items = (await collect(readBundle(from([bytes])))).map(valueOf)
    const some = (list: typeof items): Uint8Array =>
      join([bundleHeader, ...list.map(({ entry, operation }) => encodeBundleItem(entry, operation))])
    const other = memoryEngine(65)
    const first = await imported(other.api, some(items.slice(-1)))
    expect(first).toMatchObject({ entries: 1, stored: 0, pending: [{ index: 0, reason: 'unknown-schema' }] })
    expect(valueOf(await other.api.document(world.things[2]!))).toBeUndefined()
    const second = await imported(other.api, some(items.slice(0, -1)))
    expect(second).toMatchObject({ pending: [], rejectedCount: 0 })
    expect(await seen(other.api, [world.things[2]!])).toEqual(await seen(world.api, [world.things[2]!]))
    await other.api.close()
    await world.api.close()
  })

  test('or a good one can be left in the middle: what was committed stays, whole', async () => {
    const { api } = memoryEngine(66)
    const { id: schema } = await define(api, { title: 'str' })
    // Large texts, so that a few entries are more than one batch.
    const text = 'a'.repeat(700_000)
    await createAll(
      api,
      schema,
      Array.from({ length: 12 }, (_, i) => ({ title: `${i} ${text}` })),
    )
    const { bytes, report } = await exported(api, { all: true })
    const other = memoryEngine(67)
    const end = new AbortController()
    const progress: number[] = []
    const arrived = valueOf(
      await other.api.importBundle(from([bytes]), {
        signal: end.signal,
        report: ({ entries }) => {
          progress.push(entries)
          end.abort()
        },
      }),
    )
    expect(arrived.isCancelled).toBe(true)
    expect(progress[0]).toBeLessThan(report.entries)
    expect(arrived.stored).toBeGreaterThanOrEqual(progress[0]!)
    expect(arrived.stored).toBeLessThan(report.entries)
    expect(valueOf(await other.api.check(call)).damaged).toEqual([])
    expect(await imported(other.api, bytes)).toMatchObject({
      duplicates: arrived.stored,
      stored: report.entries - arrived.stored,
    })
    await other.api.close()
    await api.close()
  })
})
