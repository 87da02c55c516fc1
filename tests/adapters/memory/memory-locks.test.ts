import { memoryLocks } from '../../../src/adapters/memory/memory-locks.ts'
import { locksContract } from '../../contracts/locks.ts'

locksContract('memory', () => {
  const locks = memoryLocks()
  return [locks, locks]
})
