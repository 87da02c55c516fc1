/** Takibi for Node.js: the same node as in a page, over LevelDB in a folder or a PostgreSQL; and a node for others. */
import { openDevice } from '../hosts/node/open-device.ts'
import { jsonLog } from '../hosts/node/server/json-log.ts'
import { type NodeLimits, defaultLimits } from '../hosts/node/server/limits.ts'
import { type RunningNode, startNode } from '../hosts/node/server/start-node.ts'
import { explainFailure } from './errors.ts'
import { nodeOver } from './node-over.ts'
import type { NodeOptions as PageOptions } from './open-node.ts'
import { toSchemaId } from './parse.ts'
import type { TakibiNode } from './takibi-node.ts'
import { toError } from './unwrap.ts'

export { P2pandaError } from './errors.ts'
export type { NodeLimits, RunningNode }
export type * from './types.ts'

/** Where a node keeps its key and its data. */
export type NodeOptions = DataOptions & Pick<PageOptions, 'legacyOpenDocuments'>

type DataOptions =
  /** In a folder, made where it is not there. One process at a time can have it open. */
  | { readonly dataDir: string }
  /** In a PostgreSQL, `postgres://user:password@host/name`. Several processes may have it open, and hear of each other's changes. */
  | { readonly databaseUrl: string }

/**
 * Opens the node of a data directory or of a database; makes what is not there yet, the device key too. As long as it is open it stays
 * connected with the nodes that were chosen (`node.sync.nodes`), and with nobody else.
 *
 * @throws P2pandaError `store/unavailable` (another process has the folder open, the database does not answer), `store/newer`,
 *   `host/key-file` (others may read the key).
 */
export async function openNode(options: NodeOptions): Promise<TakibiNode> {
  try {
    const api = await openDevice(options, options.legacyOpenDocuments)
    try {
      return await nodeOver(api, () => undefined, undefined, api)
    } catch (thrown) {
      await api.close()
      throw thrown
    }
  } catch (thrown) {
    throw toError(thrown)
  }
}

/** How a node that others publish to is to run. */
export type ServeOptions = NodeOptions & {
  /** 2020 unless said; 0: any that is free. */
  readonly port?: number
  /** All addresses of this machine unless said. */
  readonly host?: string
  /** Requests come through a proxy of one's own, which says whom they are from (`X-Forwarded-For`). */
  readonly isBehindProxy?: boolean
  /** Schemas it takes part in before anything of them was published to it: ids of first versions. */
  readonly follow?: readonly string[]
  /** Where devices reach it, for the link it says: `wss://node.example/sync`. */
  readonly address?: string
  /** Keeps groups whose keepers admit this node, for devices that say this token (empty: for all). Absent: it keeps no groups. */
  readonly groupToken?: string
  /** How much one address and one key may take. */
  readonly limits?: Partial<NodeLimits>
  /** Gets what the node says, one JSON object a line; by default nobody does. */
  readonly onLine?: (line: string) => void
}

/**
 * Runs a node: the p2panda client API, files, health and metrics (docs/node.md). The same as `takibi node`.
 *
 * @throws P2pandaError as `openNode`, and `host/cannot-listen`.
 */
export async function serve(options: ServeOptions): Promise<RunningNode> {
  const { port = 2020, host = '0.0.0.0', isBehindProxy = false, onLine = () => undefined } = options
  const { limits, follow = [], address, groupToken } = options
  try {
    return await startNode({
      place: 'dataDir' in options ? { dataDir: options.dataDir } : { databaseUrl: options.databaseUrl },
      port,
      host,
      isBehindProxy,
      follow: follow.map(toSchemaId),
      ...(address !== undefined && { address }),
      ...(groupToken !== undefined && { groupToken }),
      limits: { ...defaultLimits, ...limits },
      log: jsonLog(onLine, 'info'),
      explain: explainFailure,
    })
  } catch (thrown) {
    throw toError(thrown)
  }
}
