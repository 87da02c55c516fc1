import type { Authority } from '../../../src/core/authority/authority.ts'
import type { DocumentId } from '../../../src/core/ids.ts'
import { fieldsToValues } from '../../../src/core/operation/values.ts'
import { judgedPrefix } from '../../../src/engine/authority/rows.ts'
import { groupPart } from '../../../src/engine/sync/scopes-for.ts'
import { valueOf } from '../../engine/support.ts'
import { readEntry } from '../soundness.ts'
import { type Crew, liveLinks } from './crew.ts'
import { type Phone, authorityOn } from './phone.ts'

/** A device, and who may do what by all that it has. */
interface Witness {
  readonly phone: Phone
  readonly authority: Authority
}
type Facts = ReadonlyMap<string, string>

const shown = (value: unknown): string =>
  JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}n` : part))
const texts = (items: readonly unknown[]): readonly string[] => items.map(shown).toSorted()

export const witnessesOf = async (crew: Crew): Promise<readonly Witness[]> =>
  Promise.all(crew.phones.map(async (phone) => ({ phone, authority: await authorityOn(phone) })))

const standingOf = ({ authority }: Witness, group: DocumentId, { machine }: Phone) =>
  authority.belonging(group, machine.publicKey)

/** What a device says of a group: who is in it, as what, by which places, and who asks. */
function saidBy({ authority }: Witness, group: DocumentId, phones: readonly Phone[]): Facts {
  const { founder, isEnded, levels, members, keepers, adopted } = authority.group(group)
  return new Map([
    ['founder', shown([founder, isEnded])],
    ['levels', shown(texts(levels))],
    ['members', shown([...members].sort())],
    ['keepers', shown([...keepers].sort())],
    ['adopted branches', shown(texts(adopted))],
    ['places', shown(texts(authority.places(group)))],
    ['requests', shown(texts(authority.requests(group)))],
    ['listing', shown(authority.listing(group))],
    ...phones.map(
      ({ name, machine }) => [`standing of ${name}`, authority.belonging(group, machine.publicKey)] as const,
    ),
  ])
}

/** Fingerprint and logs of a part of a group. */
function partOn({ machine: { database } }: Phone, group: DocumentId, part: 0 | 1): Facts {
  const { key } = groupPart(group, part)
  const ids = [...database.members].filter(([, keys]) =>
    keys.some((one) => one.scope === key.scope && one.part === part),
  )
  return new Map([
    [`count of part ${part}`, String(ids.length)],
    ...ids.map(([id]): [string, string] => [
      `document ${id} of part ${part}`,
      shown((database.documents.get(id)?.items ?? []).length),
    ]),
    ...[...database.parts]
      .filter(([name]) => name === `${key.scope}/${part}`)
      .map(([, { state }]): [string, string] => [`fingerprint of part ${part}`, `${state.count} ${state.sum}`]),
  ])
}

/** What things of a group look like, and what of them has no effect. */
function thingsOf({ machine: { database } }: Phone, group: DocumentId): Facts {
  const facts = new Map<string, string>()
  const { key } = groupPart(group, 1)
  for (const [id, keys] of database.members) {
    if (!keys.some(({ scope, part }) => scope === key.scope && part === 1)) continue
    const view = database.views.get(id)
    facts.set(`view of ${id}`, view ? shown([view.viewId, view.isDeleted, fieldsToValues(view.fields)]) : 'none')
  }
  const prefix = judgedPrefix(group)
  for (const [name, row] of database.local)
    if (name.startsWith(prefix)) facts.set(`judgement of ${name.slice(prefix.length)}`, shown(row))
  return facts
}

/** Where others say something else than the first. */
function compared(about: string, said: readonly (readonly [Phone, Facts])[]): readonly string[] {
  const [first, ...others] = said
  if (!first) return []
  const [{ name }, expected] = first
  return others.flatMap(([other, found]) =>
    [...new Set([...expected.keys(), ...found.keys()])].flatMap((fact) =>
      expected.get(fact) === found.get(fact)
        ? []
        : [`${about}, ${fact}: ${expected.get(fact)} on ${name}, ${found.get(fact)} on ${other.name}`],
    ),
  )
}

/** All groups that anybody has heard of, persons too. */
export const groupsAmong = (witnesses: readonly Witness[]): readonly DocumentId[] =>
  [...new Set(witnesses.flatMap(({ authority }) => authority.groups()))].sort()

/**
 * Honest devices that are, or were, in a group: by their own word, or by that of another one who is or was, where they have heard of it. That a stolen
 * device founded or asked in the name of its person the others learn from nobody: who is in that group follows no other of theirs.
 */
export function insidersOf(witnesses: readonly Witness[], group: DocumentId): readonly Witness[] {
  const honest = witnesses.filter(({ phone }) => !phone.isThiefs)
  const inside = new Set(honest.filter((one) => standingOf(one, group, one.phone) !== 'unknown'))
  for (const witness of inside)
    for (const other of honest)
      if (standingOf(witness, group, other.phone) !== 'unknown' && other.authority.groups().includes(group))
        inside.add(other)
  return [...inside]
}
export const membersOf = (witnesses: readonly Witness[], group: DocumentId): readonly Witness[] =>
  insidersOf(witnesses, group).filter((one) => standingOf(one, group, one.phone) === 'member')

/** Where those who are, or were, in a group do not say the same of it, and members do not have the same in it. */
export async function disagreements(crew: Crew): Promise<readonly string[]> {
  const witnesses = await witnessesOf(crew)
  const faults: string[] = []
  for (const group of groupsAmong(witnesses)) {
    const [inside, members] = [insidersOf(witnesses, group), membersOf(witnesses, group)]
    const about = crew.nameOf(group)
    const pair = (facts: (witness: Witness) => Facts) => (one: Witness) => [one.phone, facts(one)] as const
    faults.push(
      ...compared(about, inside.map(pair((one) => saidBy(one, group, crew.phones)))),
      ...compared(about, inside.map(pair(({ phone }) => partOn(phone, group, 0)))),
      ...compared(about, members.map(pair(({ phone }) => partOn(phone, group, 1)))),
      ...compared(about, members.map(pair(({ phone }) => thingsOf(phone, group)))),
    )
    faults.push(...(await unsettled(crew, members, group)))
  }
  for (const { name, machine, isThiefs } of crew.phones)
    if (!isThiefs && machine.database.queue.size > 0) faults.push(`${name} has views to make`)
  return faults
}

/** Members that are connected and do not say that they are the same in both parts. */
async function unsettled(crew: Crew, members: readonly Witness[], group: DocumentId): Promise<readonly string[]> {
  const phones = new Set(members.map(({ phone }) => phone))
  const faults: string[] = []
  for (const phone of phones) {
    const peers = liveLinks(crew).filter(
      ({ phones: both }) => both.includes(phone) && both.every((one) => phones.has(one)),
    )
    const sessions = valueOf(await phone.tab.engine.sessions()).filter(({ state }) => state !== 'ended')
    for (const part of [0, 1] as const) {
      const { name } = groupPart(group, part)
      const own = sessions.filter((one) => one.scope === name && one.part === part)
      const live = own.filter(({ state }) => state === 'live').length
      if (live < peers.length)
        faults.push(
          `${phone.name} has ${live} of ${peers.length} live sessions of part ${part} of ${crew.nameOf(group)}: ${own.map(({ peer, state }) => `${peer} ${state}`).join(', ')}`,
        )
    }
  }
  return faults
}

/** The groups whose things a document is among, on any device. */
function homesAmong({ phones }: Crew): ReadonlyMap<DocumentId, ReadonlySet<string>> {
  const homes = new Map<DocumentId, Set<string>>()
  for (const { machine } of phones)
    for (const [id, keys] of machine.database.members)
      for (const { scope, part } of keys) if (part === 1) homes.set(id, (homes.get(id) ?? new Set<string>()).add(scope))
  return homes
}

/** What of a group's things is on devices that never were in it, though others wrote it. */
export async function leaks(crew: Crew): Promise<readonly string[]> {
  const witnesses = await witnessesOf(crew)
  const homes = homesAmong(crew)
  const groups = groupsAmong(witnesses)
  return witnesses.flatMap(({ phone: { name, machine } }) => {
    const own = groups.filter((group) =>
      witnesses.some(({ authority }) => authority.belonging(group, machine.publicKey) !== 'unknown'),
    )
    const mayHave = new Set<string>(own.map((group) => groupPart(group, 1).name))
    return [...machine.database.documents.keys()].flatMap((id) => {
      const scopes = [...(homes.get(id) ?? [])]
      const { items = [] } = machine.database.documents.get(id) ?? {}
      const isOwn = items.every(({ entry }) => readEntry(entry).publicKey === machine.publicKey)
      return scopes.length === 0 || isOwn || scopes.some((scope) => mayHave.has(scope))
        ? []
        : [`${name} has ${id}, and never was in any group that has it`]
    })
  })
}
