import { memoryTransportKey } from '../../../src/adapters/memory/memory-transport-key.ts'
import { transportKeyContract } from '../../contracts/transport-key.ts'

transportKeyContract('memory', async (networkId) => memoryTransportKey(new Uint8Array(32).fill(5), networkId))
