import { keysWithPaper } from '../../../src/adapters/memory/keys-with-paper.ts'
import { memoryKeys } from '../../../src/adapters/memory/memory-keys.ts'
import { memoryEntropy, paperKeyAt } from '../../../src/adapters/memory/paper-key.ts'
import { keysContract } from '../../contracts/keys.ts'
import { paperKeyContract } from '../../contracts/paper-key.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

const open = async () => {
  const place = memoryEntropy()
  const here = () => {
    const paper = paperKeyAt(place, random)
    return { paper, keys: keysWithPaper(memoryKeys([new Uint8Array(32).fill(1)]), paper) }
  }
  return { ...here(), again: async () => here() }
}

paperKeyContract('memory', open)
keysContract('memory beside a paper key', async () => (await open()).keys)
