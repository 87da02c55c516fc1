/**
 * Our Negentropy as a program that speaks the line protocol of the negentropy project's test harness, so that any other implementation can be driven against it:
 *
 *     node tests/interop/negentropy-peer.mjs
 *
 *     in    item,TIMESTAMP,ID     one item of our set: a decimal number below 2^64 - 1, and 32 bytes of hex
 *           seal                  that was the last of them
 *           initiate              answered by msg: we ask
 *           msg,HEX               a message of the other side, answered by have and need for each id that was found, and then msg or done
 *     out   have,ID  need,ID  msg,HEX  done
 *
 * Environment: FRAMESIZELIMIT, bytes of a message at most, 0 or not set for no limit, else at least 4096. Exits with 1 on whatever it can't read.
 */
import { createInterface } from 'node:readline'
import { loadParts } from './load-parts.mjs'

/** @typedef {typeof import('./negentropy-peer-parts.ts')} Parts */
/** @typedef {import('./negentropy-peer-parts.ts').Item} Item */
/** @typedef {import('./negentropy-peer-parts.ts').Reconciliation} Reconciliation */

const { bytesToHex, hexToBytes, isHex, itemSetOf, initiate, reconcile, respond } = /** @type {Parts} */ (
  await loadParts('negentropy-peer-parts.ts', ['core', 'sync'])
)

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`)
/** Tells the person at the terminal. @param {string} why @returns {never} */
const giveUp = (why) => {
  process.stderr.write(`negentropy-peer: ${why}\n`)
  process.exit(1)
}

const frameLimit = Number(process.env['FRAMESIZELIMIT'] || 0)
if (!Number.isInteger(frameLimit) || (frameLimit !== 0 && frameLimit < 4096))
  giveUp('FRAMESIZELIMIT is 0 or at least 4096')

/** @type {Item[]} */
const items = []
/** @type {Reconciliation | undefined} */
let state
const sealed = () => state ?? giveUp('seal comes before this')

/** @param {string} timestamp @param {string} id */
const add = (timestamp, id) => {
  if (!/^\d{1,20}$/.test(timestamp) || BigInt(timestamp) >= 2n ** 64n - 1n) giveUp(`no timestamp: ${timestamp}`)
  if (!isHex(id, 32)) giveUp(`no id: ${id}`)
  items.push({ timestamp: BigInt(timestamp), id: /** @type {Item['id']} */ (`0020${id}`) })
}

/** @param {string} hex */
const take = (hex) => {
  if (!isHex(hex, hex.length / 2)) giveUp('a message is hex')
  const taken = reconcile(sealed(), hexToBytes(hex))
  if (!taken.ok) return giveUp(JSON.stringify(taken.error))
  const { have, need, reply } = taken.value
  state = taken.value.state
  for (const id of have) say(`have,${id.slice(4)}`)
  for (const id of need) say(`need,${id.slice(4)}`)
  say(reply ? `msg,${bytesToHex(reply)}` : 'done')
}

for await (const line of createInterface({ input: process.stdin })) {
  const [command = '', first = '', second = ''] = line.trim().toLowerCase().split(',')
  if (command === 'item') add(first, second)
  else if (command === 'seal') state = respond(itemSetOf(items), frameLimit)
  else if (command === 'initiate') {
    const begun = initiate(sealed().items, { frameLimit })
    state = begun.state
    say(`msg,${bytesToHex(begun.message)}`)
  } else if (command === 'msg') take(first)
  else if (command !== '') giveUp(`no such command: ${command}`)
}
