import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { afterAll, expect, test, vi } from 'vitest'
import { encodeKey } from '../../../src/adapters/node/leveldb-keys.ts'
import { openLevelDbStore } from '../../../src/adapters/node/leveldb-store.ts'
import type { IndexKey, Store } from '../../../src/ports/store.ts'
import { agreesWithMemory } from '../../contracts/store-model.ts'
import { storeContract } from '../../contracts/store.ts'

storeContract('LevelDB', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'takibi-'))
  let store: Store | undefined
  const open = async (): Promise<Store> => (store ??= await openLevelDbStore(folder))
  const overwrite = async (table: 'docs' | 'meta', key: IndexKey): Promise<void> => {
    await store?.[Symbol.asyncDispose]()
    const database = new ClassicLevel<Uint8Array, Uint8Array>(folder, { keyEncoding: 'view', valueEncoding: 'view' })
    await database.put(encodeKey(table, key), Uint8Array.of(1, 2, 3))
    await database.close()
    store = undefined
    await open()
  }
  return {
    // One process, one store: whoever opens shares it.
    open,
    fill: () => {
      const full = new Error('IO error: 000003.log: No space left on device')
      vi.spyOn(ClassicLevel.prototype, 'batch').mockRejectedValue(full)
    },
    damage: (documentId) => overwrite('docs', [documentId, 0]),
    damageCounters: () => overwrite('meta', ['counters']),
    [Symbol.asyncDispose]: async () => {
      vi.restoreAllMocks()
      await store?.[Symbol.asyncDispose]()
      await rm(folder, { recursive: true })
    },
  }
})

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))))
test('[S30] answers as the memory store does, whatever is committed', async () => {
  const open = async (): Promise<Store> => {
    const folder = await mkdtemp(join(tmpdir(), 'takibi-'))
    folders.push(folder)
    return openLevelDbStore(folder)
  }
  await expect(agreesWithMemory(open, 40)).resolves.toBeUndefined()
})
