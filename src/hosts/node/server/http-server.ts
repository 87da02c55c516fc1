import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { Clock } from '../../../ports/clock.ts'
import type { NodeEngine } from '../../../engine/client-api/node-engine.ts'
import type { Explain } from '../cli/command.ts'
import { createGraphQL } from '../graphql/serve-graphql.ts'
import { playgroundPage, playgroundPolicy } from '../graphql/playground.ts'
import { addressOf } from './address.ts'
import { createBudget } from './budget.ts'
import type { NodeLog } from './json-log.ts'
import { type NodeLimits, burstSeconds, leastEntryBytes, maxAnswerBytes, maxBodyBytes, timeouts } from './limits.ts'
import type { Metrics } from './metrics.ts'
import { BadBody, type Reply, readBody, say, sendReply, tooBusy } from './reply.ts'
import { serveBlob } from './serve-blob.ts'

/** What the server works with. */
export interface ServerDeps {
  readonly api: NodeEngine
  readonly clock: Clock
  readonly log: NodeLog
  readonly metrics: Metrics
  readonly limits: NodeLimits
  readonly explain: Explain
  /** Requests come through a proxy of the operator's own, which says whom they are from. */
  readonly isBehindProxy: boolean
  /** Aborted when the node stops: nothing new is begun then. */
  readonly stopping: AbortSignal
}

interface Asked {
  readonly request: IncomingMessage
  readonly path: string
  readonly address: string
  readonly signal: AbortSignal
}
interface Route {
  /** What metrics call it. */
  readonly name: string
  readonly methods: readonly string[]
  readonly answer: (asked: Asked) => Promise<Reply>
}

const about = [
  'This is a Takibi node. It keeps and passes on what p2panda clients publish.',
  '',
  '/graphql      p2panda client API',
  '/blobs/<id>   files',
  '/sync         WebSocket, for devices',
  '/health       whether it works',
  '/metrics      numbers, for Prometheus',
].join('\n')

/** The HTTP side of a node: routes, limits, numbers. Not listening yet. */
export function createHttpServer(deps: ServerDeps): Server {
  const { clock, limits, metrics, stopping, log } = deps
  const routeOf = createRoutes(deps)
  const requests = createBudget(clock, limits.requestsPerSecond, burstSeconds.requests)
  let busy = 0
  metrics.gauge('takibi_http_requests_now', 'Requests being worked on.', () => busy)

  const refusal = (address: string, route: Route | undefined): Reply | undefined => {
    if (stopping.aborted) return tooBusy(5, 'This node is stopping. Come again in a moment.')
    // Whoever watches the node has to see it when it is full, too.
    if (route?.name === 'health' || route?.name === 'metrics') return undefined
    const seconds = requests.take(address, 1)
    const limit = seconds > 0 ? 'requests' : busy >= limits.requestsAtOnce ? 'at-once' : undefined
    if (!limit) return undefined
    metrics.count('takibi_refused_total', { limit })
    return tooBusy(Math.max(1, seconds), 'Too many requests at once. Come again in a moment.')
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const began = clock.now()
    const [path = '/'] = (request.url ?? '/').split('?')
    const route = routeOf(path)
    const address = addressOf(request, deps.isBehindProxy)
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(timeouts.answer)])
    busy++
    try {
      const reply = refusal(address, route) ?? (await replyOf(route, { request, path, address, signal }))
      // A connection that is kept would keep the node from ending.
      if (stopping.aborted) response.setHeader('connection', 'close')
      await sendReply(response, reply, request.method === 'HEAD')
    } catch (thrown) {
      await fail(response, thrown)
    } finally {
      busy--
      const seconds = (clock.now() - began) / 1000
      const name = route?.name ?? 'none'
      metrics.count('takibi_http_requests_total', { route: name, status: response.statusCode })
      metrics.observe(name, seconds)
      log.debug('request', { method: request.method, route: name, status: response.statusCode, seconds })
    }
  }
  const fail = async (response: ServerResponse, thrown: unknown): Promise<void> => {
    if (thrown instanceof BadBody && !response.headersSent)
      return sendReply(response, say(thrown.status, thrown.message, { connection: 'close' }), false)
    if (!response.destroyed) log.warn('A request failed', { reason: String(thrown) })
    if (response.headersSent) response.destroy()
    else await sendReply(response, say(500, 'Something went wrong here. Try again later.'), false)
  }

  const server = createServer(
    {
      headersTimeout: timeouts.headers,
      requestTimeout: timeouts.request,
      keepAliveTimeout: timeouts.idle,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => void answer(request, response),
  )
  return server
}

async function replyOf(route: Route | undefined, asked: Asked): Promise<Reply> {
  const { request } = asked
  if (!route) return say(404, 'There is nothing here. Look at / for what there is.')
  if (request.method === 'OPTIONS') return preflight
  if (route.methods.includes(request.method ?? '')) return route.answer(asked)
  const allow = [...route.methods, 'OPTIONS'].join(', ')
  return say(405, `Here you can say ${allow}.`, { allow })
}

/** What a browser asks before it lets a page ask (wire.md §6). */
const preflight: Reply = {
  status: 204,
  headers: {
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': '86400',
  },
}

const text = (body: string, type: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status: 200,
  headers: { 'content-type': type, ...headers },
  body,
})

function createRoutes(deps: ServerDeps): (path: string) => Route | undefined {
  const { api, metrics } = deps
  const reading = ['GET', 'HEAD']
  const graphql: Route = { name: 'graphql', methods: ['GET', 'HEAD', 'POST'], answer: createGraphQLRoute(deps) }
  const blobs: Route = {
    name: 'blobs',
    methods: reading,
    answer: ({ path, request, signal }) => serveBlob(api, path, request.headers['if-none-match'], signal),
  }
  const routes = new Map<string, Route>([
    ['/', { name: 'about', methods: reading, answer: async () => say(200, about) }],
    ['/graphql', graphql],
    ['/health', { name: 'health', methods: reading, answer: () => health(api) }],
    [
      '/metrics',
      {
        name: 'metrics',
        methods: reading,
        answer: async () => text(metrics.text(), 'text/plain; version=0.0.4; charset=utf-8'),
      },
    ],
    [
      '/sync',
      {
        name: 'sync',
        methods: reading,
        answer: async () =>
          say(426, 'Devices speak here by WebSocket.', { upgrade: 'websocket', connection: 'upgrade' }),
      },
    ],
  ])
  return (path) => routes.get(path) ?? (path.startsWith('/blobs/') ? blobs : undefined)
}

async function health(api: NodeEngine): Promise<Reply> {
  const answered = await api.note('health')
  const isWell = answered.ok
  const body = JSON.stringify(isWell ? { status: 'ok' } : { status: 'failing', code: answered.error.code })
  return { status: isWell ? 200 : 503, headers: { 'content-type': 'application/json' }, body: `${body}\n` }
}

function createGraphQLRoute({ api, clock, limits, metrics, log, explain }: ServerDeps): Route['answer'] {
  const serve = createGraphQL(api, clock, log.warn)
  const byKey = createBudget(clock, limits.keyBytesPerSecond, burstSeconds.bytes)
  const byAddress = createBudget(clock, limits.addressBytesPerSecond, burstSeconds.bytes)
  const askToWrite = (address: string, publicKey: string, bytes: number): number => {
    const cost = Math.max(leastEntryBytes, bytes)
    const seconds = byAddress.take(address, cost) || byKey.take(publicKey, cost)
    if (seconds > 0) metrics.count('takibi_refused_total', { limit: 'bytes' })
    return seconds
  }
  return async ({ request, address, signal }) => {
    const url = request.url ?? '/graphql'
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET')
    if (method === 'GET' && !url.includes('?'))
      return text(playgroundPage, 'text/html; charset=utf-8', { 'content-security-policy': playgroundPolicy })
    const body = method === 'POST' ? await readBody(request, maxBodyBytes) : ''
    const contentType = request.headers['content-type']
    return serve(
      { method, url, contentType, body },
      {
        api,
        explain,
        signal,
        askToWrite: (publicKey, bytes) => askToWrite(address, publicKey, bytes),
        count: (outcome) => metrics.count('takibi_published_entries_total', { outcome }),
        busySeconds: 0,
        bytesLeft: maxAnswerBytes,
      },
    )
  }
}
