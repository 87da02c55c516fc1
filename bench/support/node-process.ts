import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { PublicKey } from '../../src/core/ids.ts'
import { nodeLinkText } from '../../src/core/meeting/node-link.ts'

/** The command as it is built; `TAKIBI_NODE` names another one. */
const command = process.env['TAKIBI_NODE'] ?? 'dist/node/takibi.js'
const megabyte = 1024 * 1024

/** Runs `takibi` with some words, and throws what it complained about when it did not end well. */
export async function takibi(...words: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [command, ...words], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (piece: Buffer) => (said += String(piece)))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`takibi ${words.join(' ')}: ${said}`)
}

/** A node in a process of its own. */
export interface NodeProcess {
  /** Where devices reach it. */
  readonly address: string
  readonly transportKey: PublicKey
  /** The most memory it ever held, in MB; where the system does not tell, what it holds now. */
  readonly mostMemory: () => Promise<number>
  readonly stop: () => Promise<void>
}

/** What its operator hands on, behind the address of an app. */
export const nodeLink = ({ address, transportKey }: NodeProcess): string =>
  `#/node/${nodeLinkText({ address, transportKey, token: '' })}`

interface Listening {
  readonly message: string
  readonly url: string
  readonly transportKey: PublicKey
}

async function whenListening(child: ChildProcess): Promise<Listening> {
  for await (const line of createInterface(child.stdout!)) {
    const said = JSON.parse(line) as Listening
    if (said.message !== 'listening') continue
    // Read on, so that it never waits for us.
    child.stdout!.resume()
    return said
  }
  throw new Error('The node ended before it listened')
}

/** Starts `takibi node` on this machine. @param words what follows it: place, schemas to follow, options */
export async function startNode(...words: readonly string[]): Promise<NodeProcess> {
  const child = spawn(process.execPath, [command, 'node', '--host', 'localhost', '--port', '0', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  const { url, transportKey } = await whenListening(child)
  const mostMemory = async (): Promise<number> => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]
    if (peak) return (Number(peak) * 1024) / megabyte
    const metrics = await (await fetch(`${url}/metrics`)).text()
    return Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1] ?? NaN) / megabyte
  }
  return {
    address: `ws://localhost:${new URL(url).port}/sync`,
    transportKey,
    mostMemory,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
