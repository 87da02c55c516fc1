import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { openIndexedDbStore } from '../../../src/adapters/web/indexeddb-store.ts'
import { agreesWithMemory } from '../../contracts/store-model.ts'
import { storeContract } from '../../contracts/store.ts'
import { damageRow, withFullDisk } from './indexeddb-faults.ts'

let databases = 0

storeContract('IndexedDB', async () => {
  const name = `contract ${databases++}`
  const disk = withFullDisk()
  return {
    open: () => openIndexedDbStore(name),
    fill: disk.fill,
    damage: (documentId) => damageRow(name, 'docs', [documentId, 0]),
    damageCounters: () => damageRow(name, 'meta', ['counters']),
    [Symbol.asyncDispose]: async () => disk.restore(),
  }
})

test('[S30] answers as the memory store does, whatever is committed', async () => {
  await expect(agreesWithMemory(() => openIndexedDbStore(`model ${databases++}`), 60)).resolves.toBeUndefined()
})
