/**
 * Secret Handshake and box stream as a program, so that any harness can drive ours:
 *
 *     node tests/interop/shs-peer.mjs client MODE NETWORK_ID SERVER_PUBLIC_KEY
 *     node tests/interop/shs-peer.mjs server MODE NETWORK_ID SERVER_SECRET_KEY SERVER_PUBLIC_KEY
 *
 * Keys are hex; a secret key is seed and public key, 64 bytes. Standard input and output are the connection. MODE says what happens after the handshake:
 *
 *     outcome   writes key and nonce of sending, key and nonce of receiving (112 bytes); ends with its input
 *     echo      sends back what comes, until goodbye
 *     ping      sends SHS_SEND, comma-separated lengths of writes, and goodbye; succeeds when the same comes back
 *
 * Environment: SHS_CLIENT_SEED (hex), SHS_EPH_SK (an ephemeral secret, hex, for tests), SHS_AUTHORIZE (the one client allowed, hex),
 * SHS_TIMEOUT_MS (for the handshake, from the start of the process). Exits with 0 where everything went well, else writes nothing more and exits with 1.
 */
import { randomBytes } from 'node:crypto'
import { loadParts } from './load-parts.mjs'

/** @typedef {typeof import('./shs-peer-parts.ts')} Parts */

const { memoryTransportKey, webClock, bytesToHex, hexToBytes, isHex, publicKeyOf, openSecureChannel, shakeHands } =
  /** @type {Parts} */ (await loadParts('shs-peer-parts.ts', ['core', 'handshake', 'ports', 'engine', 'adapters']))

/** Tells the person at the terminal, and nobody else. @param {string} why @returns {never} */
const giveUp = (why) => {
  process.stderr.write(`shs-peer: ${why}\n`)
  process.exit(1)
}

/** @param {string | undefined} text @param {number} length @param {string} name */
const bytesOf = (text, length, name) => {
  const hex = (text ?? '').toLowerCase()
  return isHex(hex, length) ? hexToBytes(hex) : giveUp(`${name} has to be ${length} bytes of hex`)
}

/** @type {import('../../src/ports/transport.ts').Channel} */
const channel = {
  medium: 'memory',
  received: process.stdin,
  send: (bytes) =>
    new Promise((done, fail) => {
      process.stdout.write(bytes, (error) => (error ? fail(error) : done()))
    }),
  closed: new Promise((done) => process.stdin.once('close', done)),
  close: () => process.stdin.destroy(),
}
// Who stopped reading is noticed by the write that fails.
process.stdout.on('error', () => undefined)

const [role, mode, network, ...keys] = process.argv.slice(2)
const networkId = /** @type {import('../../src/core/transport-key/network-id.ts').NetworkId} */ (
  bytesToHex(bytesOf(network, 32, 'NETWORK_ID'))
)

/** @returns {{ seed: Uint8Array, who: import('../../src/engine/shake-hands.ts').HandshakeRole }} */
const whoAmI = () => {
  const { SHS_CLIENT_SEED: clientSeed, SHS_AUTHORIZE: authorize } = process.env
  if (role === 'client') {
    const server = /** @type {import('../../src/core/ids.ts').PublicKey} */ (
      bytesToHex(bytesOf(keys[0], 32, 'SERVER_PUBLIC_KEY'))
    )
    return {
      seed: clientSeed ? bytesOf(clientSeed, 32, 'SHS_CLIENT_SEED') : randomBytes(32),
      who: { role, server },
    }
  }
  if (role !== 'server') giveUp('the first argument is "client" or "server"')
  const seed = bytesOf(keys[0], 64, 'SERVER_SECRET_KEY').subarray(0, 32)
  if (publicKeyOf(seed) !== bytesToHex(bytesOf(keys[1], 32, 'SERVER_PUBLIC_KEY')))
    giveUp('the secret key is not that of SERVER_PUBLIC_KEY')
  const allowed = authorize ? bytesToHex(bytesOf(authorize, 32, 'SHS_AUTHORIZE')) : undefined
  return { seed, who: { role: 'server', mayConnect: async (client) => allowed === undefined || client === allowed } }
}

const { seed, who } = whoAmI()
const ephemeral = process.env['SHS_EPH_SK']
const ports = {
  transportKey: memoryTransportKey(seed, networkId),
  clock: webClock,
  random: {
    bytes: (/** @type {number} */ length) =>
      ephemeral ? bytesOf(ephemeral, length, 'SHS_EPH_SK') : new Uint8Array(randomBytes(length)),
  },
}
const timeoutMs = Math.max(0, Number(process.env['SHS_TIMEOUT_MS'] ?? 10_000) - performance.now())
const terms = { networkId, timeoutMs }
const { signal } = new AbortController()

/** Until the end of input, whatever comes. */
async function outcome() {
  const chunks = channel.received[Symbol.asyncIterator]()
  const shaken = await shakeHands(ports, channel, chunks, who, terms, signal)
  if (!shaken.ok) return giveUp(JSON.stringify(shaken.error))
  const { writer, reader } = shaken.value
  if (reader.kind !== 'reading') return giveUp('a fresh reader reads')
  await channel.send(Buffer.concat([writer.key, writer.nonce, reader.key, reader.nonce]))
  while (!(await chunks.next()).done);
}

const secure = async () => {
  const opened = await openSecureChannel(ports, channel, who, terms, signal)
  return opened.ok ? opened.value : giveUp(JSON.stringify(opened.error))
}

async function echo() {
  const peer = await secure()
  for await (const bytes of peer.received) {
    await peer.write(bytes)
    await peer.flush()
  }
  await peer.end()
}

async function ping() {
  const peer = await secure()
  const lengths = (process.env['SHS_SEND'] ?? '').split(',').filter(Boolean).map(Number)
  const messages = lengths.map((length, i) => Uint8Array.from({ length }, (_, j) => (31 * i + 7 * j + (j >> 8)) & 255))
  const sendAll = async () => {
    for (const message of messages) {
      await peer.write(message)
      await peer.flush()
    }
    await peer.end()
  }
  const receiveAll = async () => {
    const bodies = []
    for await (const bytes of peer.received) bodies.push(bytes)
    return Buffer.concat(bodies)
  }
  // At once: both pipes may be smaller than what goes through them.
  const [received] = await Promise.all([receiveAll(), sendAll()])
  if (!received.equals(Buffer.concat(messages))) giveUp('what came back is not what was sent')
}

const modes = /** @type {Record<string, (() => Promise<void>) | undefined>} */ ({ outcome, echo, ping })
const run = modes[mode ?? ''] ?? giveUp('MODE is "outcome", "echo" or "ping"')
await run().catch((/** @type {unknown} */ thrown) => giveUp(JSON.stringify(thrown)))
process.exit(0)
