import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { webClock } from '../../../adapters/web/web-clock.ts'
import { bytesToHex } from '../../../core/bytes/hex.ts'
import { encodeUtf8 } from '../../../core/bytes/utf8.ts'
import type { PublicKey, SchemaId } from '../../../core/ids.ts'
import { nodeLinkText } from '../../../core/meeting/node-link.ts'
import type { Failure } from '../../../engine/failure.ts'
import type { HostingPolicy } from '../../../engine/hosting/hosted.ts'
import type { Explain } from '../cli/command.ts'
import { openEngine } from '../open-engine.ts'
import type { Place } from '../place.ts'
import { createHttpServer } from './http-server.ts'
import type { NodeLog } from './json-log.ts'
import { type NodeLimits, timeouts } from './limits.ts'
import { type Metrics, createMetrics } from './metrics.ts'
import { serveScopes } from './serve-scopes.ts'
import { takeSyncSockets } from './sync-sockets.ts'

/** How a node is to run. */
export interface NodeConfig {
  readonly place: Place
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
  readonly isBehindProxy: boolean
  /** Schemas it takes part in before anything of them was published here: ids of first versions. */
  readonly follow: readonly SchemaId[]
  /** Where devices reach it (`wss://node.example/sync`), for the link it gives out. */
  readonly address?: string
  /** Keeps groups whose keepers admit it, for devices that say this token (empty: for all). Absent: it keeps no groups. */
  readonly groupToken?: string
  readonly limits: NodeLimits
  readonly log: NodeLog
  readonly explain: Explain
}

/** A node that listens. */
export interface RunningNode {
  readonly url: string
  /** By which devices that sync know it: they dial `<url>/sync` and ask for this key. */
  readonly transportKey: PublicKey
  /** Takes nothing new, lets what was begun end (10 seconds at most), closes the database. Twice is as good as once. */
  readonly stop: () => Promise<void>
}

/** Rejects with `host/cannot-listen` where the port is taken or may not be used. */
const listen = (server: Server, host: string, port: number): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject({
        code: 'host/cannot-listen',
        host,
        port,
        reason: error.code ?? error.message,
      } satisfies Failure),
    )
    server.listen(port, host, () => resolve(server.address() as AddressInfo))
  })

/** Lets requests end that were begun, and cuts those that do not. */
const close = async (server: Server): Promise<void> => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const cut = setTimeout(() => server.closeAllConnections(), timeouts.stop)
  await closed
  clearTimeout(cut)
}

/** What the process itself uses. */
function addProcessGauges(metrics: Metrics): void {
  metrics.gauge('process_resident_memory_bytes', 'Memory of this process.', () => process.memoryUsage.rss())
  metrics.gauge('process_cpu_seconds', 'Processor time used by this process.', () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  })
  metrics.gauge('process_uptime_seconds', 'Since this process began.', () => process.uptime())
}

/** Whose groups are kept: those of devices that say the token. */
const keepsFor = (token: string | undefined): HostingPolicy => {
  if (token === undefined) return () => false
  const wanted = bytesToHex(encodeUtf8(token))
  return (request) => token === '' || (request.token !== undefined && bytesToHex(request.token) === wanted)
}

/** Opens the database and begins to answer. Rejects with a plain failure, and leaves nothing open then. */
export async function startNode(config: NodeConfig): Promise<RunningNode> {
  const { log, host } = config
  const { api, transportKey } = await openEngine(config.place, {
    log,
    isReadOnlyKey: true,
    // Collections of the app do not live in groups yet, and are edited by all who have them.
    legacyOpenDocuments: true,
    mayKeep: keepsFor(config.groupToken),
  })
  const ending = new AbortController()
  const metrics = createMetrics()
  addProcessGauges(metrics)
  const deps = { ...config, metrics, clock: webClock, stopping: ending.signal }
  const server = createHttpServer({ ...deps, api })
  const endSync = takeSyncSockets(server, {
    ...deps,
    attach: (channel) => api.attach(channel, { role: 'server' }, transportKey),
  })
  let address
  try {
    address = await listen(server, host, config.port)
  } catch (failure) {
    await api.close()
    throw failure
  }
  const url = `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`
  const publicKey = await transportKey.publicKey()
  const link =
    config.address && nodeLinkText({ address: config.address, transportKey: publicKey, token: config.groupToken ?? '' })
  log.info('listening', { url, transportKey: publicKey, ...(link && { link: `#/node/${link}` }) })
  const serving = serveScopes(api, config.follow, log, ending.signal)

  const stop = async (): Promise<void> => {
    log.info('stopping')
    ending.abort()
    await Promise.all([close(server), endSync(), serving])
    await api.close()
    log.info('stopped')
  }
  let stopped: Promise<void> | undefined
  return { url, transportKey: publicKey, stop: () => (stopped ??= stop()) }
}
