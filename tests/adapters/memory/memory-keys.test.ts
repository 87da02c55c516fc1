import { memoryKeys } from '../../../src/adapters/memory/memory-keys.ts'
import { keysContract } from '../../contracts/keys.ts'

const seeds = [1, 2].map((byte) => new Uint8Array(32).fill(byte))

keysContract('memory', async () => memoryKeys(seeds))
