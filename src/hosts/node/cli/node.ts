import { setFlagsFromString } from 'node:v8'
import type { SchemaId } from '../../../core/ids.ts'
import { isNodeAddress } from '../../../core/meeting/node-address.ts'
import { parseSchemaId } from '../../../core/schema/schema-id.ts'
import type { Place } from '../place.ts'
import { type LogLevel, jsonLog, logLevels } from '../server/json-log.ts'
import { defaultLimits } from '../server/limits.ts'
import { type RunningNode, startNode } from '../server/start-node.ts'
import type { ExitCode, Terminal } from './command.ts'
import { WrongUse } from './wrong-use.ts'

/** What may follow `takibi node`. */
export const nodeOptions = {
  host: { type: 'string' },
  port: { type: 'string' },
  proxy: { type: 'boolean' },
  log: { type: 'string' },
  follow: { type: 'string', multiple: true },
  address: { type: 'string' },
  groups: { type: 'boolean' },
  token: { type: 'string' },
} as const

type Given = { readonly [O in keyof typeof nodeOptions]?: string | boolean | readonly string[] }

/** Where a p2panda node is expected (wire.md §6). */
const defaultPort = 2020
/** All addresses of this machine. */
const defaultHost = '0.0.0.0'

function readPort(given: Given['port']): number {
  if (given === undefined) return defaultPort
  const port = Number(given)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new WrongUse(`--port is a number from 0 (any that is free) to 65535, not ${String(given)}.`)
  return port
}

function readLevel(given: Given['log']): LogLevel {
  const level = logLevels.find((known) => known === (given ?? 'info'))
  if (!level) throw new WrongUse(`--log is one of ${logLevels.join(', ')}.`)
  return level
}

function readFollowed(given: Given['follow'], explain: Terminal['explain']): readonly SchemaId[] {
  return (Array.isArray(given) ? (given as readonly string[]) : []).map((text) => {
    const id = parseSchemaId(text)
    if (id.ok) return id.value
    throw new WrongUse(explain(id.error))
  })
}

function readAddress(given: Given['address']): string | undefined {
  if (typeof given !== 'string') return undefined
  if (!isNodeAddress(given)) throw new WrongUse('--address is where devices reach this node: wss://node.example/sync.')
  return given
}

/** A token alone says that groups are kept. */
function readGroupToken({ groups, token }: Given): string | undefined {
  if (typeof token === 'string') return token
  return groups === true ? '' : undefined
}

/** Resolves when somebody asks this process to end; a second time ends it at once. */
function askedToStop(): Promise<void> {
  return new Promise((resolve) => {
    let isAsked = false
    const ask = (): void => {
      // Whoever asks twice does not want to wait for what was begun.
      if (isAsked) process.exit(1)
      isAsked = true
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, ask)
  })
}

/**
 * A node may share a small computer with others. Of what it holds at its busiest only a quarter is in use: V8 lets its heap grow to several times that
 * before it looks for garbage. With a fifth more than what is in use it looks more often, which takes some of the speed and a third of the memory.
 */
const tameHeap = (): void => setFlagsFromString('--heap-growing-percent=20')

/** Runs a node until the process is asked to end. */
export async function runNode(place: Place, given: Given, terminal: Terminal): Promise<ExitCode> {
  tameHeap()
  const address = readAddress(given.address)
  const groupToken = readGroupToken(given)
  const node: RunningNode = await startNode({
    place,
    follow: readFollowed(given.follow, terminal.explain),
    ...(address !== undefined && { address }),
    ...(groupToken !== undefined && { groupToken }),
    host: typeof given.host === 'string' ? given.host : defaultHost,
    port: readPort(given.port),
    isBehindProxy: given.proxy === true,
    limits: defaultLimits,
    log: jsonLog(terminal.out, readLevel(given.log)),
    explain: terminal.explain,
  })
  await askedToStop()
  await node.stop()
  return 0
}
