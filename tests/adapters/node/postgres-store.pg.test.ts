import { expect, test } from 'vitest'
import { openDatabase } from '../../../src/adapters/node/postgres-database.ts'
import { rowKey } from '../../../src/adapters/node/postgres-keys.ts'
import { openPostgresStore } from '../../../src/adapters/node/postgres-store.ts'
import type { Table } from '../../../src/adapters/layout/tables.ts'
import type { IndexKey, Store } from '../../../src/ports/store.ts'
import { agreesWithMemory } from '../../contracts/store-model.ts'
import { documentIdOf, pending, view } from '../../contracts/store-samples.ts'
import { storeContract } from '../../contracts/store.ts'
import { aDatabaseUrl, tell } from '../../postgres/a-database.ts'

const openStore = (url: string): Promise<Store> => openPostgresStore(openDatabase(url, () => undefined))

/** A full disk says this. */
const fullDisk = `
  CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
  CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON takibi_rows FOR EACH ROW EXECUTE FUNCTION full_disk();
`

storeContract('PostgreSQL', async () => {
  const url = await aDatabaseUrl()
  const stores: Store[] = []
  const open = async (): Promise<Store> => {
    const store = await openStore(url)
    stores.push(store)
    return store
  }
  const overwrite = (table: Table, key: IndexKey): Promise<void> =>
    tell(url, 'UPDATE takibi_rows SET value = $1 WHERE key = $2', [Uint8Array.of(1, 2, 3), rowKey(table, key)])
  return {
    open,
    fill: () => tell(url, fullDisk),
    damage: (documentId) => overwrite('docs', [documentId, 0]),
    damageCounters: () => overwrite('meta', ['counters']),
    [Symbol.asyncDispose]: async () => {
      for (const store of stores) await store[Symbol.asyncDispose]()
    },
  }
})

test('[S30] answers as the memory store does, whatever is committed', async () => {
  await expect(agreesWithMemory(async () => openStore(await aDatabaseUrl()), 25)).resolves.toBeUndefined()
})

test('[S22] a database of a newer version is left alone', async () => {
  const url = await aDatabaseUrl()
  await (await openStore(url))[Symbol.asyncDispose]()
  const open = openPostgresStore(
    openDatabase(url, () => undefined),
    { version: 1 },
  )
  await expect(open).rejects.toMatchObject({ code: 'store/newer', known: 1 })
})

test('[S23] a database that does not answer, or does not let us in, is unavailable, with the reason', async () => {
  const url = await aDatabaseUrl()
  const nobody = openStore(url.replace('takibi@', 'nobody@'))
  await expect(nobody).rejects.toMatchObject({ code: 'store/unavailable', reason: expect.stringContaining('nobody') })
  const nowhere = openStore(url.replace(/:\d+\//, ':1/'))
  await expect(nowhere).rejects.toMatchObject({ code: 'store/unavailable', reason: expect.stringContaining('REFUSED') })
})

test('[S20] two processes that open an empty database at once make it once', async () => {
  const url = await aDatabaseUrl()
  const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(url)))
  for (const store of stores) expect(await store.queue(1)).toEqual([])
  for (const store of stores) await store[Symbol.asyncDispose]()
})

test('[S12] names longer than an index takes are kept, found and told apart', async () => {
  await using store = await openStore(await aDatabaseUrl())
  const [one, other] = ['1', '2'].map((end) => `schema:${'0020ab_'.repeat(2_000)}${end}`)
  const rows = [pending('a', one!), pending('b', other!)]
  const local = { put: 'local', key: `note/${'x'.repeat(5_000)}`, value: 1 } as const
  const long = view('a', [[1, 'é'.repeat(64), documentIdOf('a')]])
  await store.commit(
    [...rows.map((value) => ({ put: 'pending', value }) as const), local, { put: 'view', value: long }],
    [],
  )
  expect(await store.pending([one!])).toEqual([rows[0]])
  expect(await store.pending([other!])).toEqual([rows[1]])
  expect(await store.localWith('note/')).toEqual([[local.key, 1]])
  expect(await store.viewsIn({ prefix: [1], direction: 'asc', limit: 1 })).toHaveLength(1)
})
