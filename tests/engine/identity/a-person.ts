import { keysWithPaper } from '../../../src/adapters/memory/keys-with-paper.ts'
import { memoryKeys } from '../../../src/adapters/memory/memory-keys.ts'
import { type SigningPaperKey, memoryEntropy, paperKeyAt } from '../../../src/adapters/memory/paper-key.ts'
import { memoryRandom } from '../../../src/adapters/memory/memory-random.ts'
import { openMemoryStore } from '../../../src/adapters/memory/memory-store.ts'
import type { EnginePorts } from '../../../src/engine/deps.ts'
import { type MemoryEngine, memoryEngine } from '../../../src/hosts/memory-engine.ts'

export interface PersonalEngine extends MemoryEngine {
  readonly paper: SigningPaperKey
}

/** An engine of somebody, with a paper key beside the device key; both follow from the seed. */
export function personalEngine(seed: number, given: Partial<EnginePorts> = {}): PersonalEngine {
  const random = memoryRandom(seed + 1_000)
  const paper = paperKeyAt(memoryEntropy(), random.bytes)
  const keys = keysWithPaper(given.keys ?? memoryKeys([random.bytes(32)]), paper)
  return { ...memoryEngine(seed, { store: openMemoryStore(), ...given, keys, paper }), paper }
}
