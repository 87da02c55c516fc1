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
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into it and would see at once where it is something else
  readonly data: any
  readonly errors?: readonly { readonly message: string; readonly path?: readonly string[] }[]
}

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
