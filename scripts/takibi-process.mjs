/** The built `takibi` in processes of its own, for tests and benchmarks. `TAKIBI_NODE` names another build. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

const command = process.env['TAKIBI_NODE'] ?? 'dist/node/takibi.js'

/**
 * Runs `takibi` with some words, and throws what it complained about when it did not end well.
 *
 * @param {readonly string[]} words
 */
export async function takibi(...words) {
  const child = spawn(process.execPath, [command, ...words], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (piece) => (said += String(piece)))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`takibi ${words.join(' ')}: ${said}`)
}

/** @typedef {{ readonly url: string, readonly transportKey: string }} Listening what a node says when it listens */

/**
 * Starts `takibi node` on this machine. `listening` rejects where it ends before it listens.
 *
 * @param {readonly string[]} words what follows it: place, schemas to follow, options
 */
export function startTakibiNode(...words) {
  const child = spawn(process.execPath, [command, 'node', '--host', 'localhost', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  /** @returns {Promise<Listening>} */
  const whenListening = async () => {
    for await (const line of createInterface(child.stdout)) {
      const said = JSON.parse(line)
      if (said.message !== 'listening') continue
      // Read on, so that it never waits for us.
      child.stdout.resume()
      return said
    }
    throw new Error('The node ended before it listened')
  }
  return { child, listening: whenListening() }
}
