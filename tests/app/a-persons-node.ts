import { keysWithPaper } from '../../src/adapters/memory/keys-with-paper.ts'
import { memoryKeys } from '../../src/adapters/memory/memory-keys.ts'
import { memoryRandom } from '../../src/adapters/memory/memory-random.ts'
import { memoryEntropy, paperKeyAt } from '../../src/adapters/memory/paper-key.ts'
import { memoryEngine } from '../../src/hosts/memory-engine.ts'
import { nodeOver } from '../../src/sdk/node-over.ts'
import type { TakibiNode } from '../../src/sdk/testing.ts'

/** A node in memory with a paper key, as a browser has one: whoever writes on it becomes a person. */
export async function aPersonsNode(seed: number): Promise<TakibiNode> {
  const random = memoryRandom(seed + 1_000)
  const paper = paperKeyAt(memoryEntropy(), random.bytes)
  const keys = keysWithPaper(memoryKeys([random.bytes(32)]), paper)
  return nodeOver(memoryEngine(seed, { keys, paper }).api, () => undefined)
}
