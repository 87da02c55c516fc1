import { describe, expect, test } from 'vitest'
import type { MemoryDatabase } from '../../src/adapters/memory/memory-database.ts'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import type { DocumentId } from '../../src/core/ids.ts'
import { checkStore } from '../../src/engine/check.ts'
import type { EngineDeps } from '../../src/engine/deps.ts'
import { publishDrafts } from '../../src/engine/publish.ts'
import { recover } from '../../src/engine/recover.ts'
import { anAuthor, named, plainSchema, update, type Written } from './author.ts'
import { judged, nameOf, shared, take } from './door.ts'
import { mortal } from './mortal.ts'
import { call, codeOf, until, valueOf } from './support.ts'

const ana = anAuthor(1)
const bo = anAuthor(2)

/** A document that two keys wrote: four entries of hers, two of his, each after the one before. */
const aDocument = (): readonly Written[] => {
  const hers = [ana.create(named('n1'))]
  const his: Written[] = []
  const all = [...hers]
  for (const [n, [author, log]] of [
    [bo, his],
    [ana, hers],
    [ana, hers],
    [bo, his],
    [ana, hers],
  ].entries() as Iterable<[number, [typeof ana, Written[]]]>) {
    log.push(author.write(log, update(all.slice(-1), `n${n + 2}`)))
    all.push(log.at(-1)!)
  }
  return all
}

const idOf = (written: readonly Written[]): DocumentId => written[0]!.id as string as DocumentId

/** What `check` finds, by table. */
const damageIn = async (deps: EngineDeps): Promise<readonly string[]> =>
  valueOf(await checkStore(deps, call)).damaged.map(({ table }) => table)

/** All entries are there once, in order in their logs. */
const expectWhole = async (deps: EngineDeps, written: readonly Written[], name: string): Promise<void> => {
  const items = (await deps.store.document(idOf(written)))?.items ?? []
  expect(items).toHaveLength(written.length)
  expect(await damageIn(deps)).toEqual([])
  expect(await nameOf(deps, written[0]!.id)).toBe(name)
  expect(await deps.store.allPending(10)).toEqual([])
  expect(await deps.store.forks()).toEqual([])
}

const flip = (bytes: Uint8Array, at: number): void => {
  bytes[at < 0 ? bytes.length + at : at]! ^= 1
}
const copyOf = ({ item: { entry, operation } }: Written): Written['item'] => ({
  entry: entry.slice(),
  operation: operation && operation.slice(),
})
const itemsIn = (database: MemoryDatabase, documentId: DocumentId) => database.documents.get(documentId)!.items

describe('a damaged document', () => {
  const kinds = {
    'whose row cannot be read': (database: MemoryDatabase, id: DocumentId) => void database.damaged.add(id),
    'whose row is gone': (database: MemoryDatabase, id: DocumentId) => void database.documents.delete(id),
    'with an entry that cannot be read': (database: MemoryDatabase, id: DocumentId) =>
      flip(itemsIn(database, id)[2]!.entry, 0),
    'with a bit turned in an operation': (database: MemoryDatabase, id: DocumentId) =>
      flip(itemsIn(database, id)[2]!.operation!, -1),
    'with a bit turned in a signature': (database: MemoryDatabase, id: DocumentId) =>
      flip(itemsIn(database, id)[5]!.entry, -1),
  }
  for (const [kind, damage] of Object.entries(kinds))
    for (const order of ['in order', 'backwards'])
      test(`[E11] ${kind} is mended by a copy that comes ${order}`, async () => {
        const { database, open } = shared()
        const written = aDocument()
        await take(open(), written.map(copyOf))
        damage(database, idOf(written))
        const deps = open()
        expect(await damageIn(deps)).not.toEqual([])
        const copy = order === 'in order' ? written : written.toReversed()
        expect(await judged(deps, ...copy)).toContain('stored')
        await expectWhole(deps, written, 'n6')
        expect(await judged(deps, ...copy)).toEqual(copy.map(() => 'duplicate'))
      })

  test('[E11] keeps what is still sound of it, with its mark and its times', async () => {
    const { database, open } = shared()
    const written = aDocument()
    await take(open(), written.map(copyOf))
    database.documents.get(idOf(written))!.mark = 'shared'
    flip(itemsIn(database, idOf(written))[4]!.operation!, -1)
    const before = itemsIn(database, idOf(written)).map(({ receivedAt }) => receivedAt)
    const deps = open()
    expect(await judged(deps, ...written)).toEqual(written.map((_, n) => (n === 4 ? 'stored' : 'duplicate')))
    await expectWhole(deps, written, 'n6')
    expect(await deps.store.document(idOf(written))).toMatchObject({ mark: 'shared' })
    expect(itemsIn(database, idOf(written)).map(({ receivedAt }) => receivedAt)).toEqual(before)
  })

  test('[E11] is mended batch by batch, and what an older copy lacks stays known', async () => {
    const { database, open } = shared()
    const written = aDocument()
    await take(open(), written.map(copyOf))
    database.damaged.add(idOf(written))
    const deps = open()
    expect(await judged(deps, ...written.slice(0, 3))).toEqual(['stored', 'stored', 'stored'])
    expect(await nameOf(deps, written[0]!.id)).toBe('n3')
    expect(await damageIn(deps)).toEqual(['heads', 'heads'])
    expect(await judged(deps, written[5]!)).toEqual(['missing-link'])
    await recover(deps)
    expect(await judged(open(), ...written.slice(3, 5))).toEqual(['stored', 'stored'])
    await expectWhole(deps, written, 'n6')
  })

  test('[E11] takes no entry at the place of one that it lost, but that one', async () => {
    const { database, open } = shared()
    const log = [ana.create(named('n1'))]
    log.push(ana.write(log, update(log, 'n2')))
    await take(open(), log.map(copyOf))
    database.damaged.add(idOf(log))
    const other = ana.write(log.slice(0, 1), update(log.slice(0, 1), 'other'))
    const deps = open()
    expect(await judged(deps, log[0]!, other)).toEqual(['stored', 'entry/log-forked'])
    expect(await judged(deps, log[1]!)).toEqual(['stored'])
    await expectWhole(deps, log, 'n2')
  })

  test('[E11] that is remembered lets wait what goes on with it, and the rest of its batch goes on', async () => {
    const { database, open } = shared()
    const written = aDocument()
    const deps = open()
    for (const one of written.slice(0, 5)) await take(deps, [copyOf(one)])
    database.damaged.add(idOf(written))
    const elsewhere = anAuthor(3).create(named('elsewhere'))
    expect(await judged(deps, written[5]!, elsewhere)).toEqual(['missing-link', 'stored'])
    await recover(deps)
    expect(await judged(deps, ...written.slice(0, 5))).toEqual(written.slice(0, 5).map(() => 'stored'))
    expect(await damageIn(deps)).toEqual([])
    expect(await nameOf(deps, written[0]!.id)).toBe('n6')
  })

  test('[E11] mended by two engines at once has everything once', async () => {
    const { database, open } = shared()
    const written = aDocument()
    await take(open(), written.map(copyOf))
    database.damaged.add(idOf(written))
    const [one, other] = [open(), open()]
    const [first, second] = await Promise.all([
      judged(one, ...written.map(copyOf)),
      judged(other, ...written.toReversed().map(copyOf)),
    ])
    expect([...first, ...second].filter((word) => word === 'stored')).toHaveLength(written.length)
    await expectWhole(one, written, 'n6')
  })

  test.each(['before', 'after'] as const)(
    '[E11] whose mending dies %s any call to the store is mended by the same copy again',
    async (when) => {
      const written = aDocument()
      const verifier = { verify: async (claims: readonly unknown[]) => claims.map(() => true) }
      let at = 0
      for (let isOver = false; !isOver; at++) {
        const { database, open } = shared()
        await take(open({ verifier }), written.map(copyOf))
        database.damaged.add(idOf(written))
        const { store, isDead } = mortal(openMemoryStore(database), { at, when })
        let isThrough = false
        const dying = shared(database).open({ store, verifier })
        const mend = async (): Promise<void> => {
          await take(dying, written.slice(0, 3))
          await take(dying, written.slice(3))
          isThrough = true
        }
        void mend()
        await until(() => isThrough || isDead())
        isOver = isThrough
        const next = shared(database).open({ verifier })
        await recover(next)
        await take(next, written)
        await expectWhole(next, written, 'n6')
      }
      expect(at).toBeGreaterThan(20)
    },
  )

  test('[BA4] of our own is not written to until all of it is back', async () => {
    const { database, open } = shared()
    const deps = open()
    const fields = (name: string) => ({ name, type: 'str' })
    const [made] = valueOf(
      await publishDrafts(deps, [{ action: 'create', schema: plainSchema, fields: fields('n1') }], call),
    )
    const document = made!.documentId
    const change = (name: string) => publishDrafts(open(), [{ action: 'update', document, fields: fields(name) }], call)
    valueOf(await change('n2'))
    const copies = itemsIn(database, document).map(({ entry, operation }) => ({ entry, operation }))
    database.damaged.add(document)
    expect(codeOf(await change('n3'))).toBe('store/corrupt')
    const next = open()
    await take(next, copies.slice(0, 1))
    expect(codeOf(await change('n3'))).toBe('store/corrupt')
    await take(next, copies)
    valueOf(await change('n3'))
    await next.materialiser.settled()
    expect(await nameOf(next, made!.operationId)).toBe('n3')
    expect(await damageIn(next)).toEqual([])
    expect(database.forks.size).toBe(0)
  })
})
