import { keepMeetingPorts } from '../hosts/page/meeting-ports.ts'
import { startEngine } from '../hosts/page/start-engine.ts'
import { databaseNamed } from './node-name.ts'
import { nodeOver } from './node-over.ts'
import type { TakibiNode } from './takibi-node.ts'
import { toError } from './unwrap.ts'

/** Which node to open. */
export interface NodeOptions {
  /**
   * Names the database: one node, one device key, for each name. Default `takibi`. Tabs that open the same name share it; nodes of different names share
   * nothing: no key, no log, no lock, no channel between tabs, no connection.
   */
  readonly name?: string
  /**
   * Documents without owner may be changed by anybody, not only by the key that created them. For databases that hold such documents from before
   * there were groups; the same each time a database is opened. Default: no.
   */
  readonly legacyOpenDocuments?: boolean
}

/**
 * Opens the node of this name in this browser, with its engine and its signer in workers; makes the database and the device key when
 * they are not there yet.
 *
 * @throws P2pandaError `host/…` (what this browser or page lacks), `store/unavailable` (private browsing), `store/newer`, `store/blocked`,
 * `signer/unavailable`. A key that is gone is no reason not to open: one can read then, and writing fails with `signer/gone`.
 */
export async function openNode({
  name = 'takibi',
  legacyOpenDocuments = false,
}: NodeOptions = {}): Promise<TakibiNode> {
  try {
    const { api, publicKeys, meetings, stop } = await startEngine(databaseNamed(name), legacyOpenDocuments)
    try {
      const node = await nodeOver(api, stop, publicKeys, api, api)
      keepMeetingPorts(node, meetings)
      return node
    } catch (thrown) {
      stop()
      throw thrown
    }
  } catch (thrown) {
    throw toError(thrown)
  }
}
