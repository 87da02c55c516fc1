/** Takibi for Node.js: the same node as in a page, over LevelDB in a folder. */
import { openEngine } from '../hosts/node/open-engine.ts'
import { nodeOver } from './node-over.ts'
import type { TakibiNode } from './takibi-node.ts'
import { toError } from './unwrap.ts'

export { P2pandaError } from './errors.ts'
export type * from './types.ts'

/** Which node to open. */
export interface NodeOptions {
  /** The folder that holds its key and its data; made where it is not there. One process at a time can have it open. */
  readonly dataDir: string
}

/**
 * Opens the node of a data directory; makes the directory and the device key when they are not there yet.
 *
 * @throws P2pandaError `store/unavailable` (another process has it open), `store/newer`, `host/key-file` (others may read the key).
 */
export async function openNode({ dataDir }: NodeOptions): Promise<TakibiNode> {
  try {
    const { api } = await openEngine({ dataDir })
    try {
      return await nodeOver(api, () => undefined)
    } catch (thrown) {
      await api.close()
      throw thrown
    }
  } catch (thrown) {
    throw toError(thrown)
  }
}
