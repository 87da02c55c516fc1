/**
 * Takibi for tests of your own app: a node without browser, disk and network, whose every run is the same.
 *
 *     const { node, clock } = await openTestNode({ seed: 1 })
 *     const thing = await node.defineSchema('thing', 'A thing', { title: 'str' })
 *     await node.create(thing, { title: 'First' })
 *     await clock.advance(60_000)
 *     const { documents } = await node.query(thing).once()
 */
import { memoryEngine } from '../hosts/memory-engine.ts'
import { nodeOver } from './node-over.ts'
import type { TakibiNode } from './takibi-node.ts'

export { P2pandaError } from './errors.ts'
export type * from './types.ts'

/** Time that stands still until the test moves it. */
export interface TestClock {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** Moves time forward and wakes whoever waited for it, in order. */
  readonly advance: (ms: number) => Promise<void>
}

/** What a test works with. */
export interface TestNode extends AsyncDisposable {
  readonly node: TakibiNode
  readonly clock: TestClock
}

/**
 * Opens a node in memory, with a key, ids and randomness that follow from the seed: the same calls give the same ids in every run.
 * Nothing is kept when it is closed.
 */
export async function openTestNode({ seed = 1 }: { readonly seed?: number | bigint } = {}): Promise<TestNode> {
  const { api, clock } = memoryEngine(seed)
  const node = await nodeOver(api, () => undefined)
  return { node, clock, [Symbol.asyncDispose]: node.close }
}
