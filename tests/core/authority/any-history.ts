import type { Flags, Place } from '../../../src/core/authority/entry.ts'
import type { SeqNum } from '../../../src/core/ids.ts'
import type { Dice } from '../../sim/dice.ts'
import { type History, type Where, history, role } from './history.ts'

/** What those who write do. */
export interface Wildness {
  /** Logs are forked, and branches adopted. */
  readonly forks: boolean
  /** Groups are founded, and are members of each other. */
  readonly nested: boolean
}

const people = ['F', 'B', 'C', 'D']

/** Writes one random statement of a key after another, whether it may or not. `groups` grows where groups are founded. */
export function scribbler({ roll, chance, pick }: Dice, story: History, groups: string[], wildness: Wildness) {
  const { entries } = story
  const memberships = (): readonly string[] =>
    entries.filter(({ operation }) => operation.kind === 'membership').map(({ id }) => id)

  const range = (): string => (chance(5) ? 'wiki' : '*')
  const grant = (): Flags => ({
    accepted: !chance(15),
    authorise: !chance(4),
    create: !chance(3),
    update: chance(2),
    delete: chance(3),
  })
  const change = (): Flags => {
    const flags: Record<string, boolean> = {}
    for (const flag of ['accepted', 'authorise', 'create', 'update']) if (chance(3)) flags[flag] = chance(2)
    return Object.keys(flags).length > 0 ? flags : { accepted: false }
  }
  /** At the end of its log, or as a second branch of it. */
  const where = (key: string): Where | undefined => {
    const own = entries.filter(({ publicKey }) => publicKey === key)
    if (!wildness.forks || !chance(6) || own.length === 0) return undefined
    const { logId, backlink } = pick(own)
    return { log: logId, after: backlink ?? null }
  }
  const rows = (key: string) => {
    const own = entries.filter(({ publicKey }) => publicKey === key)
    if (own.length === 0 || chance(3)) return { withTips: chance(2) }
    const { logId, seqNum, id } = pick(own)
    const row = [logId, 1n, seqNum] as const
    return { only: [chance(3) ? row : ([...row, id] as const)] }
  }
  /** A membership of somebody: mostly one of the key itself. */
  const membershipOf = (key: string): string => {
    const asked = new Map(entries.map(({ id, publicKey }) => [id as string, publicKey as string]))
    const own = entries.filter(
      ({ operation }) => operation.kind === 'membership' && asked.get(operation.request) === key,
    )
    return own.length > 0 && !chance(5) ? pick(own).id : pick(memberships())
  }

  const letIn = (key: string): void => {
    const group = chance(2) ? groups[0]! : pick(groups)
    const member = wildness.nested && chance(3) ? pick(groups) : undefined
    const requests = entries.filter(({ operation }) => operation.kind === 'request')
    const asked = chance(6) && requests.length > 0 ? pick(requests).id : story.request(pick(people), group, member)
    story.accept(key, group, asked, grant(), range(), where(key))
  }
  const found = (key: string): void => {
    const named = chance(2) ? pick(groups) : undefined
    const founder = named === undefined ? (chance(2) ? 'unsaid' : 'key') : (named as never)
    const id = story.write(key, { kind: 'group', founder })
    story.accept(key, id, story.request(key, id, named ?? (chance(4) ? pick(groups) : undefined)), role('ACUD'))
    groups.push(id)
  }
  const alter = (key: string): void => {
    const membership = pick(memberships())
    const known = entries.filter(
      ({ id, operation }) =>
        id === membership ||
        ('previous' in operation && 'membership' in operation && operation.membership === membership),
    )
    if (chance(8)) story.drop(key, membership, where(key))
    else story.update(key, membership, change(), chance(3) ? [pick(known).id] : undefined, where(key))
  }
  const limit = (key: string): void => {
    const about = chance(5) ? key : pick(people)
    const write = chance(3) ? story.void : story.keep
    write(key, membershipOf(about), about, rows(about), where(key))
  }
  /** The key signs a second entry for one place, and keeps a branch of somebody's. */
  const fork = (key: string): void => {
    const own = entries.filter(({ publicKey }) => publicKey === key)
    if (own.length > 0 && !chance(3)) {
      const { logId, backlink } = pick(own)
      story.update(key, pick(memberships()), change(), undefined, { log: logId, after: backlink ?? null })
    }
    const { publicKey, logId, seqNum, id } = pick(entries)
    story.keep(key, membershipOf(publicKey), publicKey, { only: [[logId, 1n, seqNum, id]] })
  }

  return (key: string): void => {
    const what = roll(wildness.forks ? 15 : 12)
    if (what < 5) letIn(key)
    else if (what < 6 && wildness.nested) found(key)
    else if (what < 9) alter(key)
    else if (what < 12) limit(key)
    else fork(key)
  }
}

/** A group of F and so many statements of four keys after it. The same for the same dice. */
export function anyHistory(chance: Dice, { steps, ...wildness }: Wildness & { readonly steps: number }) {
  const story = history()
  const groups = [story.group('F').id]
  const scribble = scribbler(chance, story, groups, wildness)
  // Those let in early are the likeliest to speak, else most of what is said is of strangers.
  const speaker = (): string => people[Math.min(chance.roll(people.length), chance.roll(people.length))]!
  for (let step = 0; step < steps; step++) scribble(speaker())
  return { story, groups, forks: wildness.forks && chance.chance(3) ? [farFork(chance, story)] : [] }
}

/** A fork that others have seen. */
const farFork = ({ roll, pick }: Dice, { entries }: History): Place => {
  const { publicKey, logId, seqNum } = pick(entries)
  return { publicKey, logId, seqNum: (BigInt(seqNum) + BigInt(roll(2))) as SeqNum }
}
