import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { startTakibiNode } from '../../scripts/takibi-process.mjs'
import type { PublicKey } from '../../src/core/ids.ts'
import { nodeLinkText } from '../../src/core/meeting/node-link.ts'

const megabyte = 1024 * 1024

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

/** Starts `takibi node` on this machine. @param words what follows it: place, schemas to follow, options */
export async function startNode(...words: readonly string[]): Promise<NodeProcess> {
  const { child, listening } = startTakibiNode('--port', '0', ...words)
  const ended = once(child, 'close')
  const { url, transportKey } = await listening
  const mostMemory = async (): Promise<number> => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]
    if (peak) return (Number(peak) * 1024) / megabyte
    const metrics = await (await fetch(`${url}/metrics`)).text()
    return Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1] ?? NaN) / megabyte
  }
  return {
    address: `ws://localhost:${new URL(url).port}/sync`,
    transportKey: transportKey as PublicKey,
    mostMemory,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
