/**
 * Our judgement of who may do what as a program, so that any other model of the same rules can be compared with it:
 *
 *     node tests/interop/authority-peer.mjs
 *
 * Reads histories from standard input, a line of JSON each, and writes one line for each, in order. `authority-peer-parts.ts` has their shapes:
 *
 *     in    {"id", "ops": [ENTRY…], "forks": [[key, log, seq]…], "at": [[key, log, seq]…], "schemas": [SCHEMA…]}
 *     out   {"id", "groups": {GROUP: {"founder", "levels", "members", "adopted"}}, "can": [[GROUP, key, log, seq, SCHEMA, "ACUD"]…]}
 *           or {"id", "error"} where a line is no history
 */
import { createInterface } from 'node:readline'
import { loadParts } from './load-parts.mjs'

/** @typedef {typeof import('./authority-peer-parts.ts')} Parts */

const { answerHistory } = /** @type {Parts} */ (await loadParts('authority-peer-parts.ts', ['core']))

/** @param {string} line */
function answer(line) {
  let id = null
  try {
    const history = JSON.parse(line)
    id = history?.id ?? null
    return answerHistory(history)
  } catch (thrown) {
    return { id, error: String(thrown) }
  }
}

for await (const line of createInterface({ input: process.stdin }))
  if (line.trim() !== '') process.stdout.write(`${JSON.stringify(answer(line))}\n`)
