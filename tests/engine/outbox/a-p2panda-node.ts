import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSchema, graphql, GraphQLError } from 'graphql'
import { hexToBytes } from '../../../src/core/bytes/hex.ts'
import { decodeEntry } from '../../../src/core/entry/decode.ts'
import type { Entry } from '../../../src/core/entry/entry.ts'
import { decodeOperation } from '../../../src/core/operation/decode.ts'

/** The client API as wire.md §6 has it. */
const schema = buildSchema(`
  scalar LogId scalar SeqNum scalar PublicKey scalar DocumentViewId scalar EntryHash scalar EncodedEntry scalar EncodedOperation
  type NextArguments { logId: LogId! seqNum: SeqNum! backlink: EntryHash skiplink: EntryHash }
  type Query { nextArgs(publicKey: PublicKey!, viewId: DocumentViewId): NextArguments }
  type Mutation { publish(entry: EncodedEntry!, operation: EncodedOperation!): NextArguments! }
`)

/** What a node may do wrong. */
export interface Faults {
  /** Answers every request with this status. */
  status?: number
  retryAfter?: string
  /** What it answers instead of GraphQL. */
  text?: string
  /** Takes requests, and answers none. */
  isSilent?: boolean
  /** Answers nothing before this is over. */
  waits?: Promise<void>
  /** Takes what comes, and cuts the connection in the place of the answer; this many times. */
  cuts?: number
  /** Entries it refuses, and how. */
  refuses?: (entry: Entry) => string | undefined
  /** Where it says that every log goes on. */
  next?: { readonly logId: string; readonly seqNum: string; readonly backlink: string }
  /** Fields in one request at most. */
  maxFields?: number
}

/** A node as p2panda-rs 0.8 judges: by its sentences, one field after the other, an error taking all answers along. */
export interface P2pandaNode {
  readonly url: string
  readonly faults: Faults
  /** Hashes in the order in which they were stored. */
  readonly stored: readonly string[]
  /** Entries that came, each time they came. */
  readonly came: readonly string[]
  /** Number of requests. */
  readonly requests: () => number
  /** Requests that came and are not answered yet. */
  readonly isBusy: () => boolean
  /** Fields of each request that publishes. */
  readonly batches: readonly number[]
  /** Forgets everything. */
  readonly forget: () => void
  /** Stops listening, as when it is down; `start` goes on at the same port. */
  readonly stop: () => Promise<void>
  readonly start: () => Promise<void>
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = []
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}

/** A p2panda node over HTTP, with faults. It believes signatures, and asks for the operation before each. */
export async function startP2pandaNode(faults: Faults = {}): Promise<P2pandaNode> {
  const stored: string[] = []
  const came: string[] = []
  const batches: number[] = []
  const logs = new Map<string, Entry[]>()
  const documentOf = new Map<string, string>()
  const logOf = new Map<string, string>()
  let requests = 0
  let open = 0
  let fields = 0
  let server: Server | undefined
  let port = 0

  const argsOf = ({ logId, seqNum, hash }: Entry) => ({ logId: `${logId}`, seqNum: `${seqNum + 1n}`, backlink: hash })
  const publish = (given: { readonly entry: string; readonly operation: string }) => {
    fields++
    const entry = decodeEntry(hexToBytes(given.entry))
    const operation = decodeOperation(hexToBytes(given.operation))
    if (!entry.ok || !operation.ok) throw new GraphQLError('It cannot be decoded')
    const { publicKey, logId, seqNum, hash } = entry.value
    came.push(hash)
    const refusal = faults.refuses?.(entry.value)
    if (refusal) throw new GraphQLError(refusal)
    const name = `${publicKey}/${logId}`
    const log = logs.get(name) ?? []
    const expected = BigInt(log.length + 1)
    if (seqNum !== expected)
      throw new GraphQLError(
        `Entry's claimed seq num of ${seqNum} does not match expected seq num of ${expected} for given public key and log`,
      )
    const before = 'previous' in operation.value ? operation.value.previous : []
    for (const previous of before)
      if (!documentOf.has(previous)) throw new GraphQLError(`Previous operation ${previous} not found in store`)
    const documentId = before[0] === undefined ? hash : (documentOf.get(before[0]) ?? '')
    log.push(entry.value)
    logs.set(name, log)
    documentOf.set(hash, documentId)
    logOf.set(`${publicKey}/${documentId}`, name)
    stored.push(hash)
    return argsOf(entry.value)
  }
  const nextArgs = ({ publicKey, viewId }: { readonly publicKey: string; readonly viewId: string }) => {
    if (faults.next) return faults.next
    const documentId = documentOf.get(viewId)
    if (documentId === undefined) throw new GraphQLError(`Previous operation ${viewId} not found in store`)
    const log = logs.get(logOf.get(`${publicKey}/${documentId}`) ?? '')
    const last = log?.at(-1)
    return last ? argsOf(last) : { logId: '0', seqNum: '1' }
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' }
    if (request.method === 'OPTIONS') return void response.writeHead(204, cors).end()
    requests++
    open++
    response.on('close', () => open--)
    const { query } = JSON.parse(await readBody(request)) as { readonly query: string }
    if (faults.isSilent) return
    await faults.waits
    const json = { ...cors, 'content-type': 'application/json' }
    if (faults.status !== undefined) {
      const after = faults.retryAfter === undefined ? {} : { 'retry-after': faults.retryAfter }
      return void response.writeHead(faults.status, { ...json, ...after }).end(faults.text ?? '')
    }
    if (faults.text !== undefined) return void response.writeHead(200, json).end(faults.text)
    if (faults.maxFields !== undefined && query.split('publish(').length - 1 > faults.maxFields)
      return void response
        .writeHead(200, json)
        .end(JSON.stringify({ data: null, errors: [{ message: 'Query is too complex.' }] }))
    fields = 0
    const result = await graphql({ schema, source: query, rootValue: { publish, nextArgs } })
    if (fields > 0) batches.push(fields)
    if ((faults.cuts ?? 0) > 0) {
      faults.cuts = (faults.cuts ?? 0) - 1
      return void response.destroy()
    }
    response.writeHead(200, json).end(JSON.stringify(result))
  }
  const start = (): Promise<void> =>
    new Promise((resolve) => {
      const listening = createServer((request, response) => void answer(request, response))
      listening.listen(port, '127.0.0.1', () => {
        port = (listening.address() as AddressInfo).port
        resolve()
      })
      server = listening
    })
  await start()
  return {
    url: `http://localhost:${port}/graphql`,
    faults,
    stored,
    came,
    batches,
    requests: () => requests,
    isBusy: () => open > 0,
    forget: () => {
      stored.length = 0
      came.length = 0
      for (const map of [logs, documentOf, logOf]) map.clear()
    },
    start,
    stop: () =>
      new Promise((resolve) => {
        server?.close(() => resolve())
        server?.closeAllConnections()
      }),
  }
}
