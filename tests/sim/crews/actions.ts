import { type Role, type Subject, groupSubject, roles } from '../../../src/core/authority/entry.ts'
import type { DocumentId } from '../../../src/core/ids.ts'
import { type Crew, bring, liveLinks } from './crew.ts'
import { type Phone, authorityOn, requestsOn, thingsOn } from './phone.ts'

/** What somebody does, a network, or fate. */
type Action = (crew: Crew) => Promise<void> | void

const allRoles = Object.keys(roles) as readonly Role[]

/** Somebody who goes by what the library offers. */
const honest = ({ chance, phones }: Crew): Phone => chance.pick(phones.filter(({ isThiefs }) => !isThiefs))
/** A group to do something in: mostly one that all know, now and then a person. */
const someGroup = ({ chance, groups }: Crew, { person }: Phone): DocumentId =>
  person && chance.chance(6) ? person : chance.pick(groups)

const isLinked = (crew: Crew, a: Phone, b: Phone): boolean =>
  liveLinks(crew).some(({ phones }) => phones.includes(a) && phones.includes(b))

const meet: Action = (crew) => {
  const [a, b] = crew.chance.shuffle(crew.phones)
  if (!isLinked(crew, a!, b!) && liveLinks(crew).length < crew.phones.length) crew.connect(a!, b!)
}
const part: Action = (crew) => {
  const links = liveLinks(crew)
  if (links.length === 0) return
  const { line, ends, phones } = crew.chance.pick(links)
  crew.log(`${phones.map(({ name }) => name).join(' and ')} lose each other`)
  if (crew.chance.chance(2)) line.cut()
  else crew.chance.pick(ends).close()
}
/** Nobody reaches anybody any more. */
const scatter: Action = (crew) => {
  crew.log('all lose each other')
  for (const { line } of liveLinks(crew)) line.cut()
}

/** Only to who is in every group that is in the file: what somebody gives out of hand nobody can take back. */
const handOver: Action = async (crew) => {
  const [from, to] = crew.chance.shuffle(crew.phones)
  if (from!.isThiefs || to!.isThiefs) return
  const authority = await authorityOn(from!)
  const known = authority.groups().filter((group) => authority.belonging(group, from!.machine.publicKey) !== 'unknown')
  if (known.some((group) => authority.belonging(group, to!.machine.publicKey) !== 'member')) return
  crew.log(`${from!.name} hands ${to!.name} a file with everything`)
  await bring(crew, from!, to!)
}

const writeAs = async (crew: Crew, phone: Phone): Promise<void> => {
  const { chance, ask } = crew
  const group = someGroup(crew, phone)
  const things = thingsOn(phone, crew.thing(), group)
  const title = `t${chance.roll(1_000_000)}`
  const about = `a thing in ${crew.nameOf(group)}`
  if (things.length === 0 || chance.chance(3))
    await ask(phone, `creates ${about}`, phone.node.create(crew.thing(), { group, title }))
  else if (chance.chance(6)) await ask(phone, `deletes ${about}`, phone.node.remove(chance.pick(things)))
  else await ask(phone, `changes ${about}`, phone.node.update(chance.pick(things), { title }))
}
const write: Action = (crew) => writeAs(crew, honest(crew))

/** As a device, as a person, or for another group that the device may speak for: a group in a group. */
const askFor = async (crew: Crew, phone: Phone, group: DocumentId): Promise<void> => {
  const { chance, groups, nameOf } = crew
  const others: DocumentId[] = []
  for (const one of phone.person ? [phone.person, ...groups] : groups)
    if (one !== group && (await phone.node.canI('authorise', { group: one })) === undefined) others.push(one)
  const member = others.length > 0 && !chance.chance(3) ? chance.pick(others) : undefined
  const as = member ? ` for ${nameOf(member)}` : ''
  await crew.ask(phone, `asks in ${nameOf(group)}${as}`, phone.node.groups.ask(group, member ? { member } : {}))
}
const request: Action = (crew) => {
  const phone = honest(crew)
  return askFor(crew, phone, crew.chance.pick(crew.groups))
}

/** @param isCareful whether only requests are answered that this device may answer */
async function admitAs(crew: Crew, phone: Phone, group: DocumentId, isCareful: boolean): Promise<void> {
  const open = requestsOn(phone, group)
  if (open.length === 0) return
  if (isCareful && (await phone.node.canI('authorise', { group })) !== undefined) return
  await accept(crew, phone, group, crew.chance.pick(open))
}
async function accept(crew: Crew, phone: Phone, group: DocumentId, asked: DocumentId): Promise<void> {
  const role = crew.chance.chance(2) ? crew.chance.pick(['keeper', 'member'] as const) : crew.chance.pick(allRoles)
  const what = `lets in ${asked.slice(-6)} to ${crew.nameOf(group)} as ${role}`
  const given = await crew.ask(phone, what, phone.node.groups.accept(asked, { group, role }))
  if (given) crew.tally.joins++
}
const admit: Action = async (crew) => {
  const phone = honest(crew)
  await admitAs(crew, phone, someGroup(crew, phone), !crew.chance.chance(10))
}
/** Two keepers answer the same request apart from each other. */
const admitTwice: Action = async (crew) => {
  const group = crew.chance.pick(crew.groups)
  const [a, b] = crew.chance.shuffle(crew.phones.filter(({ isThiefs }) => !isThiefs))
  const [asked] = requestsOn(a!, group).filter((one) => requestsOn(b!, group).includes(one))
  if (!asked) return
  for (const { line } of liveLinks(crew)) line.cut()
  await accept(crew, a!, group, asked)
  await accept(crew, b!, group, asked)
}

/** Asks a keeper that it meets, and is let in at once: how most come in. */
export const join: Action = async (crew) => {
  const group = crew.chance.pick(crew.groups)
  const keepers: Phone[] = []
  for (const phone of crew.phones)
    if (!phone.isThiefs && (await phone.node.canI('authorise', { group })) === undefined) keepers.push(phone)
  const [guest, keeper] = [honest(crew), keepers.length > 0 ? crew.chance.pick(keepers) : undefined]
  if (!keeper || keeper === guest) return
  await askFor(crew, guest, group)
  if (!isLinked(crew, guest, keeper)) crew.connect(guest, keeper)
  await crew.clock.run(2_000)
  await admitAs(crew, keeper, group, false)
}

async function change(
  crew: Crew,
  phone: Phone,
  group: DocumentId,
  who: Subject,
  role: Role | undefined,
): Promise<void> {
  const what = role ? `makes ${crew.nameOf(who)} ${role} of` : `sends ${crew.nameOf(who)} away from`
  const did = await crew.ask(phone, `${what} ${crew.nameOf(group)}`, phone.node.groups.setRole(group, who, role))
  if (did && !role) crew.tally.removals++
}
async function changeAs(crew: Crew, phone: Phone, role: () => Role | undefined): Promise<void> {
  const group = someGroup(crew, phone)
  const mayTry = phone.isThiefs || crew.chance.chance(4)
  if (!mayTry && (await phone.node.canI('authorise', { group })) !== undefined) return
  const { members } = await crew.finish(phone.node.groups.summary(group))
  const others = [...members, ...crew.phones.map(({ subject }) => subject)].toSorted()
  await change(crew, phone, group, crew.chance.pick(others), role())
}
const setRole: Action = (crew) => changeAs(crew, honest(crew), () => crew.chance.pick(allRoles))
const sendAway: Action = (crew) => changeAs(crew, honest(crew), () => undefined)
const leave: Action = (crew) => {
  const phone = honest(crew)
  const self = phone.person && crew.chance.chance(2) ? groupSubject(phone.person) : phone.subject
  return change(crew, phone, someGroup(crew, phone), self, undefined)
}

/** Somebody takes one of the two devices of a person. */
const steal: Action = (crew) => {
  if (crew.phones.some(({ isThiefs, person }) => isThiefs && person)) return
  const own = crew.phones.filter(
    (one) => one.person && crew.phones.some((other) => other !== one && other.person === one.person),
  )
  if (own.length === 0) return
  const phone = crew.chance.pick(own)
  phone.isThiefs = true
  crew.tally.thefts++
  crew.log(`${phone.name} is stolen`)
}
const stolen = ({ phones }: Crew): Phone | undefined => phones.find(({ isThiefs, person }) => isThiefs && person)

/** The owner takes the stolen device out from another one. */
const takeOut: Action = async (crew) => {
  const thief = stolen(crew)
  const owner = thief && crew.phones.find((one) => one !== thief && one.person === thief.person)
  if (owner) await change(crew, owner, owner.person!, thief.subject, undefined)
}
/** A thief goes on writing, lets friends in, and sends those away who would send it away. */
const robAndRule: Action = async (crew) => {
  const thief = stolen(crew)
  if (!thief) return
  const friend = crew.phones.at(-1)!
  const { chance } = crew
  const group = chance.chance(3) ? thief.person! : chance.pick(crew.groups)
  switch (chance.roll(5)) {
    case 0:
      return writeAs(crew, chance.pick([thief, friend]))
    case 1:
      if (!isLinked(crew, friend, thief)) crew.connect(friend, thief)
      return askFor(crew, friend, group)
    case 2:
      return admitAs(crew, thief, group, false)
    case 3:
      return changeAs(crew, chance.pick([thief, friend]), () => chance.pick(allRoles))
    default: {
      const owner = crew.phones.find((one) => one !== thief && one.person === thief.person)!
      return chance.chance(2)
        ? change(crew, thief, thief.person!, owner.subject, undefined)
        : changeAs(crew, thief, () => undefined)
    }
  }
}

/** How often each happens, among all. */
const kinds: readonly (readonly [number, Action])[] = [
  [8, meet],
  [3, part],
  [1, scatter],
  [2, handOver],
  [8, write],
  [4, request],
  [6, join],
  [8, admit],
  [2, admitTwice],
  [3, setRole],
  [3, sendAway],
  [1, leave],
  [2, steal],
  [2, takeOut],
  [6, robAndRule],
]
const total = kinds.reduce((sum, [weight]) => sum + weight, 0)

/** One thing happens. */
export async function actOnce(crew: Crew): Promise<void> {
  let left = crew.chance.roll(total)
  for (const [weight, action] of kinds) {
    left -= weight
    if (left < 0) return action(crew)
  }
}
