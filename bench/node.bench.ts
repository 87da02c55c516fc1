import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { startPostgres } from '../scripts/postgres.mjs'
import { webSocketTransport } from '../src/adapters/channel/websocket-channel.ts'
import { installFastBlake3 } from '../src/adapters/web/fast-blake3.ts'
import { webClock } from '../src/adapters/web/web-clock.ts'
import type { SchemaId } from '../src/core/ids.ts'
import type { AppRow, Case, Subject } from './harness/subject.ts'
import { call, makeKeys, makeThings, publishThings, stream, valueOf } from './support/engine.ts'
import { type NodeProcess, startNode } from './support/node-process.ts'
import { type Party, aParty } from './support/two-replicas.ts'

/** Clients; two at a time share a collection, so that each brings its entries and fetches those of another. */
const clients = 50
const entriesEach = 1_000
const mostMinutes = 3
const mostMemory = 400

interface Pair {
  readonly schema: SchemaId
  readonly parties: readonly [Party, Party]
}

/** Two devices that share a collection and have written to it, apart from each other. */
async function aPair(number: number): Promise<Pair> {
  const parties = [
    aParty(`a${number}`, 2 * number + 1, webClock, await makeKeys()),
    aParty(`b${number}`, 2 * number + 2, webClock, await makeKeys()),
  ] as const
  const [{ engine: a }, { engine: b }] = parties
  const fields = { title: 'str', amount: 'int', done: 'bool', note: 'str', price: 'float' }
  const draft = { name: `list_${number}`, description: 'Bench', fields }
  const { id } = valueOf(await a.api.defineSchema(draft, call))
  const chunks: Uint8Array[] = []
  for await (const chunk of valueOf(await a.api.exportBundle({ all: true }, call))) chunks.push(chunk)
  valueOf(await b.api.importBundle(stream(chunks), call))
  for (const { engine } of parties) {
    valueOf(await engine.api.share(id))
    await publishThings(engine.api, id, makeThings(entriesEach))
  }
  return { schema: id, parties }
}

/** Dials the node as a device with an address of its own does: limits per address hold. */
async function connect(
  { engine, transportKey }: Party,
  number: number,
  node: NodeProcess,
): Promise<() => Promise<void>> {
  const from = { 'x-forwarded-for': `10.0.0.${number + 1}` }
  const transport = webSocketTransport(
    (address) => new WebSocket(address, { headers: from, perMessageDeflate: false }),
    webClock,
  )
  const channel = await transport.dial(node.address, call.signal)
  const attached = engine.api.attach(channel, { role: 'client', server: node.transportKey }, transportKey)
  return async () => {
    attached.close()
    await attached.closed
  }
}

/** Whether a device has all of both, and the node the same. */
async function isDone({ engine: { api } }: Party): Promise<boolean> {
  const [scope] = valueOf(await api.shared())
  const isSame = scope?.peers.some(({ state }) => state === 'live') === true
  // The definition and its five fields are in logs of their own.
  return isSame && scope.logs >= 2 * entriesEach + 6
}

async function measurePlace(name: string, place: readonly string[]): Promise<readonly AppRow[]> {
  const pairs: Pair[] = []
  for (let number = 0; number < clients / 2; number += 1) pairs.push(await aPair(number))
  const node = await startNode(...place, '--proxy', ...pairs.flatMap(({ schema }) => ['--follow', schema]))
  const parties = pairs.flatMap((pair) => pair.parties)
  const began = performance.now()
  const hangUp = await Promise.all(parties.map((party, number) => connect(party, number, node)))
  const left = new Set(parties)
  while (left.size > 0) {
    for (const party of left) if (await isDone(party)) left.delete(party)
    if (performance.now() - began > mostMinutes * 60_000)
      throw new Error(`${left.size} of ${clients} have not all after ${mostMinutes} minutes`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const seconds = (performance.now() - began) / 1_000
  const memory = await node.mostMemory()
  await Promise.all(hangUp.map((end) => end()))
  await node.stop()
  for (const { engine } of parties) await engine.api.close()
  const speed = (clients * entriesEach) / seconds
  return [
    {
      name: `${name}: ${clients} clients at once, taken in and passed on`,
      value: speed,
      unit: 'entries/s',
      all: [speed],
    },
    {
      name: `${name}: most memory of the node`,
      value: memory,
      unit: 'MB',
      all: [memory],
      toReach: `≤ ${mostMemory} MB`,
      isReached: memory <= mostMemory,
    },
  ]
}

export const subject: Subject = {
  name: 'node',
  about: `${clients} devices with ${entriesEach} entries of their own each, of which two at a time share a collection, sync with one node at once over loopback, until all have all of theirs and know that the node has the same. Entries that the node took in, over the time; it passes each on once. The devices run in one process beside it.`,
  where: ['node'],
  items: clients * entriesEach,
  rounds: 1,
  prepare: async (): Promise<readonly Case[]> => [],
  figures: async (): Promise<readonly AppRow[]> => {
    await installFastBlake3()
    const folder = await mkdtemp(join(tmpdir(), 'takibi-bench-node-'))
    const postgres = await startPostgres()
    try {
      return [
        ...(await measurePlace('LevelDB', ['--data', folder])),
        ...(await measurePlace('PostgreSQL', ['--database', postgres.url])),
      ]
    } finally {
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
}
