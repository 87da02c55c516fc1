import { nodeTransport } from '../../adapters/node/websocket-dial.ts'
import { webClock } from '../../adapters/web/web-clock.ts'
import { webHttp } from '../../adapters/web/web-http.ts'
import { webRandom } from '../../adapters/web/web-random.ts'
import type { EngineApi } from '../../engine/api.ts'
import type { NodesApi } from '../nodes/api.ts'
import { keepNodes } from '../nodes/keep-nodes.ts'
import { keepBringing } from './keep-bringing.ts'
import { openEngine } from './open-engine.ts'
import type { Place } from './place.ts'

/**
 * Opens the engine of a program that somebody writes with: it dials the nodes that were chosen, and brings other p2panda nodes what waits for
 * them, as a page does. Rejects as `openEngine`.
 */
export async function openDevice(place: Place, legacyOpenDocuments = false): Promise<EngineApi & NodesApi> {
  const { api, store, locks, database, transportKey, broadcastOn } = await openEngine(place, {
    http: webHttp,
    isPersonal: true,
    legacyOpenDocuments,
  })
  const ending = new AbortController()
  const { api: nodes } = keepNodes(
    {
      host: api,
      peers: api.peers,
      sessions: api.sessions,
      transport: nodeTransport(webClock),
      transportKey,
      clock: webClock,
      random: webRandom,
      store,
      locks,
      broadcast: broadcastOn('nodes'),
      database,
    },
    ending.signal,
  )
  const bringing = keepBringing(api, webClock, ending.signal)
  return {
    ...api,
    ...nodes,
    connectNow: () => {
      // Whoever wants a connection wants to be rid of what waits, too; how that goes, the outbox says.
      void api.drainOutbox('asked')
      return nodes.connectNow()
    },
    close: async () => {
      ending.abort()
      await api.close()
      await bringing
    },
  }
}
