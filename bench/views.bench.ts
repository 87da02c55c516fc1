import { valuesToFields } from '../src/core/operation/values.ts'
import type { DocumentId, DocumentViewId, PublicKey, SchemaId } from '../src/core/ids.ts'
import type { Schema } from '../src/core/schema/schema.ts'
import type { Family } from '../src/engine/family.ts'
import { indexKeysOf } from '../src/engine/index-keys.ts'
import type { Store, ViewRow } from '../src/ports/store.ts'
import type { Subject } from './harness/subject.ts'
import { count, dropDatabase, fields, freshName, makeThings, openStore, valueOf } from './support/engine.ts'

const idOf = (i: number): string => `0020${((i * 7919) % 100_003).toString(16).padStart(64, '0')}`
const schemaId = `thing_${idOf(1)}` as SchemaId
const schema = {
  id: schemaId,
  name: 'thing',
  description: '',
  fields: Object.entries(fields).map(([name, kind]) => ({ name, kind })),
} as Schema
const family: Family = {
  number: 1,
  id: schemaId,
  sortable: (['title', 'amount', 'done'] as const).map((name, i) => ({
    name,
    kind: ({ title: 'str', amount: 'int', done: 'bool' } as const)[name],
    index: 16 + i,
    isReady: true,
  })),
}

export const subject: Subject = {
  name: 'views',
  about: 'Writes 10,000 views with three sortable keys, 500 per commit. Floor: the same views without any key.',
  where: ['worker'],
  items: count,
  rounds: 5,
  prepare: async () => {
    const bare = makeThings().map((thing, i): ViewRow => ({
      documentId: idOf(i) as DocumentId,
      viewId: idOf(i) as DocumentViewId,
      schemaId,
      owner: '00'.repeat(32) as PublicKey,
      fields: valueOf(valuesToFields(thing, schema, { partial: false })),
      isDeleted: false,
      isEdited: false,
      mark: 'private',
      pendingOperations: 0,
      createdAt: 1_790_000_000_000 + i,
      changedAt: 1_790_000_000_000 + i,
      keys: [],
    }))
    let name = ''
    let store: Store | undefined
    const write = async (keysOf: (row: ViewRow) => ViewRow['keys']): Promise<void> => {
      name = freshName()
      store = await openStore(name)
      for (let at = 0; at < bare.length; at += 500) {
        const rows = bare.slice(at, at + 500)
        await store.commit(
          rows.map((row) => ({ put: 'view', value: { ...row, keys: keysOf(row) } })),
          [],
        )
      }
    }
    const after = async (): Promise<void> => {
      await store?.[Symbol.asyncDispose]()
      await dropDatabase(name)
    }
    return [
      { name: 'views without a key', run: () => write(() => []), after },
      {
        name: 'views with three sortable keys',
        floor: { name: 'views without a key', times: 2.3 },
        run: () => write((row) => indexKeysOf(row, family)),
        after,
      },
    ]
  },
}
