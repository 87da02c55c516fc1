import { memoryDatabase } from '../../../src/adapters/memory/memory-database.ts'
import { openMemoryStore } from '../../../src/adapters/memory/memory-store.ts'
import { storeContract } from '../../contracts/store.ts'

storeContract('memory', async () => {
  const database = memoryDatabase()
  return {
    open: async () => openMemoryStore(database),
    fill: () => {
      database.isFull = true
    },
    damage: async (documentId) => void database.damaged.add(documentId),
    // They are no row here.
    damageCounters: async () => {},
    [Symbol.asyncDispose]: async () => {},
  }
})
