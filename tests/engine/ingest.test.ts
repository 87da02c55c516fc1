import { describe, expect, test } from 'vitest'
import type { DocumentId, OperationId, SchemaId } from '../../src/core/ids.ts'
import { anAuthor, named, plainSchema, remove, text, update, type Written } from './author.ts'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import { ingest } from '../../src/engine/ingest.ts'
import { judged, nameOf, never, oneDoor, shared, take, words } from './door.ts'

const ana = anAuthor(1)
const bo = anAuthor(2)
/** A log of `length` entries: one CREATE, then updates named after their sequence number. */
const aLog = (length: number, author = ana): readonly Written[] => {
  const log = [author.create(named('n1'))]
  while (log.length < length) log.push(author.write(log, update(log.slice(-1), `n${log.length + 1}`)))
  return log
}
const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))

describe('what is right', () => {
  test('[S2] stores a log and brings its document up to date', async () => {
    const deps = oneDoor()
    const log = aLog(9)
    expect(await judged(deps, ...log)).toEqual(log.map(() => 'stored'))
    expect(await nameOf(deps, log[0]!.id)).toBe('n9')
  })

  test('[S2] stores a batch in which everything comes backwards', async () => {
    const deps = oneDoor()
    const log = aLog(14)
    expect(await judged(deps, ...log.toReversed())).toEqual(log.map(() => 'stored'))
    expect(await nameOf(deps, log[0]!.id)).toBe('n14')
  })

  test('[DO8] takes what two keys wrote to one document, each in a log of its own', async () => {
    const deps = oneDoor()
    const [first] = aLog(1)
    const other = bo.write([], update([first!], 'by_bo'))
    expect(await judged(deps, first!, other)).toEqual(['stored', 'stored'])
    expect(await nameOf(deps, first!.id)).toBe('by_bo')
  })

  test('says duplicate to what is stored, and to what comes twice in one batch', async () => {
    const deps = oneDoor()
    const log = aLog(3)
    expect(await judged(deps, log[0]!, log[0]!)).toEqual(['stored', 'duplicate'])
    await take(deps, log)
    expect(await judged(deps, ...log)).toEqual(['duplicate', 'duplicate', 'duplicate'])
    expect((await deps.store.document(log[0]!.id as DocumentId))?.items).toHaveLength(3)
  })

  test('[D11] hides a deleted document and keeps what it said', async () => {
    const deps = oneDoor()
    const log = [...aLog(2)]
    log.push(ana.write(log, remove([log[1]!])))
    await take(deps, log)
    expect(await deps.store.view(log[0]!.id as DocumentId)).toMatchObject({
      isDeleted: true,
      fields: { name: { value: 'n2' } },
    })
  })

  test('keeps an entry whose payload was dropped, where its log says the document', async () => {
    const deps = oneDoor()
    const log = aLog(2)
    expect(await judged(deps, log[0]!, { ...log[1]!.item, operation: null })).toEqual(['stored', 'stored'])
    expect(await nameOf(deps, log[0]!.id)).toBe('n1')
  })
})

describe('an operation that comes after its entry', () => {
  test('[E12] is taken in, and what builds on it shows', async () => {
    const deps = oneDoor()
    const log = aLog(3)
    const bare = { ...log[1]!.item, operation: null }
    expect(await judged(deps, log[0]!, bare, log[2]!)).toEqual(['stored', 'stored', 'stored'])
    expect(await nameOf(deps, log[0]!.id)).toBe('n1')
    expect(await judged(deps, log[1]!, log[1]!)).toEqual(['stored', 'duplicate'])
    expect(await nameOf(deps, log[0]!.id)).toBe('n3')
    expect(await judged(deps, log[1]!, bare)).toEqual(['duplicate', 'duplicate'])
    const items = (await deps.store.document(log[0]!.id as DocumentId))?.items ?? []
    expect(items.map(({ operation }) => operation)).toEqual(log.map(({ item }) => item.operation))
  })

  test('[E12] within one batch, too', async () => {
    const deps = oneDoor()
    const log = aLog(3)
    const bare = { ...log[1]!.item, operation: null }
    expect(await judged(deps, log[0]!, bare, log[2]!, log[1]!)).toEqual(['stored', 'stored', 'stored', 'stored'])
    expect(await nameOf(deps, log[0]!.id)).toBe('n3')
  })

  test('[E12] has to be the one that the entry names, and to fit its document', async () => {
    const deps = oneDoor()
    const log = aLog(1)
    const foreign = ana.write(log, update([bo.create(named('other'))], 'n2'))
    await take(deps, [log[0]!, { ...foreign.item, operation: null }])
    expect(await judged(deps, { ...foreign.item, operation: log[0]!.item.operation })).toEqual([
      'payload/hash-mismatch',
    ])
    expect(await judged(deps, foreign)).toEqual(['missing-previous'])
    expect(await nameOf(deps, log[0]!.id)).toBe('n1')
  })

  test('[E12] is not lost by an entry that waits with it and comes again without', async () => {
    const deps = oneDoor()
    const log = aLog(2)
    expect(await judged(deps, log[1]!)).toEqual(['missing-link'])
    expect(await judged(deps, { ...log[1]!.item, operation: null })).toEqual(['duplicate'])
    await take(deps, [log[0]!])
    expect(await nameOf(deps, log[0]!.id)).toBe('n2')
  })
})

describe('what comes too early', () => {
  test('[BA2] waits for the entry before it, then goes on with all that waited', async () => {
    const deps = oneDoor()
    const log = aLog(6)
    expect(await judged(deps, ...log.slice(1))).toEqual(log.slice(1).map(() => 'missing-link'))
    expect(await judged(deps, log[3]!)).toEqual(['duplicate'])
    const last = await take(deps, [log[0]!])
    expect(words(last.woken)).toEqual(log.slice(1).map(() => 'stored'))
    expect(await nameOf(deps, log[0]!.id)).toBe('n6')
    expect(await deps.store.allPending(10)).toEqual([])
  })

  test('[DO6] waits for an operation it follows, one after the other', async () => {
    const deps = oneDoor()
    const [first] = aLog(1)
    const left = ana.write([first!], update([first!], 'left'))
    const right = bo.write([], update([first!], 'right'))
    const merge = anAuthor(3).write([], update([left, right], 'merged'))
    expect(await judged(deps, merge)).toEqual(['missing-previous'])
    expect(await judged(deps, first!, right)).toEqual(['stored', 'stored'])
    expect(await nameOf(deps, first!.id)).toBe('right')
    expect(words((await take(deps, [left])).woken)).toEqual(['stored'])
    expect(await nameOf(deps, first!.id)).toBe('merged')
  })

  test('goes on with more than one batch of what waited', async () => {
    const deps = oneDoor({ verifier: { verify: async (claims) => claims.map(() => true) } })
    const first = ana.create(named('root'))
    const authors = Array.from({ length: 50 }, (_, i) => anAuthor(3 + i))
    const logs = Array.from({ length: 600 }, (_, i) =>
      authors[i % 50]!.write([], update([first], `n${i}`), { logId: BigInt(i) }),
    )
    const own = new Map(logs.map((one) => [one.entry.publicKey, one]))
    for (let at = 0; at < logs.length; at += 500) await take(deps, logs.slice(at, at + 500))
    const { woken } = await take(deps, [first])
    expect(words(woken).filter((word) => word === 'stored')).toHaveLength(own.size)
    expect(words(woken)).toHaveLength(600)
    expect(await deps.store.allPending(10)).toEqual([])
  })

  test('an entry without payload that begins a log waits until it comes again, whole', async () => {
    const deps = oneDoor()
    const log = aLog(2)
    expect(await judged(deps, { ...log[0]!.item, operation: null }, log[1]!)).toEqual(['missing-link', 'missing-link'])
    expect(words((await take(deps, [log[0]!])).verdicts)).toEqual(['stored'])
    expect(await nameOf(deps, log[0]!.id)).toBe('n2')
    expect(await deps.store.allPending(10)).toEqual([])
  })

  test('keeps operations of a schema that is not known, and shows nothing yet', async () => {
    const deps = oneDoor()
    const schemaId = `thing_${'0020'.padEnd(68, 'a')}` as SchemaId
    const thing = ana.create({ title: text('x') }, schemaId)
    expect(await judged(deps, thing)).toEqual(['unknown-schema'])
    expect(await deps.store.view(thing.id as DocumentId)).toBeUndefined()
    expect(await deps.store.allPending(10)).toEqual([{ id: thing.id, awaits: `schema:${schemaId}` }])
  })
})

describe('what is wrong', () => {
  test('[E2] bytes that are no entry, and bytes that are no operation', async () => {
    const [one] = aLog(1)
    const { entry, operation } = one!.item
    expect(await judged(oneDoor(), { entry: entry.slice(0, 100), operation })).toEqual(['entry/malformed'])
    expect(await judged(oneDoor(), { entry: new Uint8Array(), operation })).toEqual(['entry/malformed'])
  })

  test('[E5] a signature by another key, the others of the batch unharmed', async () => {
    const [one, two] = [ana.create(named('a1')), ana.create(named('a2'))]
    const bytes = flipped(one.item.entry, one.item.entry.length - 40)
    expect(await judged(oneDoor(), { ...one.item, entry: bytes }, two)).toEqual(['entry/signature-invalid', 'stored'])
  })

  test('[E6] a payload that is not the one the entry names', async () => {
    const [one, two] = [ana.create(named('a1')), ana.create(named('a2'))]
    expect(await judged(oneDoor(), { ...one.item, operation: two.item.operation })).toEqual(['payload/hash-mismatch'])
  })

  test('[E3] links that do not fit what is stored', async () => {
    const deps = oneDoor()
    const log = aLog(4)
    await take(deps, log.slice(0, 3))
    const wrongBack = ana.write(log.slice(0, 3), update([log[2]!], 'x'), { backlink: log[1]!.id })
    expect(await judged(deps, wrongBack)).toEqual(['entry/backlink-mismatch'])
    const otherFirst = [ana.create(named('other')), ...log.slice(1, 3)]
    const wrongSkip = ana.write(otherFirst, update([log[2]!], 'x'), { logId: log[0]!.entry.logId })
    expect(await judged(deps, wrongSkip)).toEqual(['entry/skiplink-mismatch'])
  })

  test('a log id that is out of use', async () => {
    const one = ana.write(
      [],
      { action: 'create', schemaId: plainSchema, fields: named('a1') },
      { logId: 2n ** 64n - 2n },
    )
    expect(await judged(oneDoor(), one)).toEqual(['entry/log-id-reserved'])
  })

  test('[E4] anything after the end of a log', async () => {
    const deps = oneDoor()
    const [one] = aLog(1)
    const last = ana.write([one!], update([one!], 'last'), { isEndOfLog: true })
    const after = ana.write([one!, last], update([last], 'after'))
    const later = ana.write([one!, last, after], update([after], 'later'))
    expect(await judged(deps, one!, last, after, later)).toEqual([
      'stored',
      'stored',
      'entry/log-ended',
      'entry/log-ended',
    ])
  })

  test('[BA3] a second log of a key in a document, and a second document in a log', async () => {
    const deps = oneDoor()
    const log = aLog(2)
    await take(deps, log)
    const secondLog = ana.write([], update([log[1]!], 'x'), { logId: 900n })
    expect(await judged(deps, secondLog)).toEqual(['document/log-mismatch'])
    const secondDocument = ana.write(log, { action: 'create', schemaId: plainSchema, fields: named('other') })
    expect(await judged(deps, secondDocument)).toEqual(['document/log-mismatch'])
    const other = bo.create(named('other'))
    const moved = ana.write(log, update([other], 'x'))
    expect(await judged(deps, other, moved)).toEqual(['stored', 'document/log-mismatch'])
  })

  test('previous of two documents', async () => {
    const [one, two] = [ana.create(named('a1')), ana.create(named('a2'))]
    const both = bo.write([], update([one, two], 'x'))
    expect(await judged(oneDoor(), one, two, both)).toEqual(['stored', 'stored', 'operation/previous-foreign'])
  })

  test('another schema than the document has, and fields that its schema refuses', async () => {
    const [one] = aLog(1)
    const foreign = bo.write([], update([one!], 'x', 'schema_definition_v1' as SchemaId))
    expect(await judged(oneDoor(), one!, foreign)).toEqual(['stored', 'schema/not-matching'])
    const refused = bo.write([], {
      action: 'update',
      schemaId: plainSchema,
      previous: [one!.id],
      fields: { colour: text('red') },
    })
    expect(await judged(oneDoor(), one!, refused)).toEqual(['stored', 'operation/field-unknown'])
    expect(await judged(oneDoor(), ana.create({ name: text('half') }))).toEqual(['operation/field-missing'])
  })
})

describe('forks', () => {
  const log = aLog(2)
  const fork = ana.write(log.slice(0, 1), update([log[0]!], 'fork'))
  const [a, b] = [log[1]!.id, fork.id].sort()

  test('[E7] keeps the first and the proof, whichever comes first, in one batch or in two', async () => {
    const inOne = oneDoor()
    const { verdicts } = await take(inOne, [...log, fork])
    expect(verdicts[2]).toMatchObject({ verdict: 'forked', seqNum: 2n, a, b })
    expect(await nameOf(inOne, log[0]!.id)).toBe('n2')

    const inTwo = oneDoor()
    await take(inTwo, [log[0]!, fork])
    expect(await judged(inTwo, log[1]!)).toEqual(['forked'])
    expect(await nameOf(inTwo, log[0]!.id)).toBe('fork')
    for (const deps of [inOne, inTwo]) {
      const [row, ...more] = await deps.store.forks()
      expect(more).toEqual([])
      expect([row?.a.hash, row?.b.hash]).toEqual([a, b])
    }
  })

  test('[E7] refuses what builds on the branch that lost', async () => {
    const deps = oneDoor()
    await take(deps, [...log, fork])
    const after = ana.write([log[0]!, fork], update([log[0]!], 'after'))
    expect(await judged(deps, after)).toEqual(['entry/log-forked'])
  })

  test('[E7] settles a fork among entries that waited', async () => {
    const deps = oneDoor()
    expect(await judged(deps, log[1]!, fork)).toEqual(['missing-link', 'missing-link'])
    expect(words((await take(deps, [log[0]!])).woken).toSorted()).toEqual(['forked', 'stored'])
    expect(await deps.store.forks()).toHaveLength(1)
  })

  test('a fork below the head is told by the entry in its document', async () => {
    const deps = oneDoor()
    const long = aLog(5)
    await take(deps, long)
    const late = ana.write(long.slice(0, 2), update([long[0]!], 'late'))
    expect(await judged(deps, late, long[2]!)).toEqual(['forked', 'duplicate'])
  })
})

test('an id that only a fork of the log knows is waited for, not guessed', async () => {
  const deps = oneDoor()
  const [one] = aLog(1)
  const ghost = { ...one!, id: one!.id.replace(/.$/, (last) => (last === '0' ? '1' : '0')) as OperationId }
  const lost = bo.write([], update([ghost], 'x'))
  expect(await judged(deps, one!, lost)).toEqual(['stored', 'missing-previous'])
})

test('[BA2] a long document that comes in many batches finds its links, and is read for its view only', async () => {
  const log = aLog(600)
  let reads = 0
  const { database, open } = shared()
  const store = openMemoryStore(database)
  const deps = open({
    store: {
      ...store,
      documents: (ids) => {
        reads++
        return store.documents(ids)
      },
    },
    verifier: { verify: async (claims) => claims.map(() => true) },
  })
  const batches = Array.from({ length: 60 }, (_, i) => log.slice(i * 10, i * 10 + 10).map(({ item }) => item))
  for (const batch of batches) await ingest(deps, batch, { origin: 'import', mark: 'private' }, never)
  await deps.materialiser.settled()
  expect(await nameOf(deps, log[0]!.id)).toBe('n600')
  // Once for the links, and at most once a batch for the view.
  expect(reads).toBeLessThanOrEqual(batches.length + 1)
})
