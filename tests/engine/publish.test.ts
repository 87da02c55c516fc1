import { describe, expect, test } from 'vitest'
import { memoryClock } from '../../src/adapters/memory/memory-clock.ts'
import type { MemoryDatabase } from '../../src/adapters/memory/memory-database.ts'
import { memoryKeys } from '../../src/adapters/memory/memory-keys.ts'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import type { DocumentId, OperationId, PublicKey, SchemaId } from '../../src/core/ids.ts'
import type { Draft, Published } from '../../src/engine/api.ts'
import { publishDrafts } from '../../src/engine/publish.ts'
import type { EngineDeps } from '../../src/engine/deps.ts'
import { maxDrafts } from '../../src/core/limits.ts'
import { aSchema, anAuthor, plainSchema } from './author.ts'
import { nameOf, oneDoor, shared, take } from './door.ts'
import { call, codeOf, until, valueOf } from './support.ts'

const create = (name: string, more: Partial<Draft> = {}): Draft =>
  ({ action: 'create', schema: plainSchema, fields: { name, type: 'str' }, ...more }) as Draft
const rename = (document: DocumentId | { ref: string }, name: string, more: Partial<Draft> = {}): Draft =>
  ({ action: 'update', document, fields: { name }, ...more }) as Draft
const publish = async (deps: EngineDeps, ...drafts: readonly Draft[]): Promise<readonly Published[]> =>
  valueOf(await publishDrafts(deps, drafts, call))
const failing = async (deps: EngineDeps, ...drafts: readonly Draft[]): Promise<string> =>
  codeOf(await publishDrafts(deps, drafts, call))

describe('publish', () => {
  test('[BA4] gives new documents consecutive logs, and a change the log of its document', async () => {
    const deps = oneDoor()
    const [a, b] = await publish(deps, create('a1'), create('b1'))
    const [changed] = await publish(deps, rename(a!.documentId, 'a2'))
    expect([a, b, changed].map((one) => [one?.logId, one?.seqNum])).toEqual([
      [0n, 1n],
      [1n, 1n],
      [0n, 2n],
    ])
    expect(await nameOf(deps, a!.operationId)).toBe('a2')
  })

  test('[BA2] goes on for many entries with links that fit', async () => {
    const deps = oneDoor()
    const [one] = await publish(deps, create('n0'))
    for (let count = 1; count < 14; count++) await publish(deps, rename(one!.documentId, `n${count}`))
    const changes = await publish(deps, ...Array.from({ length: 14 }, (_, i) => rename(one!.documentId, `m${i}`)))
    expect(changes.at(-1)?.seqNum).toBe(28n)
    await deps.materialiser.settled()
    expect(await nameOf(deps, one!.operationId)).toBe('m13')
  })

  test('[OP4] follows all tips, or those it is told', async () => {
    const deps = oneDoor()
    const [one] = await publish(deps, create('a1'))
    const [left] = await publish(deps, rename(one!.documentId, 'left'))
    const [right] = await publish(deps, rename(one!.documentId, 'right', { previous: [one!.operationId] }))
    expect((await deps.store.view(one!.documentId))?.viewId).toBe(
      [left!.operationId, right!.operationId].sort().join('_'),
    )
    const [merged] = await publish(deps, rename(one!.documentId, 'merged'))
    expect((await deps.store.view(one!.documentId))?.viewId).toBe(merged!.operationId)
  })

  test('[S5] a batch whose drafts lean on each other is one commit', async () => {
    const deps = oneDoor()
    let commits = 0
    const counting: EngineDeps = {
      ...deps,
      store: {
        ...deps.store,
        commit: (...args) => {
          commits++
          return deps.store.commit(...args)
        },
      },
    }
    const made = await publish(
      counting,
      create('title', { as: 'field' }),
      {
        action: 'create',
        schema: 'schema_definition_v1' as SchemaId,
        fields: { name: 'thing', description: '', fields: [{ ref: 'field' }] },
        as: 'schema',
      },
      { action: 'create', schema: { ref: 'schema' }, fields: { title: 'first' }, as: 'thing' },
      { action: 'update', document: { ref: 'thing' }, fields: { title: 'second' } },
    )
    expect(commits).toBe(1)
    await deps.materialiser.settled()
    expect((await deps.store.view(made[2]!.documentId))?.fields['title']).toEqual({ kind: 'str', value: 'second' })
    const known = await deps.schemas.all()
    expect(known.find(({ name }) => name === 'thing')).toMatchObject({ version: 1, sortable: ['title'] })
  })

  test('[S5] signs with several keys at once', async () => {
    const seeds = [1, 2].map((byte) => new Uint8Array(32).fill(byte))
    const deps = oneDoor({ keys: memoryKeys(seeds) })
    const [device, other] = await deps.keys.publicKeys()
    const made = await publish(
      deps,
      create('a1', { as: 'a' }),
      rename({ ref: 'a' }, 'a2', { by: other! }),
      create('b1', { by: other! }),
    )
    expect(made.map(({ publicKey, logId }) => [publicKey, logId])).toEqual([
      [device, 0n],
      [other, expect.any(BigInt)],
      [other, expect.any(BigInt)],
    ])
    expect(new Set(made.slice(1).map(({ logId }) => logId))).toEqual(new Set([0n, 1n]))
  })

  test('[BA2] two engines on one store never fork a log, however they write', async () => {
    const { database, open } = shared()
    const engines = [open(), open()]
    const [one] = await publish(engines[0]!, create('root'))
    await Promise.all(
      engines.flatMap((deps, which) =>
        Array.from({ length: 10 }, async (_, i) => {
          await publish(deps, rename(one!.documentId, `e${which}_${i}`))
          await publish(deps, create(`new${which}_${i}`), rename(one!.documentId, `b${which}_${i}`))
        }),
      ),
    )
    await Promise.all(engines.map(({ materialiser }) => materialiser.settled()))
    expect(database.forks.size).toBe(0)
    expect(database.documents.get(one!.documentId)?.items).toHaveLength(41)
    expect(database.documents.size).toBe(21)
    expect(database.views.size).toBe(21)
    expect([...database.queue]).toEqual([])
  })

  test('an import of own entries in between makes it sign anew', async () => {
    const seed = new Uint8Array(32).fill(9)
    const deps = oneDoor({ keys: memoryKeys([seed]) })
    const elsewhere = anAuthor(9)
    const inBetween = [elsewhere.create({ name: { plain: 'str', value: 'x1' }, type: { plain: 'str', value: 'str' } })]
    let isDone = false
    const interrupted: EngineDeps = {
      ...deps,
      keys: {
        ...deps.keys,
        signEntries: async (...args) => {
          if (!isDone) await take(deps, inBetween)
          isDone = true
          return deps.keys.signEntries(...args)
        },
      },
    }
    const [one] = await publish(interrupted, create('a1'))
    expect(one?.logId).toBe(1n)
    expect(await deps.store.forks()).toEqual([])
  })
})

describe('publish refuses', () => {
  test('[OP3] fields that the schema does not have, by name and with what it wants', async () => {
    const deps = oneDoor()
    const refused = await publishDrafts(deps, [create('a1', { fields: { name: 'a1', type: 5 } })], call)
    expect(refused).toEqual({
      ok: false,
      error: { code: 'operation/field-type', field: 'type', expected: 'str', found: 'number' },
    })
    expect(await failing(deps, { action: 'create', schema: plainSchema, fields: { name: 'a1' } })).toBe(
      'operation/field-missing',
    )
    expect(await failing(deps, create('not a name'))).toBe('operation/field-invalid')
  })

  test('[S5] a batch as a whole when one draft is wrong', async () => {
    const { database, open } = shared()
    expect(await failing(open(), create('a1'), create('not a name'))).toBe('operation/field-invalid')
    expect(database.documents.size).toBe(0)
  })

  test('[S5] a batch whose last draft is wrong, when most of it is signed already', async () => {
    const { database, open } = shared()
    const deps = open()
    const many = Array.from({ length: 150 }, (_, i) => create(`n${i}`))
    expect(await failing(deps, ...many, create('not a name'))).toBe('operation/field-invalid')
    expect(database.documents.size).toBe(0)
    const [first] = await publish(deps, create('a1'))
    expect(first).toMatchObject({ logId: 0n, seqNum: 1n })
  })

  test('[E5] what its own signer signed wrongly', async () => {
    const { database, open } = shared()
    const keys = memoryKeys([new Uint8Array(32).fill(1)])
    const deps = open({
      keys: {
        ...keys,
        signEntries: async (unsigned, signal) => {
          const signatures = await keys.signEntries(unsigned, signal)
          return [...signatures.slice(1), ...signatures.slice(0, 1)]
        },
      },
    })
    expect(await failing(deps, create('a1'), create('b1'))).toBe('entry/signature-invalid')
    expect(database.documents.size).toBe(0)
  })

  test('[D11] changes of a deleted document, also within the batch that deletes it', async () => {
    const deps = oneDoor()
    const [one] = await publish(deps, create('a1'))
    const remove: Draft = { action: 'delete', document: one!.documentId }
    expect(await failing(deps, remove, rename(one!.documentId, 'a2'))).toBe('document/deleted')
    await publish(deps, remove)
    expect(await failing(deps, rename(one!.documentId, 'a2'))).toBe('document/deleted')
    expect(await failing(deps, remove)).toBe('document/deleted')
  })

  test('what is not here: documents, schemas, operations, keys, names', async () => {
    const deps = oneDoor()
    const [one] = await publish(deps, create('a1'))
    const absent = one!.operationId.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    expect(await failing(deps, rename(absent as DocumentId, 'a2'))).toBe('document/unknown')
    expect(await failing(deps, create('a1', { schema: `thing_${absent}` } as never))).toBe('schema/unknown')
    const previous = [absent as OperationId]
    expect(await failing(deps, rename(one!.documentId, 'a2', { previous }))).toBe('operation/previous-missing')
    expect(await failing(deps, create('a1', { by: 'ab'.repeat(32) as PublicKey }))).toBe('draft/key-unknown')
    expect(await failing(deps, rename({ ref: 'later' }, 'a2'), create('a1', { as: 'later' }))).toBe(
      'draft/reference-unknown',
    )
    expect(await failing(deps, create('a1', { as: 'x' }), create('a1', { as: 'x' }))).toBe('draft/reference-repeated')
  })

  test('too many drafts at once, and takes just as many as go', async () => {
    const deps = oneDoor({ verifier: { verify: async (claims) => claims.map(() => true) } })
    const many = Array.from({ length: maxDrafts }, () => create('a1'))
    expect(await failing(deps, ...many, create('a1'))).toBe('draft/too-many')
    expect(await publish(deps, ...many)).toHaveLength(maxDrafts)
  })

  test('what the signer and the disk refuse, and goes on reading', async () => {
    const { database, open } = shared()
    const [one] = await publish(open(), create('a1'))
    const gone = open({
      keys: {
        publicKeys: async () => [one!.publicKey],
        signEntries: () => Promise.reject({ code: 'signer/gone' }),
        signHello: () => Promise.reject({ code: 'signer/gone' }),
      },
    })
    expect(await failing(gone, create('a2'))).toBe('signer/gone')
    expect(await nameOf(gone, one!.operationId)).toBe('a1')
    database.isFull = true
    expect(await failing(open(), create('a2'))).toBe('store/full')
    expect(await nameOf(open(), one!.operationId)).toBe('a1')
  })

  test('when it is told to stop', async () => {
    const ended = { signal: AbortSignal.abort() }
    expect(codeOf(await publishDrafts(oneDoor(), [create('a1')], ended))).toBe('call/aborted')
  })
})

test('writes to documents of others, in schemas of others', async () => {
  const deps = oneDoor()
  const ana = anAuthor(1)
  const schema = aSchema(ana)
  const thing = ana.create({ title: { plain: 'str', value: 'hers' } }, schema.id)
  await take(deps, [...schema.written, thing])
  await publish(deps, { action: 'update', document: thing.id as DocumentId, fields: { title: 'mine' } })
  expect((await deps.store.view(thing.id as DocumentId))?.fields['title']?.value).toBe('mine')
})

test('a clock that is wrong, or set back, changes the times and nothing else', async () => {
  const clock = memoryClock()
  const deps = oneDoor({ clock })
  clock.set(-5000.5)
  const [one] = await publish(deps, create('a1'))
  clock.set(1000)
  await publish(deps, rename(one!.documentId, 'a2'))
  clock.set(10)
  await publish(deps, rename(one!.documentId, 'a3'))
  expect(await deps.store.view(one!.documentId)).toMatchObject({
    createdAt: 0,
    changedAt: 10,
    fields: { name: { value: 'a3' } },
  })
})

test('views give way to batches that follow each other, and are there when somebody hears of them', async () => {
  const { database, open } = shared()
  const deps = open()
  const heard = new Set<DocumentId>()
  deps.changes.subscribe(({ documentIds }) => {
    for (const id of documentIds) heard.add(id)
  })
  for (let batch = 0; batch < 4; batch++) {
    await publish(deps, create(`a${batch}`), create(`b${batch}`))
    expect(database.views.size).toBeLessThan(database.documents.size)
  }
  await until(() => heard.size === 8)
  expect(database.views.size).toBe(8)
})

/** An engine that counts the documents it reads. */
const countingReads = (open: (given?: Partial<EngineDeps>) => EngineDeps, database: MemoryDatabase) => {
  const store = openMemoryStore(database)
  const read: DocumentId[] = []
  const deps = open({
    store: {
      ...store,
      documents: (ids) => {
        read.push(...ids)
        return store.documents(ids)
      },
    },
  })
  return { deps, read }
}

test('views of a later batch are made of what was stored, and no document of it is read again', async () => {
  const { database, open } = shared()
  const { deps, read } = countingReads(open, database)
  await publish(deps, create('a1'), create('b1'))
  await until(() => database.local.has('engine/materialiser'))
  const later = await publish(deps, create('a2'), create('b2'))
  await deps.materialiser.settled()
  expect(await nameOf(deps, later[0]!.operationId)).toBe('a2')
  const ids = new Set(later.map(({ documentId }) => documentId))
  expect(read.filter((id) => ids.has(id))).toEqual([])
})

test('what another engine wrote in between is in the views', async () => {
  const { database, open } = shared()
  const deps = open()
  await publish(deps, create('a1'), create('b1'))
  await until(() => database.local.has('engine/materialiser'))
  const [thing] = await publish(deps, create('a2'), create('b2'))
  const other = open()
  await publish(other, rename(thing!.documentId, 'other'))
  await deps.materialiser.settled()
  expect(await nameOf(deps, thing!.operationId)).toBe('other')
})
