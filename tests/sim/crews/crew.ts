import { type Subject, groupSubject } from '../../../src/core/authority/entry.ts'
import type { DocumentId, SchemaId } from '../../../src/core/ids.ts'
import type { Attached } from '../../../src/engine/sync/api.ts'
import { P2pandaError } from '../../../src/sdk/errors.ts'
import { type Dice, dice } from '../dice.ts'
import { type Line, openLine } from '../network/line.ts'
import { newMachine } from '../network/machine.ts'
import { type VirtualClock, virtualClock } from '../network/virtual-clock.ts'
import { rememberingVerifier } from '../remembering-verifier.ts'
import { type Phone, newPhone } from './phone.ts'

/** A connection between two devices, the first of which dialled. */
export interface Link {
  readonly line: Line
  readonly phones: readonly [Phone, Phone]
  readonly ends: readonly [Attached, Attached]
  isOver: boolean
}

/** How often what is tried came to be: a simulation in which nobody is ever let in would find nothing. */
export interface Tally {
  joins: number
  removals: number
  /** Of the library, with a reason. */
  refusals: number
  thefts: number
}

/** People with their devices, and the groups that they are in. All that is random among them comes from one seed. */
export interface Crew {
  readonly seed: number
  readonly chance: Dice
  readonly clock: VirtualClock
  readonly phones: readonly Phone[]
  /** Groups that all have heard the names of; persons are not among them. */
  readonly groups: DocumentId[]
  readonly links: Link[]
  readonly tally: Tally
  /** What happened, a line each. */
  readonly trace: string[]
  /** What must not have happened. */
  readonly broken: string[]
  readonly log: (text: string) => void
  readonly nameOf: (id: DocumentId | Subject) => string
  readonly named: Map<string, string>
  readonly connect: (from: Phone, to: Phone) => void
  /** Lets time pass until a promise settles; it has a minute. */
  readonly finish: <T>(promise: Promise<T>) => Promise<T>
  /** Asks the library; `undefined` where it refused, which it may only for good reasons. */
  readonly ask: <T>(who: Phone, what: string, promise: Promise<T>) => Promise<T | undefined>
  /** Things belong to whatever group they name. */
  readonly thing: () => SchemaId
}

/** What may end a connection: time, and the line. */
const fair: ReadonlySet<string> = new Set(['channel/cut-off', 'channel/gone', 'handshake/cut-off', 'sync/silent'])
/** Refusals that are right: who may not, what is gone, what one has not heard of. */
const fairRefusal = /^(?:group\/change-refused|document\/(?:deleted|unknown|create-missing)|schema\/unknown)$/

const shown = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    typeof part === 'bigint' ? `${part}n` : part instanceof Error ? String(part.stack) : part,
  )

const names = ['ada', 'bo', 'cy', 'dan', 'eve', 'fin'] as const

export async function aCrew(seed: number): Promise<Crew> {
  const chance = dice(seed)
  const clock = virtualClock()
  const startedAt = clock.now()
  const trace: string[] = []
  const broken: string[] = []
  const links: Link[] = []
  const named = new Map<string, string>()
  const tally: Tally = { joins: 0, removals: 0, refusals: 0, thefts: 0 }
  const log = (text: string): void => void trace.push(`${((clock.now() - startedAt) / 1000).toFixed(3)} ${text}`)
  const finish: Crew['finish'] = async (promise) => {
    const state = { isOver: false }
    const done = promise.finally(() => {
      state.isOver = true
    })
    done.catch(() => undefined)
    for (let tries = 0; tries < 6_000 && !state.isOver; tries++) await clock.run(10)
    if (!state.isOver) throw new Error('Something that was asked of a device did not come to an end within a minute')
    return done
  }
  const world = {
    clock,
    verifier: rememberingVerifier(),
    log,
    warned: ({ name }: { readonly name: string }, text: string, about: unknown): void => {
      log(`${name} warns: ${text} ${shown(about)}`)
      broken.push(`${name} warned: ${text} ${shown(about)}`)
    },
    died: () => undefined,
  }
  const count = 3 + chance.roll(names.length - 2)
  const phones: Phone[] = []
  for (const name of [...names.slice(0, count), 'mal'])
    phones.push(await finish(newPhone(newMachine(name, world), name === 'mal')))
  for (const { subject, name } of phones) named.set(subject, name)

  const connect: Crew['connect'] = (from, to) => {
    const line = openLine(clock, chance, { latencyMs: chance.pick([1, 20, 150]), isCutting: false })
    const server = to.tab.engine.attach(line.ends[1], { role: 'server' }, to.tab.transportKey)
    const role = { role: 'client', server: to.machine.dialKey } as const
    const client = from.tab.engine.attach(line.ends[0], role, from.tab.transportKey)
    const link: Link = { line, phones: [from, to], ends: [client, server], isOver: false }
    links.push(link)
    log(`${from.name} connects with ${to.name}`)
    const watch = async (side: 0 | 1): Promise<void> => {
      const failure = await link.ends[side].closed
      link.isOver = true
      if (failure && !fair.has(failure.code))
        broken.push(`${link.phones[side].name} lost ${link.phones[1 - side]!.name}: ${shown(failure)}`)
    }
    void watch(0)
    void watch(1)
  }
  let thing: SchemaId | undefined
  const crew: Crew = {
    seed,
    chance,
    clock,
    phones,
    groups: [],
    links,
    tally,
    trace,
    broken,
    log,
    named,
    nameOf: (id) => named.get(id) ?? id,
    connect,
    finish,
    ask: async (who, what, promise) => {
      try {
        const answer = await finish(promise)
        log(`${who.name} ${what}`)
        return answer
      } catch (thrown) {
        if (!(thrown instanceof P2pandaError) || !fairRefusal.test(thrown.failure.code)) throw thrown
        tally.refusals++
        log(`${who.name} ${what}: refused, ${shown(thrown.failure)}`)
        return undefined
      }
    },
    thing: () => thing!,
  }
  thing = await begin(crew)
  return crew
}

const giveName = (crew: Crew, group: DocumentId, name: string): void => {
  crew.named.set(group, name)
  crew.named.set(groupSubject(group), name)
}

/** Persons, some of them with two devices, and one or two groups; nobody is connected. */
async function begin(crew: Crew): Promise<SchemaId> {
  const { chance, finish } = crew
  const honest = crew.phones.filter(({ isThiefs }) => !isThiefs)
  for (let at = 0; at < honest.length; at++) {
    const phone = honest[at]!
    if (at > 0 && chance.chance(3)) continue
    phone.person = await finish(phone.node.groups.create(phone.name))
    giveName(crew, phone.person, `${phone.name}'s person`)
    crew.log(`${phone.name} has a person`)
    const other = honest[at + 1]
    if (!other || chance.chance(2)) continue
    at++
    await bring(crew, phone, other)
    const asked = await finish(other.node.groups.ask(phone.person))
    await bring(crew, other, phone)
    const role = chance.pick(['keeper', 'keeper', 'member'] as const)
    await finish(phone.node.groups.accept(asked, { group: phone.person, role }))
    await bring(crew, phone, other)
    other.person = phone.person
    crew.log(`${other.name} is another device of ${phone.name}'s person, as ${role}`)
  }
  const [first] = honest
  const { id } = await finish(
    first!.node.defineSchema('thing', 'A thing', { group: 'owner(key_group_v1)', title: 'str' }),
  )
  for (const name of chance.chance(2) ? ['garden'] : ['garden', 'kitchen']) {
    const founder = name === 'garden' ? first! : chance.pick(honest)
    const { person } = founder
    const speaks = person && (await founder.node.canI('authorise', { group: person })) === undefined
    const group = await finish(founder.node.groups.create(name, speaks && !chance.chance(3) ? { founder: person } : {}))
    giveName(crew, group, name)
    crew.groups.push(group)
    crew.log(`${founder.name} founds the ${name}`)
  }
  await finish(first!.node.create(id, { group: crew.groups[0]!, title: 'first' }))
  return id
}

/** Everything that one device has, as a file that the other takes in. */
export const bring = async ({ finish }: Pick<Crew, 'finish'>, from: Phone, to: Phone): Promise<void> =>
  void (await finish(from.node.export({ all: true }).then((file) => to.node.import(file))))

/** Connections that stand. */
export const liveLinks = ({ links }: Crew): readonly Link[] => links.filter(({ isOver }) => !isOver)
