import type { DocumentId, SchemaId } from '../../../src/core/ids.ts'
import type { Result } from '../../../src/core/result.ts'
import type { Draft, Published } from '../../../src/engine/api.ts'
import type { Failure } from '../../../src/engine/failure.ts'
import { from as streamOf } from '../../engine/support.ts'
import { attack } from './hostile.ts'
import { type LineFaults, someFaults } from './line.ts'
import type { Machine, Tab } from './machine.ts'
import { type World, liveLinks } from './world.ts'

/** What a person, a network or fate does. Nothing waits for it to be over. */
type Action = (world: World) => void

const signal = (): AbortSignal => new AbortController().signal

const aTab = ({ chance, machines }: World): readonly [Machine, Tab] | undefined => {
  const open = machines.flatMap((machine) => machine.tabs.map((tab) => [machine, tab] as const))
  return open.length > 0 ? chance.pick(open) : undefined
}
const aPair = ({ chance, machines }: World): readonly [Machine, Machine] => {
  const [a, b] = chance.shuffle(machines)
  return [a!, b!]
}

/** Things of a schema that a machine can see. */
const thingsOn = ({ database }: Machine, schema: SchemaId): readonly DocumentId[] =>
  [...database.views.values()]
    .filter(({ schemaId, isDeleted }) => schemaId === schema && !isDeleted)
    .map(({ documentId }) => documentId)
    .sort()

/** Refusals that are right: the disk is full, or somebody else was faster. */
const fairRefusal = /^(?:store\/full|document\/(?:deleted|unknown)|publish\/outrun|schema\/unknown)$/

/** Asks an engine for something, and sees to it that the answer is one that may be. */
function ask<T>(
  world: World,
  { life }: Tab,
  what: string,
  answer: Promise<Result<T, Failure>>,
): Promise<T | undefined> {
  return answer.then(
    (result) => {
      if (life.isOver()) return undefined
      if (result.ok) return result.value
      world.log(`${what} was refused: ${result.error.code}`)
      if (!fairRefusal.test(result.error.code)) world.broken.push(`${what} was refused: ${result.error.code}`)
      return undefined
    },
    (thrown: unknown) => {
      world.broken.push(`${what} threw ${String(thrown)}`)
      return undefined
    },
  )
}

function draftOn(world: World, machine: Machine): Draft {
  const { chance, schemas } = world
  const schema = chance.pick(schemas)
  const things = thingsOn(machine, schema)
  const fields = { title: `t${chance.roll(1_000_000)}`, note: 'n'.repeat(chance.roll(60)) }
  if (things.length === 0 || chance.chance(3)) return { action: 'create', schema, fields }
  const document = chance.pick(things)
  return chance.chance(8)
    ? { action: 'delete', document }
    : { action: 'update', document, fields: { title: fields.title } }
}

const isSameTarget = (a: Draft, b: Draft): boolean =>
  a.action !== 'create' && b.action !== 'create' && a.document === b.document

const write: Action = (world) => {
  const place = aTab(world)
  if (!place) return
  const [machine, tab] = place
  const drafts = Array.from({ length: 1 + world.chance.roll(3) }, () => draftOn(world, machine))
  // A document only once in a batch, since a deletion ends it.
  const once = drafts.filter((draft, at) => !drafts.slice(0, at).some((other) => isSameTarget(draft, other)))
  const what = `${machine.name} writing ${once.map(({ action }) => action).join(', ')}`
  world.log(what)
  const keep = (stored: readonly Published[] | undefined): void => {
    for (const { operationId } of stored ?? []) world.acknowledged.add(operationId)
  }
  void ask(world, tab, what, tab.engine.publish(once, { signal: signal() })).then(keep)
}

/** A file, large enough not to be pushed, and the thing that relates to it. */
async function storePicture(world: World, tab: Tab, what: string, bytes: Uint8Array): Promise<void> {
  const about = { mimeType: 'image/png', length: bytes.length }
  const photo = await ask(world, tab, what, tab.engine.putBlob(streamOf([bytes]), about, { signal: signal() }))
  if (!photo || tab.life.isOver()) return
  const draft = { action: 'create', schema: world.albums[0]!, fields: { photo } } as const
  const stored = await ask(world, tab, what, tab.engine.publish([draft], { signal: signal() }))
  for (const { operationId } of stored ?? []) world.acknowledged.add(operationId)
}
const addPicture: Action = (world) => {
  const place = aTab(world)
  if (!place) return
  const [machine, tab] = place
  const bytes = Uint8Array.from({ length: 1_500 + world.chance.roll(3_000) }, () => world.chance.roll(256))
  const what = `${machine.name} adding a picture`
  world.log(what)
  void storePicture(world, tab, what, bytes)
}

const share: Action = (world) => {
  const place = aTab(world)
  if (!place) return
  const [machine, tab] = place
  const schema = world.chance.pick(world.schemas)
  world.log(`${machine.name} shares`)
  void ask(world, tab, `${machine.name} sharing`, tab.engine.share(schema))
}
const unshare: Action = (world) => {
  const place = aTab(world)
  if (!place) return
  const [machine, tab] = place
  world.log(`${machine.name} stops sharing`)
  void ask(world, tab, `${machine.name} stopping to share`, tab.engine.unshare(world.chance.pick(world.schemas)))
}

const meet: Action = (world) => {
  const [from, to] = aPair(world)
  if (liveLinks(world).length < 2 * world.machines.length) world.connect(from, to, someFaults(world.chance))
}
const loseLine: Action = (world) => {
  const links = liveLinks(world)
  if (links.length === 0) return
  const { id, line } = world.chance.pick(links)
  const isSeen = world.chance.chance(2)
  world.log(`link ${id} ${isSeen ? 'breaks' : 'falls silent'}`)
  if (isSeen) line.cut()
  else line.freeze()
}
const sayGoodbye: Action = (world) => {
  const links = liveLinks(world)
  if (links.length > 0) world.chance.pick(world.chance.pick(links).ends).attached.close()
}

const crash: Action = (world) => {
  const place = aTab(world)
  if (!place) return
  const [machine, tab] = place
  const calls = world.chance.roll(60)
  const when = world.chance.chance(2) ? 'before' : 'after'
  world.log(`${machine.name} will die ${when} call ${calls} from now`)
  tab.life.endIn(calls, when)
}
const start: Action = (world) => {
  const off = world.machines.filter(({ tabs }) => tabs.length === 0)
  if (off.length === 0) return
  const machine = world.chance.pick(off)
  world.log(`${machine.name} starts again`)
  machine.openTab()
}
const openTab: Action = (world) => {
  const machine = world.chance.pick(world.machines)
  if (machine.tabs.length > 1) return
  world.log(`${machine.name} opens a tab`)
  machine.openTab()
}
const closeTab: Action = (world) => {
  const place = aTab(world)
  if (!place || place[0].tabs.length < 2) return
  const [machine, tab] = place
  world.log(`${machine.name} closes a tab`)
  machine.tabs.splice(machine.tabs.indexOf(tab), 1)
  void tab.engine.close()
}

const diskFull: Action = (world) => {
  const { database, name } = world.chance.pick(world.machines)
  database.isFull = !database.isFull
  world.log(`${name}'s disk ${database.isFull ? 'is full' : 'has room again'}`)
}
const setClock: Action = (world) => {
  const machine = world.chance.pick(world.machines)
  machine.skewMs = (world.chance.roll(4_000) - 2_000) * world.chance.pick([1, 60, 3_600])
  world.log(`${machine.name}'s clock is ${machine.skewMs} ms off`)
}

/** How often each happens, among all. */
const kinds: readonly (readonly [number, Action])[] = [
  [16, write],
  [2, addPicture],
  [6, meet],
  [2, share],
  [1, unshare],
  [2, loseLine],
  [2, sayGoodbye],
  [3, crash],
  [3, start],
  [1, openTab],
  [1, closeTab],
  [1, diskFull],
  [1, setClock],
  [4, attack],
]
const total = kinds.reduce((sum, [weight]) => sum + weight, 0)

/** One thing happens. */
export function actOnce(world: World): void {
  let left = world.chance.roll(total)
  for (const [weight, action] of kinds) {
    left -= weight
    if (left < 0) return action(world)
  }
}

/** Faults for the end: none, but for the time that things take. */
export const calm = (world: World): LineFaults => ({ latencyMs: world.chance.pick([1, 20, 150]), isCutting: false })
