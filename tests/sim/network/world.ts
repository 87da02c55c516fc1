import type { DocumentId, OperationId, SchemaId } from '../../../src/core/ids.ts'
import type { Failure } from '../../../src/engine/failure.ts'
import type { Attached } from '../../../src/engine/sync/api.ts'
import { type Dice, dice } from '../dice.ts'
import { rememberingVerifier } from '../remembering-verifier.ts'
import { valueOf } from '../../engine/support.ts'
import { mortalChannel } from './life.ts'
import { type Line, type LineFaults, openLine } from './line.ts'
import { type Machine, type Tab, newMachine } from './machine.ts'
import { type VirtualClock, virtualClock } from './virtual-clock.ts'

/** A connection between two machines, the first of which dialled. */
export interface Link {
  readonly id: number
  readonly line: Line
  readonly ends: readonly [LinkEnd, LinkEnd]
  readonly since: number
}
interface LinkEnd {
  readonly machine: Machine
  readonly tab: Tab
  readonly attached: Attached
  isOver: boolean
}

/** A network of whole engines in one process. All that is random in it comes from one seed. */
export interface World {
  readonly seed: number
  readonly chance: Dice
  readonly clock: VirtualClock
  readonly machines: readonly Machine[]
  /** What two or more machines share. */
  readonly schemas: SchemaId[]
  /** A collection of pictures. */
  readonly albums: SchemaId[]
  /** A schema of the first machine that it shares with nobody, and what it wrote there. */
  readonly diary: { readonly documentIds: Set<DocumentId> }
  readonly links: Link[]
  /** Connections of those who mean no good, seen from the machines. */
  readonly attackers: Attached[]
  /** What a publish promised to have stored. */
  readonly acknowledged: Set<OperationId>
  /** What happened, a line each. */
  readonly trace: string[]
  /** What must not have happened. */
  readonly broken: string[]
  readonly log: (text: string) => void
  readonly connect: (from: Machine, to: Machine, faults: LineFaults) => Link | undefined
  /** Lets time pass until a promise settles; it has a minute. */
  readonly finish: <T>(promise: Promise<T>) => Promise<T>
}

const shown = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    typeof part === 'bigint' ? `${part}n` : part instanceof Error ? String(part.stack) : part,
  )

/** What may end a connection between honest machines: time, the line, their own disks. */
const fair: ReadonlySet<string> = new Set([
  'channel/cut-off',
  'channel/gone',
  'handshake/cut-off',
  'handshake/timeout',
  'store/full',
  'sync/hello-late',
  'sync/silent',
])
/** And what a flipped bit is taken for, and its consequences. */
const flipped = /^(?:handshake|channel|sync\/backing-off)/

export function aWorld(seed: number): World {
  const chance = dice(seed)
  const clock = virtualClock()
  const startedAt = clock.now()
  const trace: string[] = []
  const broken: string[] = []
  const links: Link[] = []
  const verifier = rememberingVerifier()
  let hadFlips = false
  const log = (text: string): void => void trace.push(`${((clock.now() - startedAt) / 1000).toFixed(3)} ${text}`)

  const died = (machine: Machine, tab: Tab): void => {
    log(`${machine.name} died`)
    for (const { ends, line } of links)
      if (ends.some((end) => end.tab === tab && !end.isOver)) {
        if (chance.chance(2)) line.cut()
        else line.freeze()
      }
  }
  const warned = (machine: Machine, text: string, about: unknown): void => {
    const { code } = ((about as { readonly thrown?: unknown })?.thrown ?? about ?? {}) as { readonly code?: string }
    log(`${machine.name} warns: ${text} ${code ?? shown(about)}`)
    if (code !== 'store/full' && code !== 'channel/gone') broken.push(`${machine.name} warned: ${text} ${shown(about)}`)
  }
  const names = ['ada', 'bo', 'cy', 'dan', 'eve'].slice(0, 2 + chance.roll(4))
  const machines = names.map((name) => newMachine(name, { clock, verifier, log, warned, died }))

  const over = (link: Link, side: 0 | 1, failure: Failure | undefined): void => {
    const end = link.ends[side]
    end.isOver = true
    if (end.tab.life.isOver()) return
    hadFlips ||= link.line.fate() === 'flipped'
    log(`${end.machine.name} lost link ${link.id}: ${failure?.code ?? 'goodbye'}`)
    if (!failure || fair.has(failure.code) || (hadFlips && flipped.test(failure.code))) return
    broken.push(`${end.machine.name} ended link ${link.id} to an honest peer: ${shown(failure)}`)
  }
  let linkCount = 0
  const connect: World['connect'] = (from, to, faults) => {
    const [dialling, answering] = [from.tabs[0], to.tabs[0]]
    if (!dialling || !answering) return undefined
    const line = openLine(clock, chance, faults)
    const far = mortalChannel(answering.life, line.ends[1])
    const near = mortalChannel(dialling.life, line.ends[0])
    const server = answering.engine.attach(far, { role: 'server' }, answering.transportKey)
    const client = dialling.engine.attach(near, { role: 'client', server: to.dialKey }, dialling.transportKey)
    const link: Link = {
      id: linkCount++,
      line,
      since: clock.now(),
      ends: [
        { machine: from, tab: dialling, attached: client, isOver: false },
        { machine: to, tab: answering, attached: server, isOver: false },
      ],
    }
    for (const side of [0, 1] as const)
      void link.ends[side].attached.closed.then((failure) => over(link, side, failure))
    links.push(link)
    log(`link ${link.id} from ${from.name} to ${to.name} ${shown(faults)}`)
    return link
  }

  return {
    seed,
    chance,
    clock,
    machines,
    schemas: [],
    albums: [],
    diary: { documentIds: new Set() },
    links,
    attackers: [],
    acknowledged: new Set(),
    trace,
    broken,
    log,
    connect,
    finish: async (promise) => {
      const state = { isOver: false }
      const done = promise.finally(() => {
        state.isOver = true
      })
      done.catch(() => undefined)
      for (let tries = 0; tries < 6_000 && !state.isOver; tries++) await clock.run(10)
      if (!state.isOver) throw new Error('Something that was asked of an engine did not come to an end within a minute')
      return done
    },
  }
}

/** Nobody is left in between: every link is over on both sides, or stands on both. */
export const liveLinks = (world: World): readonly Link[] =>
  world.links.filter(({ ends }) => ends.every(({ isOver, tab }) => !isOver && !tab.life.isOver()))

/** The first things of a world: collections that the first machine defines, and one of its own. */
export async function begin(world: World): Promise<void> {
  const { chance, machines, schemas, albums, diary } = world
  const [first] = machines
  const { engine } = first!.openTab()
  for (const machine of machines.slice(1)) machine.openTab()
  const define = async (
    name: string,
    fields: Readonly<Record<string, string>> = { title: 'str', note: 'str' },
  ): Promise<SchemaId> => {
    const draft = { name, description: 'Made by a simulation', fields }
    return valueOf(await world.finish(engine.defineSchema(draft, { signal: new AbortController().signal }))).id
  }
  for (let count = 1 + chance.roll(2); count > 0; count--) schemas.push(await define(`thing${count}`))
  albums.push(await define('album', { photo: 'relation(blob_v1)' }))
  for (const { tabs } of machines)
    for (const schema of [...schemas, ...albums])
      if (!chance.chance(4)) valueOf(await world.finish(tabs[0]!.engine.share(schema)))
  const own = await define('diary')
  const secret = await world.finish(
    engine.publish([{ action: 'create', schema: own, fields: { title: 'secret', note: '' } }], {
      signal: new AbortController().signal,
    }),
  )
  for (const { documentId } of valueOf(secret)) diary.documentIds.add(documentId)
  for (const id of own.split('_').slice(1)) diary.documentIds.add(id as DocumentId)
}
