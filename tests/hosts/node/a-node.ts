import { onTestFinished } from 'vitest'
import type { SchemaId } from '../../../src/core/ids.ts'
import { jsonLog } from '../../../src/hosts/node/server/json-log.ts'
import { type NodeLimits, defaultLimits } from '../../../src/hosts/node/server/limits.ts'
import { type RunningNode, startNode } from '../../../src/hosts/node/server/start-node.ts'
import { explainFailure } from '../../../src/sdk/errors.ts'
import { aFolder } from '../cli/a-terminal.ts'

export interface TestNode extends RunningNode {
  readonly dataDir: string
  /** What it said, line by line. */
  readonly lines: readonly string[]
}

interface TestOptions {
  readonly dataDir?: string
  /** Any that is free, unless said. */
  readonly port?: number
  readonly limits?: Partial<NodeLimits>
  readonly isBehindProxy?: boolean
  readonly follow?: readonly SchemaId[]
}

/** A node that listens on a free port of this machine until it is stopped. */
export async function startTestNode(options: TestOptions & { readonly dataDir: string }): Promise<TestNode> {
  const { dataDir } = options
  const lines: string[] = []
  const node = await startNode({
    place: { dataDir },
    host: '127.0.0.1',
    port: options.port ?? 0,
    isBehindProxy: options.isBehindProxy ?? false,
    follow: options.follow ?? [],
    limits: { ...defaultLimits, ...options.limits },
    log: jsonLog((line) => void lines.push(line), 'debug'),
    explain: explainFailure,
  })
  return { ...node, dataDir, lines }
}

/** The same, in a folder of its own, until the test is over. */
export async function aNode(options: TestOptions = {}): Promise<TestNode> {
  const node = await startTestNode({ dataDir: await aFolder(), ...options })
  onTestFinished(node.stop)
  return node
}

export interface GraphQLBody {
  readonly data: unknown
  readonly errors?: readonly { readonly message: string; readonly path?: readonly string[] }[]
}

/** What an answer shows at a place: names of fields, and numbers in lists. `undefined` where it has no such place. */
export const shownAt = ({ data }: Pick<GraphQLBody, 'data'>, ...path: readonly (string | number)[]): unknown =>
  path.reduce((value, step) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[step], data)
/** The same where text stands. */
export const textAt = (body: Pick<GraphQLBody, 'data'>, ...path: readonly (string | number)[]): string =>
  shownAt(body, ...path) as string
/** The same where a list stands. */
export const listAt = (body: Pick<GraphQLBody, 'data'>, ...path: readonly (string | number)[]): readonly unknown[] =>
  shownAt(body, ...path) as readonly unknown[]

/** Asks a node by GraphQL; the answer must be of this status. */
export async function ask(
  node: { readonly url: string },
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  status = 200,
): Promise<GraphQLBody> {
  const response = await fetch(`${node.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  const text = await response.text()
  if (response.status !== status) throw new Error(`${response.status} instead of ${status}: ${text}`)
  return JSON.parse(text) as GraphQLBody
}

/** The one error of an answer. */
export const errorOf = ({ errors }: GraphQLBody): string => errors?.map(({ message }) => message).join(' | ') ?? 'none'
