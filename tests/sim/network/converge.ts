import { valueOf } from '../../engine/support.ts'
import { readEntry } from '../soundness.ts'
import { calm } from './actions.ts'
import type { Machine } from './machine.ts'
import { type World, liveLinks } from './world.ts'

/** Virtual time that all have to come to agree, penalties for lines that lied included. */
const limitMs = 10 * 60_000
const stepMs = 1_000

/** From here on nothing goes wrong any more: all run, disks have room, everything is shared. */
export async function calmDown(world: World): Promise<void> {
  world.log('from here on nothing goes wrong')
  for (const { line } of liveLinks(world)) line.cut()
  for (const attacker of world.attackers) attacker.close()
  await world.clock.run(stepMs)
  for (const machine of world.machines) {
    machine.database.isFull = false
    for (const tab of machine.tabs) tab.life.endIn(Infinity, 'after')
    if (machine.tabs.length === 0) machine.openTab()
  }
  await world.clock.run(stepMs)
  for (const { tabs } of world.machines)
    for (const schema of [...world.schemas, ...world.albums]) valueOf(await world.finish(tabs[0]!.engine.share(schema)))
}

/** Who is to be connected with whom: a tree, so that everything has a way, and now and then a way more. */
function neighbours({ chance, machines }: World): readonly (readonly [Machine, Machine])[] {
  const order = chance.shuffle(machines)
  const tree = order.slice(1).map((machine, at) => [machine, order[chance.roll(at + 1)]!] as const)
  return order.length > 2 && chance.chance(2) ? [...tree, [order[0]!, order.at(-1)!]] : tree
}

/** Sessions that do not say that both sides are the same. */
async function unsettled({ name, tabs }: Machine): Promise<readonly string[]> {
  const sessions = valueOf(await tabs[0]!.engine.sessions()).filter(({ state }) => state !== 'ended')
  if (sessions.length === 0) return [`${name} has no session`]
  return sessions
    .filter(({ state }) => state !== 'live')
    .map(({ state, peer, session, mode, timeline }) => {
      const said = timeline.map(({ direction, type }) => `${direction === 'in' ? '<' : '>'}${type}`)
      return `${name}: session ${session} of connection ${peer} is ${state} by ${mode}: ${said.join(' ')}`
    })
}

/** What is missing for all to be, and to know that they are, the same. */
export async function shortfalls(world: World): Promise<readonly string[]> {
  const faults = [...(await Promise.all(world.machines.map(unsettled))).flat(), ...differences(world)]
  return faults.length > 0 ? faults : unclaimed(world)
}

/** Connects all, again where a connection is refused for a while, until everybody says to be the same as everybody else. */
export async function converge(world: World, check: () => Promise<void>): Promise<boolean> {
  const ways = neighbours(world)
  const deadline = world.clock.now() + limitMs
  while (world.clock.now() < deadline) {
    const live = liveLinks(world)
    for (const [from, to] of ways)
      if (!live.some(({ ends }) => ends.every(({ machine }) => machine === from || machine === to)))
        world.connect(from, to, calm(world))
    await world.clock.run(stepMs)
    await check()
    if (world.broken.length > 0) return false
    if (liveLinks(world).length >= ways.length && (await shortfalls(world)).length === 0) return true
  }
  return false
}

/** Heads and views of what is shared, as text by name. A forked log is the same whatever branch is kept, and its document may look different. */
function contentOf({ database }: Machine): ReadonlyMap<string, string> {
  const { parts, members, views, forks, logs, documents } = database
  const content = new Map<string, string>()
  const forked = new Set([...forks.values()].map(({ publicKey, logId }) => `${publicKey}/${logId}`))
  for (const [name, { state, logs: held }] of parts) {
    content.set(`fingerprint of ${name}`, `${state.count} ${state.sum}`)
    for (const [log, { publicKey, logId }] of held)
      content.set(
        `head of ${log}`,
        forked.has(log) ? 'forked' : (logs.get(publicKey)?.heads.get(logId)?.hash ?? 'none'),
      )
  }
  for (const id of members.keys()) {
    const entries = (documents.get(id)?.items ?? []).map(({ entry }) => readEntry(entry))
    if (entries.some(({ publicKey, logId }) => forked.has(`${publicKey}/${logId}`))) continue
    const view = views.get(id)
    content.set(`view of ${id}`, `${view?.viewId} ${view?.isDeleted} ${view?.mark}`)
  }
  content.set('views to make', String(database.queue.size))
  return content
}

/** Where machines are not the same as the first, and what is nowhere though it was promised to be kept. */
function differences({ machines, acknowledged, diary }: World): readonly string[] {
  const [first, ...others] = machines
  const expected = contentOf(first!)
  const faults = others.flatMap((machine) => {
    const found = contentOf(machine)
    return [...new Set([...expected.keys(), ...found.keys()])].flatMap((name) =>
      expected.get(name) === found.get(name)
        ? []
        : [`${name}: ${expected.get(name)} on ${first!.name}, ${found.get(name)} on ${machine.name}`],
    )
  })
  for (const { database, name } of machines) {
    const held = new Set<string>(
      [...database.documents.values()].flatMap(({ items }) => items.map(({ entry }) => readEntry(entry).hash)),
    )
    for (const id of acknowledged) if (!held.has(id)) faults.push(`${id} was stored, and is not on ${name}`)
    for (const id of diary.documentIds)
      if (database.members.has(id)) faults.push(`what is private on ${name} is in a scope`)
  }
  return faults
}

/** Who is connected and the same must know to have everything that the other has. */
async function unclaimed(world: World): Promise<readonly string[]> {
  const faults: string[] = []
  for (const { ends } of liveLinks(world))
    for (const [own, other] of [ends, ends.toReversed()]) {
      const ids = [...own.machine.database.members.keys()]
      const statuses = valueOf(await world.finish(own.tab.engine.documentStatus(ids)))
      for (const status of statuses)
        if (!status.with.some(({ publicKey }) => publicKey === other.machine.publicKey))
          faults.push(`${own.machine.name} does not know that ${other.machine.name} has ${status.documentId}`)
    }
  return faults
}
