import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { hexToBytes } from '../../src/core/bytes/hex.ts'
import { handshakeNamed, shs } from '../handshake/vectors.ts'

const program = join(import.meta.dirname, 'shs-peer.mjs')
const vector = shs.handshakes[0]!
const { client, server, networkId } = vector

type Mode = 'outcome' | 'echo' | 'ping'
type Environment = Record<string, string>

const start = (args: readonly string[], environment: Environment = {}): ChildProcessWithoutNullStreams => {
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, ...environment } })
  // A program that has refused reads no more.
  child.stdin.on('error', () => undefined)
  return child
}
const startServer = (mode: Mode, environment?: Environment) =>
  start(['server', mode, networkId, server.ed25519Seed + server.ed25519PublicKey, server.ed25519PublicKey], environment)
const startClient = (mode: Mode, environment?: Environment) =>
  start(['client', mode, networkId, server.ed25519PublicKey], { SHS_CLIENT_SEED: client.ed25519Seed, ...environment })

/** Code and signal; code 0 is success. */
const exitOf = (child: ChildProcessWithoutNullStreams): Promise<readonly [number | null, string | null]> =>
  new Promise((resolve) => child.once('exit', (code, by) => resolve([code, by])))

const outputOf = async (child: ChildProcessWithoutNullStreams): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('hex')
}

const connect = (one: ChildProcessWithoutNullStreams, other: ChildProcessWithoutNullStreams): void => {
  one.stdout.pipe(other.stdin)
  other.stdout.pipe(one.stdin)
}

beforeAll(async () => {
  // The first start bundles; a deadline from the start of the process should not pay for that.
  await exitOf(start([]))
})

test('[H9] shs-peer: a ping through an echo comes back whole, and both succeed', async () => {
  const [echo, ping] = [startServer('echo'), startClient('ping', { SHS_SEND: '0,1,4096,4097,100000,3' })]
  connect(echo, ping)
  expect(await Promise.all([exitOf(ping), exitOf(echo)])).toEqual([
    [0, null],
    [0, null],
  ])
})

test('[H9] shs-peer: with given ephemerals it speaks the messages of the vectors, and tells the keys', async () => {
  const peers = [
    {
      child: startClient('outcome', { SHS_EPH_SK: client.ephemeralSecret }),
      hears: vector.msg2 + vector.msg4,
      says: vector.msg1 + vector.msg3,
      keys: [vector.clientToServer, vector.serverToClient],
    },
    {
      child: startServer('outcome', { SHS_EPH_SK: server.ephemeralSecret }),
      hears: vector.msg1 + vector.msg3,
      says: vector.msg2 + vector.msg4,
      keys: [vector.serverToClient, vector.clientToServer],
    },
  ]
  for (const { child, hears, says, keys } of peers) {
    child.stdin.end(hexToBytes(hears))
    const [output, exit] = await Promise.all([outputOf(child), exitOf(child)])
    expect(exit).toEqual([0, null])
    expect(output).toBe(says + keys.map(({ key, nonce }) => key + nonce).join(''))
  }
})

test('[H9] shs-peer: after a message that is wrong it writes nothing and fails by itself', async () => {
  const wrong = shs.invalid.filter(({ id }) =>
    ['msg1-low-order-u-0', 'msg1-hmac-bit-flip', 'msg1-truncated'].includes(id),
  )
  expect(wrong).toHaveLength(3)
  for (const each of wrong) {
    if (each.kind !== 'handshake') throw new Error(`${each.id} is no handshake`)
    const { networkId: network, server: key } = handshakeNamed(each.handshake)
    const secret = key.ed25519Seed + key.ed25519PublicKey
    const child = start(['server', 'echo', network, secret, key.ed25519PublicKey])
    child.stdin.end(hexToBytes(each.input))
    const [output, exit] = await Promise.all([outputOf(child), exitOf(child)])
    expect([output, exit]).toEqual(['', [1, null]])
  }
})

test('[H9] shs-peer: a client that is not the one allowed gets no message 4, and both fail', async () => {
  const [refusing, refused] = [startServer('echo', { SHS_AUTHORIZE: 'aa'.repeat(32) }), startClient('ping')]
  connect(refusing, refused)
  const [said] = await Promise.all([outputOf(refusing), exitOf(refusing), exitOf(refused)])
  expect(said).toHaveLength(2 * 64)
  expect([refusing.exitCode, refused.exitCode]).toEqual([1, 1])
})

test('[H9] shs-peer: at its deadline it fails, although bytes keep dripping in', async () => {
  const child = startServer('echo', { SHS_TIMEOUT_MS: '1200' })
  const message = hexToBytes(vector.msg1)
  let at = 0
  const drip = setInterval(() => at < 63 && child.stdin.write(message.subarray(at, ++at)), 50)
  expect(await exitOf(child)).toEqual([1, null])
  clearInterval(drip)
})

test('[H9] shs-peer: without goodbye it fails, and a byte that was changed never passes', async () => {
  const [echo, ping] = [startServer('echo'), startClient('ping', { SHS_SEND: '5000' })]
  let passed = 0
  ping.stdout.on('data', (chunk: Buffer) => {
    const changed = Buffer.from(chunk)
    // Behind the 176 bytes of its handshake.
    if (passed <= 200 && passed + chunk.length > 200) changed[200 - passed]! ^= 1
    passed += chunk.length
    echo.stdin.write(changed)
  })
  echo.stdout.pipe(ping.stdin)
  expect(await Promise.all([exitOf(echo), exitOf(ping)])).toEqual([
    [1, null],
    [1, null],
  ])
})
