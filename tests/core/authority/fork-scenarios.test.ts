import { describe, expect, test } from 'vitest'
import { type History, history, role } from './history.ts'

/** F's group, in which admin B let Z in; C is another admin. */
function forkable() {
  const story = history()
  const { id: g } = story.group('F')
  const b = story.admit('F', g, 'B', 'ACUD')
  const c = story.admit('F', g, 'C', 'ACUD')
  const asked = story.request('Z', g)
  const z = story.accept('B', g, asked, role('CU'))
  const { logId } = story.at(z)
  /** B signs something else for the same place. */
  const fork = (): string => story.accept('B', g, story.request('Y', g), role('CU'), '*', { log: logId, after: null })
  /** A row that names a branch. */
  const branch = (tip: string) => ({ only: [[logId, 1n, 1n, tip]] as const })
  return { story, g, b, c, z, asked, fork, branch }
}

/** Ana after she renewed her words: `old` is out, `new` and her phone are in; her laptop was stolen and removed before. */
function renewed() {
  const story = history()
  const { id, genesis } = story.group('old')
  const phone = story.admit('old', id, 'phone', 'ACUD')
  const laptop = story.admit('old', id, 'laptop', 'ACUD')
  const unused = 50n
  const stolen = story.remove('old', laptop)
  const asked = story.request('new', id)
  const admission = story.accept('old', id, asked, role('ACUD'), '*', { log: 60n })
  const request = story.entries.find(
    ({ publicKey, operation }) => publicKey === 'phone' && operation.kind === 'request',
  )
  story.accept('new', id, request!.id, role('ACUD'))
  story.drop('old', phone)
  const rows = story.keep('old', genesis, 'old', { withTips: true })
  const lowering = story.remove('old', genesis)
  const look = (): readonly string[] => ['old', 'laptop', 'new', 'phone'].map((key) => story.known().can(id, key))
  return { story, id, genesis, laptop, unused, stolen, admission, rows, lowering, look }
}
const unharmed = ['', '', 'ACUD', 'ACUD']

/** Ana, and a group that her phone founded for her. Its genesis is in log 2 after that of its CREATE. */
function founded(story: History = history()) {
  const her = story.group('paper')
  const phone = story.admit('paper', her.id, 'phone', 'ACUD')
  story.admit('paper', her.id, 'laptop', 'ACUD')
  const g = story.group('phone', her.id)
  const genesis = story.at(g.genesis)
  const steal = (withTips: boolean): void => {
    story.keep('paper', phone, 'phone', { withTips })
    story.remove('paper', phone)
  }
  /** The thief signs another genesis: for the group given, by the same request or one of its own. */
  const fork = (request: string): string =>
    story.accept('phone', g.id, request, role('ACUD'), '*', { log: genesis.logId, after: null })
  const asked = story.entries.find(({ operation }) => operation.kind === 'request' && operation.group === g.id)!.id
  const adopt = (by: string, membership: string): string =>
    story.keep(by, membership, 'phone', { only: [[genesis.logId, 1n, 1n, g.genesis]] })
  return { story, her, phone, g, genesis, steal, fork, asked, adopt }
}

const scenarios: Readonly<Record<string, () => void>> = {
  'S42 B forks the entry that let Z in; S43 F adopts the first branch': () => {
    const { story, g, b, z, fork, branch } = forkable()
    fork()
    expect(['B', 'Z', 'Y'].map((key) => story.known().can(g, key))).toEqual(['ACUD', '', ''])
    story.keep('F', b, 'B', branch(z))
    const known = story.known()
    expect(['Z', 'Y'].map((key) => known.can(g, key))).toEqual(['CU', ''])
    expect(known.group(g).adopted.map(({ tip }) => tip)).toEqual([z])
  },
  'S44 B itself keeps a branch': () => {
    const { story, g, b, z, fork, branch } = forkable()
    fork()
    story.keep('B', b, 'B', branch(z))
    expect(story.known().can(g, 'Z')).toBe('')
  },
  'S45 C adopts one branch, F the other': () => {
    const { story, g, b, z, fork, branch } = forkable()
    story.keep('C', b, 'B', branch(fork()))
    story.keep('F', b, 'B', branch(z))
    expect(['Z', 'Y'].map((key) => story.known().can(g, key))).toEqual(['CU', ''])
  },
  'S46 a fork becomes known, then an earlier one, then the later one again': () => {
    const { story, g, z } = forkable()
    story.update('B', z, { update: false })
    story.update('B', z, { update: true, delete: true })
    const fork = (seqNum: bigint) => ({ ...story.at(z), seqNum: seqNum as never })
    const look = (...forks: readonly bigint[]): string => story.known(forks.map(fork)).can(g, 'Z')
    expect([look(), look(4n), look(3n), look(3n, 1n), look(1n, 3n)]).toEqual(['CUD', 'CUD', 'C', '', ''])
  },
  'S47 the finder of old words forks the entry in which they lowered themselves': () => {
    const { story, genesis, lowering, look } = renewed()
    story.update('old', genesis, { accepted: true }, [genesis], { log: story.at(lowering).logId, after: genesis })
    expect(look()).toEqual(unharmed)
  },
  'S47b the finder forks the rows that the old words kept': () => {
    const { story, genesis, rows, look } = renewed()
    story.keep('old', genesis, 'old', {}, { log: story.at(rows).logId, after: null })
    expect(look().slice(0, 2)).toEqual(['', ''])
  },
  'S47c the finder writes on, and keeps that': () => {
    const { story, id, genesis, look } = renewed()
    story.admit('old', id, 'Z', 'ACUD')
    story.keep('old', genesis, 'old', { withTips: true })
    expect(look()).toEqual(unharmed)
    expect(story.known().can(id, 'Z')).toBe('')
  },
  'S47d the finder voids the lowering by rows about itself': () => {
    const { story, genesis, lowering, look } = renewed()
    const { logId, seqNum } = story.at(lowering)
    story.void('old', genesis, 'old', { only: [[logId, seqNum, seqNum]] })
    expect(look()).toEqual(unharmed)
  },
  'S47e the finder forks the removal of the stolen laptop': () => {
    const { story, laptop, stolen, look } = renewed()
    story.update('old', laptop, { accepted: true }, [laptop], { log: story.at(stolen).logId, after: laptop })
    expect(look()).toEqual(unharmed)
  },
  'S47f the finder puts rows into a lower log that was not used': () => {
    const { story, id, genesis, unused, look } = renewed()
    story.admit('old', id, 'Z', 'ACUD')
    story.keep('old', genesis, 'old', {}, { log: unused })
    expect(look().slice(0, 2)).toEqual(['', ''])
  },
  'S48 the device that founded a group is stolen, and removed with rows': () => {
    const { story, g, steal } = founded()
    steal(false)
    expect(['laptop', 'phone'].map((key) => story.known().can(g.id, key))).toEqual(['ACUD', ''])
  },
  'S48b it accepts itself a second time; S48c it writes what looks like a genesis elsewhere': () => {
    const { story, g, steal } = founded()
    steal(false)
    story.accept('phone', g.id, story.request('phone', g.id), role('ACUD'))
    story.accept('phone', g.id, story.request('phone', g.id), role('ACUD'), '*', { log: 90n })
    expect(['laptop', 'phone'].map((key) => story.known().can(g.id, key))).toEqual(['ACUD', ''])
  },
  'S48d a community founds a group': () => {
    const { story, g } = founded()
    story.admit('laptop', g.id, 'K', 'ACUD')
    const child = story.group('K', g.id)
    expect(['K', 'laptop'].map((key) => story.known().can(child.id, key))).toEqual(['ACUD', 'ACUD'])
  },
  'S49 a thief forks the genesis; it is adopted in the own group of the person': () => {
    const { story, phone, g, steal, fork, asked, adopt } = founded()
    steal(false)
    fork(asked)
    expect(story.known().isInert(g.id)).toBe(true)
    adopt('paper', phone)
    expect(['laptop', 'phone'].map((key) => story.known().can(g.id, key))).toEqual(['ACUD', ''])
  },
  'S49a2 the rows kept with the removal adopt it': () => {
    const { story, g, steal, fork, asked } = founded()
    steal(true)
    fork(asked)
    expect(['laptop', 'phone'].map((key) => story.known().can(g.id, key))).toEqual(['ACUD', ''])
  },
  'S49b the own group of the thief adopts a genesis that names it': () => {
    const { story, g, steal, fork } = founded()
    const theirs = story.group('thief')
    const inTheirs = story.admit('thief', theirs.id, 'phone', 'ACUD')
    steal(false)
    const { logId } = story.at(
      story.entries.find(({ operation }) => operation.kind === 'request' && operation.group === g.id)!.id,
    )
    const asks = story.write(
      'phone',
      { kind: 'request', group: g.id as never, member: theirs.id as never },
      { log: logId, after: null },
    )
    const tip = fork(asks)
    story.keep('thief', inTheirs, 'phone', { only: [[story.at(tip).logId, 1n, 1n, tip]] })
    expect(story.known().isInert(g.id)).toBe(true)
  },
  'S49c the keeper of some other group adopts': () => {
    const { story, g, steal, fork, asked, adopt } = founded()
    const other = story.group('O')
    const there = story.admit('O', other.id, 'phone', 'CU')
    steal(false)
    fork(asked)
    adopt('O', there)
    expect(story.known().isInert(g.id)).toBe(true)
  },
  'S50 a device is removed from its person without its logs; S50b a person who was let in': () => {
    const { story, phone, g, her } = founded()
    const other = story.group('O')
    story.accept('O', other.id, story.request('phone', other.id, her.id), role('CU'))
    story.remove('paper', phone)
    expect([story.known().can(g.id, 'laptop'), story.known().can(other.id, 'laptop')]).toEqual(['ACUD', 'CU'])
  },
  'S51 the device that had linked the device which asked is removed without rows': () => {
    const { story, phone, her } = founded()
    story.admit('phone', her.id, 'tablet', 'ACUD')
    const other = story.group('O')
    story.accept('O', other.id, story.request('tablet', other.id, her.id), role('CU'))
    story.remove('paper', phone)
    expect(['laptop', 'tablet'].map((key) => story.known().can(other.id, key))).toEqual(['CU', ''])
  },
  'S52 a thief forks the requests of the device; S52b the CREATE of the group': () => {
    const { story, g, asked, steal } = founded()
    steal(false)
    const { logId } = story.at(asked)
    story.write('phone', { kind: 'request', group: g.id as never }, { log: logId, after: null })
    expect(story.known().can(g.id, 'laptop')).toBe('ACUD')
    story.write('phone', { kind: 'group', founder: 'key' }, { log: story.at(g.id).logId, after: null })
    expect(story.known().can(g.id, 'laptop')).toBe('ACUD')
  },
  'S53 an admin forks the CREATE of a membership that the founder banned': () => {
    const { story, g, z, fork } = forkable()
    story.remove('F', z)
    fork()
    story.admit('C', g, 'Z', 'CU')
    expect(story.known().can(g, 'Z')).toBe('')
  },
  'S54 an admin forks its own removal of somebody': () => {
    const { story, g, z } = forkable()
    const removal = story.remove('B', z)
    story.update('B', z, { accepted: true }, [z], { log: story.at(removal).logId, after: z })
    expect(story.known().can(g, 'Z')).toBe('')
  },
  'S55 a stranger raises on a document with an older lowering': () => {
    const { story, g, b, z } = forkable()
    const lowered = story.update('F', b, { delete: false })
    const before = story.known().can(g, 'Z')
    story.update('stranger', b, { accepted: true, authorise: true, delete: true }, [lowered])
    expect([before, story.known().can(g, 'Z'), story.known().can(g, 'B')]).toEqual(['CU', 'CU', 'ACU'])
    expect(z).toBeDefined()
  },
  'S56 a later entry stands on one that a fork drops': () => {
    const { story, g, z } = forkable()
    const removal = story.remove('F', z)
    const dropped = story.update('C', z, { create: true }, [removal])
    story.update('C', z, { create: false }, [removal], { log: story.at(dropped).logId, after: null })
    story.update('F', z, { accepted: true }, [dropped])
    expect(story.known().can(g, 'Z')).toBe('U')
  },
  'S57 the finder raises, or keeps rows for, what the old words had removed': () => {
    const { story, laptop, look } = renewed()
    story.update('old', laptop, { accepted: true, authorise: true })
    story.keep('old', laptop, 'laptop')
    expect(look()).toEqual(unharmed)
  },
  'S58 the finder forks the admission of the new words': () => {
    const { story, id, admission, look } = renewed()
    story.accept('old', id, story.request('Z', id), role('ACUD'), '*', { log: story.at(admission).logId, after: null })
    expect(look()).toEqual(unharmed)
    expect(story.known().can(id, 'Z')).toBe('')
  },
  'S59 equals adopt different branches, then a higher level speaks': () => {
    const { story, g, b, z, fork, branch } = forkable()
    story.admit('F', g, 'D', 'ACUD')
    const other = fork()
    story.keep('C', b, 'B', branch(z))
    story.keep('D', b, 'B', branch(other))
    expect(['Z', 'Y'].map((key) => story.known().can(g, key))).toEqual(['', ''])
    story.keep('F', b, 'B', branch(other))
    expect(['Z', 'Y'].map((key) => story.known().can(g, key))).toEqual(['', 'CU'])
  },
  'S60 a removed admin forks the kept admission of an adopter': () => {
    const { story, g, b, z, fork, branch } = forkable()
    const d = story.admit('C', g, 'D', 'ACUD')
    const e = story.admit('D', g, 'E', 'CU')
    fork()
    story.keep('D', b, 'B', branch(z))
    const inC = story.entries.find(
      ({ operation }) =>
        operation.kind === 'membership' &&
        operation.request ===
          story.entries.find((one) => one.publicKey === 'C' && one.operation.kind === 'request')!.id,
    )!.id
    story.keep('F', inC, 'C', { withTips: true })
    story.remove('F', inC)
    const before = [story.known().can(g, 'D'), story.known().can(g, 'E')]
    story.accept('C', g, story.request('X', g), role('ACUD'), '*', { log: story.at(d).logId, after: null })
    expect([story.known().can(g, 'D'), story.known().can(g, 'E')]).toEqual(before)
    expect(e).toBeDefined()
  },
  'S61 a lower level adopts for a higher one; S62 by a row in the membership of somebody below it': () => {
    const { story, g, b, z, fork, branch } = forkable()
    story.admit('C', g, 'D', 'ACUD')
    const below = story.admit('D', g, 'E', 'CU')
    fork()
    story.keep('D', b, 'B', branch(z))
    expect(story.known().can(g, 'Z')).toBe('')
    story.keep('D', below, 'B', branch(z))
    expect(story.known().can(g, 'Z')).toBe('')
  },
}

describe('the scenarios of identity.md §3.4', () => {
  test.each(Object.entries(scenarios))('%s', (_name, run) => {
    expect.hasAssertions()
    run()
  })
})
