import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { PublicKey } from '../../src/core/ids.ts'
import { nodeLinkText } from '../../src/core/meeting/node-link.ts'

/** The command as it is built; `TAKIBI_NODE` names another one. */
const command = process.env['TAKIBI_NODE'] ?? 'dist/node/takibi.js'

/** Runs `takibi` with some words, and throws what it complained about when it did not end well. */
export async function takibi(...words: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [command, ...words], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (piece: Buffer) => (said += String(piece)))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`takibi ${words.join(' ')}: ${said}`)
}

/** A node in a process of its own, with a folder that outlives the process. */
export interface NodeProcess {
  readonly dataDir: string
  readonly url: () => string
  /** What its operator hands on, behind the address of an app. */
  readonly link: () => string
  /** Starts it; after the first time at the address it had. Resolves when it listens. */
  readonly start: () => Promise<void>
  /** Ends it as a power cut does: nothing is said, nothing is finished. */
  readonly kill: () => Promise<void>
  readonly remove: () => Promise<void>
}

interface Listening {
  readonly url: string
  readonly transportKey: PublicKey
}

async function whenListening(child: ChildProcess): Promise<Listening> {
  for await (const line of createInterface(child.stdout!)) {
    const said = JSON.parse(line) as Listening & { readonly message: string }
    if (said.message !== 'listening') continue
    // Read on, so that it never waits for us.
    child.stdout!.resume()
    return said
  }
  throw new Error('The node ended before it listened')
}

/** @param follow schemas it takes part in */
export async function aNodeProcess(follow: readonly string[]): Promise<NodeProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'takibi-node-'))
  let child: ChildProcess | undefined
  let at: Listening | undefined
  const port = (): string => (at === undefined ? '0' : new URL(at.url).port)
  const atPort = (scheme: 'http' | 'ws'): string => {
    if (at === undefined) throw new Error('The node was never started')
    return `${scheme}://localhost:${port()}`
  }
  const kill = async (): Promise<void> => {
    if (child === undefined) return
    const ended = once(child, 'close')
    child.kill('SIGKILL')
    child = undefined
    await ended
  }
  return {
    dataDir,
    url: () => atPort('http'),
    link: () => {
      const address = `${atPort('ws')}/sync`
      return `#/node/${nodeLinkText({ address, transportKey: at!.transportKey, token: '' })}`
    },
    start: async () => {
      const place = ['--data', dataDir, '--host', 'localhost', '--port', port()]
      const words = [command, 'node', ...place, ...follow.flatMap((id) => ['--follow', id])]
      child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
      at = await whenListening(child)
    },
    kill,
    remove: async () => {
      await kill()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
