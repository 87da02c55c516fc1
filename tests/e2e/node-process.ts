import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Listening, startTakibiNode } from '../../scripts/takibi-process.mjs'
import type { PublicKey } from '../../src/core/ids.ts'
import { nodeLinkText } from '../../src/core/meeting/node-link.ts'

/** A node in a process of its own, with a folder that outlives the process. */
export interface NodeProcess {
  readonly dataDir: string
  readonly url: () => string
  readonly port: () => number
  /** What its operator hands on, behind the address of an app. @param port where something stands before it */
  readonly link: (port?: number) => string
  /** Starts it; after the first time at the address it had. Resolves when it listens. */
  readonly start: () => Promise<void>
  /** Ends it as a power cut does: nothing is said, nothing is finished. */
  readonly kill: () => Promise<void>
  readonly remove: () => Promise<void>
}

/** @param follow schemas it takes part in */
export async function aNodeProcess(follow: readonly string[]): Promise<NodeProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'takibi-node-'))
  let child: ChildProcess | undefined
  let at: Listening | undefined
  const port = (): number => (at === undefined ? 0 : Number(new URL(at.url).port))
  const kill = async (): Promise<void> => {
    if (child === undefined) return
    const ended = once(child, 'close')
    child.kill('SIGKILL')
    child = undefined
    await ended
  }
  return {
    dataDir,
    port,
    url: () => `http://localhost:${port()}`,
    link: (dialled = port()) => {
      if (at === undefined) throw new Error('The node was never started')
      const address = `ws://localhost:${dialled}/sync`
      return `#/node/${nodeLinkText({ address, transportKey: at.transportKey as PublicKey, token: '' })}`
    },
    start: async () => {
      const node = startTakibiNode(
        '--data',
        dataDir,
        '--port',
        String(port()),
        ...follow.flatMap((id) => ['--follow', id]),
      )
      child = node.child
      at = await node.listening
    },
    kill,
    remove: async () => {
      await kill()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
