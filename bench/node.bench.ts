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

/** Devices that sync with one node at once. */
interface Crowd {
  readonly clients: number
  /** Written by each before it dials. */
  readonly entriesEach: number
  /** Devices that share a collection: each brings its entries and fetches those of the others. */
  readonly together: number
}

/** In pairs, so that the node is what is measured: were it all to all, the fifty would judge 49,000 entries each, on the same two cores. */
const inPairs: Crowd = { clients: 50, entriesEach: 1_000, together: 2 }
/** Fewer, where each entry goes to all others. */
const allToAll: Crowd = { clients: 10, entriesEach: 200, together: 10 }
const mostMinutes = 3
const mostMemory = 400

interface Group {
  readonly schema: SchemaId
  readonly parties: readonly Party[]
}

/** Devices that share a collection and have written to it, apart from each other. @param number of the group in the crowd */
async function aGroup(number: number, { together, entriesEach }: Crowd): Promise<Group> {
  const parties: Party[] = []
  for (let at = 0; at < together; at += 1)
    parties.push(aParty(`${number}/${at}`, number * together + at + 1, webClock, await makeKeys()))
  const [first, ...others] = parties
  const fields = { title: 'str', amount: 'int', done: 'bool', note: 'str', price: 'float' }
  const draft = { name: `list_${number}`, description: 'Bench', fields }
  const { id } = valueOf(await first!.engine.api.defineSchema(draft, call))
  const chunks: Uint8Array[] = []
  for await (const chunk of valueOf(await first!.engine.api.exportBundle({ all: true }, call))) chunks.push(chunk)
  for (const { engine } of others) valueOf(await engine.api.importBundle(stream(chunks), call))
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

/** Whether a device has what all of its group wrote, and knows that the node has the same. */
async function isDone({ engine: { api } }: Party, { together, entriesEach }: Crowd): Promise<boolean> {
  const [scope] = valueOf(await api.shared())
  const isSame = scope?.peers.some(({ state }) => state === 'live') === true
  // The definition and its five fields are in logs of their own.
  return isSame && scope.logs >= together * entriesEach + 6
}

async function measureCrowd(name: string, place: readonly string[], crowd: Crowd): Promise<readonly AppRow[]> {
  const { clients, entriesEach, together } = crowd
  const groups: Group[] = []
  for (let number = 0; number < clients / together; number += 1) groups.push(await aGroup(number, crowd))
  const node = await startNode(...place, '--proxy', ...groups.flatMap(({ schema }) => ['--follow', schema]))
  const parties = groups.flatMap((group) => group.parties)
  const began = performance.now()
  const hangUp = await Promise.all(parties.map((party, number) => connect(party, number, node)))
  const left = new Set(parties)
  while (left.size > 0) {
    for (const party of left) if (await isDone(party, crowd)) left.delete(party)
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
  const who = `${name}: ${clients} clients × ${entriesEach}, ${together === clients ? 'all to all' : 'in pairs'}`
  return [
    { name: `${who}, all have all`, value: speed, unit: 'entries/s', all: [speed] },
    {
      name: `${who}, most memory of the node`,
      value: memory,
      unit: 'MB',
      all: [memory],
      toReach: `≤ ${mostMemory} MB`,
      isReached: memory <= mostMemory,
    },
  ]
}

/** Both crowds, each at a node with a new database of its own. */
async function measurePlaces(): Promise<readonly AppRow[]> {
  const rows: AppRow[] = []
  for (const crowd of [inPairs, allToAll]) {
    const folder = await mkdtemp(join(tmpdir(), 'takibi-bench-node-'))
    const postgres = await startPostgres()
    try {
      rows.push(...(await measureCrowd('LevelDB', ['--data', folder], crowd)))
      rows.push(...(await measureCrowd('PostgreSQL', ['--database', postgres.url], crowd)))
    } finally {
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    }
  }
  return rows
}

const { clients, entriesEach } = inPairs

export const subject: Subject = {
  name: 'node',
  about: `${clients} devices with ${entriesEach} entries of their own each, of which two at a time share a collection, sync with one node at once over loopback, until all have all of theirs and know that the node has the same: it takes ${clients * entriesEach} entries in and passes each on once. And ${allToAll.clients} devices with ${allToAll.entriesEach} each that all share one collection, where each entry is passed on ${allToAll.clients - 1} times. Entries that were written, over the time. The devices run in one process beside the node.`,
  where: ['node'],
  items: clients * entriesEach,
  rounds: 1,
  prepare: async (): Promise<readonly Case[]> => [],
  figures: async (): Promise<readonly AppRow[]> => {
    await installFastBlake3()
    return measurePlaces()
  },
}
