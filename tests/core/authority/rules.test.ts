import { describe, expect, test } from 'vitest'
import { roleFlags, roles } from '../../../src/core/authority/entry.ts'
import { answers, history, role } from './history.ts'

function crew() {
  const story = history()
  const { id: g, genesis } = story.group('F')
  return { story, g, genesis }
}

/** Ana, whose words let her phone and her bot in. */
function ana(story = history()) {
  const { id } = story.group('paper')
  return { story, id, phone: story.admit('paper', id, 'phone', 'ACUD'), bot: story.admit('paper', id, 'bot', 'C') }
}

describe('what a group consists of', () => {
  test('[R1] what a stranger writes is taken in, and changes nothing', () => {
    const { story, g, genesis } = crew()
    const before = story.known().group(g)
    story.admit('stranger', g, 'stranger', 'ACUD')
    story.remove('stranger', genesis)
    expect(story.known().group(g)).toEqual(before)
  })

  test('[R2] what names a document that has not come waits for it', () => {
    const { story, g } = crew()
    const b = story.admit('F', g, 'B', 'CU')
    story.remove('F', b)
    const create = story.entries.find(({ id }) => id === b)!
    const { authority, can } = answers(story.entries.filter((entry) => entry !== create))
    expect(can(g, 'B')).toBe('')
    authority.add([create])
    expect(can(g, 'B')).toBe('')
    expect(answers(story.entries.slice(0, -1)).can(g, 'B')).toBe('CU')
  })

  test('[R3] a membership accepts a request of its own group', () => {
    const { story, g } = crew()
    const other = story.group('O')
    story.accept('F', g, story.request('B', other.id), role('CU'))
    expect(story.known().can(g, 'B')).toBe('')
  })

  test('[R4] a request for a person counts where its key was ever allowed to speak for that person, and outlives that', () => {
    const { story, g } = crew()
    const her = ana(story)
    const asked = story.request('phone', g, her.id)
    story.accept('F', g, story.request('bot', g, her.id), role('CU'))
    expect(story.known().has(g, `g:${her.id}`)).toBe(false)
    story.remove('paper', her.phone)
    story.accept('F', g, asked, role('CU'))
    expect(story.known().has(g, `g:${her.id}`)).toBe(true)
    expect(['paper', 'phone'].map((key) => story.known().can(g, key))).toEqual(['CU', ''])
  })

  test('[R5] the founder ends a group, nobody else does', () => {
    const { story, g } = crew()
    story.admit('F', g, 'B', 'ACUD')
    story.end('B', g)
    expect(story.known().isInert(g)).toBe(false)
    story.end('F', g)
    expect(story.known().isInert(g)).toBe(true)
    expect(story.known().can(g, 'F')).toBe('')
  })

  test('[R6] a grant has no beginning: what was written before it counts', () => {
    const { story, g } = crew()
    const early = story.data('B')
    story.admit('B', g, 'Z', 'C')
    story.admit('F', g, 'B', 'ACU')
    expect([story.known().can(g, early), story.known().can(g, 'Z')]).toEqual(['ACU', 'C'])
  })

  test('[R7] who may let in for one schema judges memberships for that schema only', () => {
    const { story, g } = crew()
    story.admit('F', g, 'B', 'ACU', { range: 'wiki' })
    const c = story.admit('F', g, 'C', 'CU')
    const d = story.admit('F', g, 'D', 'CU', { range: 'wiki' })
    story.remove('B', c)
    story.remove('B', d)
    expect(['C', 'D'].map((key) => story.known().can(g, key, 'wiki'))).toEqual(['CU', ''])
  })
})

describe('who stands where', () => {
  test('[R8] a group is founded by the entry in the second log after its own, by nothing else', () => {
    const story = history()
    const g = story.write('F', { kind: 'group', founder: 'key' })
    const asked = story.request('F', g)
    story.accept('F', g, asked, role('ACUD'), '*', { log: 7n })
    expect(story.known().isInert(g)).toBe(true)
    story.accept('F', g, asked, role('ACUD'), '*', { log: 2n })
    expect(story.known().group(g).founder).toBe('k:F')
  })

  test('[R8] a group that names its founder is founded by that one only; a person founds her own with a key', () => {
    const her = ana()
    const named = her.story.write('phone', { kind: 'group', founder: her.id as never })
    her.story.accept('phone', named, her.story.request('phone', named), role('ACUD'))
    const own = her.story.write('phone', { kind: 'group', founder: 'key' })
    her.story.accept('phone', own, her.story.request('phone', own, her.id), role('ACUD'))
    expect([named, own].map((group) => her.story.known().isInert(group))).toEqual([true, true])
  })

  test('[R9] a level is one below the highest of those who let somebody authorise', () => {
    const { story, g } = crew()
    story.admit('F', g, 'B', 'ACUD')
    story.admit('B', g, 'C', 'ACUD')
    story.admit('C', g, 'D', 'CU')
    const levels = (): readonly unknown[] => ['F', 'B', 'C', 'D'].map((key) => story.known().level(g, key))
    expect(levels()).toEqual([0, 1, 2, undefined])
    story.admit('F', g, 'C', 'A')
    expect(levels()).toEqual([0, 1, 1, undefined])
  })

  test('[R9] a senior keeps its level when a junior deletes its membership', () => {
    const { story, g, genesis } = crew()
    story.admit('F', g, 'F', 'ACUD')
    story.admit('F', g, 'B', 'ACUD')
    story.drop('B', genesis)
    expect(story.known().level(g, 'F')).toBe(0)
  })

  test('[R10] who is removed from below is off, and goes on judging those below', () => {
    const { story, g } = crew()
    const b = story.admit('F', g, 'B', 'ACUD')
    story.admit('B', g, 'C', 'ACUD')
    story.remove('C', b)
    story.admit('B', g, 'Z', 'CU')
    expect(['B', 'C', 'Z'].map((key) => story.known().can(g, key))).toEqual(['', 'ACUD', 'CU'])
  })

  test('[R11] a removal takes the force from what was said, but for rows kept by its speaker or from above', () => {
    const { story, g } = crew()
    story.admit('F', g, 'A', 'ACUD')
    const b = story.admit('A', g, 'B', 'ACUD')
    story.admit('B', g, 'Y', 'CU')
    story.admit('B', g, 'E', 'ACUD')
    story.remove('A', b)
    expect(story.known().can(g, 'Y')).toBe('')
    story.keep('E', b, 'B')
    expect(story.known().can(g, 'Y')).toBe('')
    story.keep('F', b, 'B')
    expect(story.known().can(g, 'Y')).toBe('CU')
  })

  test('[R12] among equals all removals of a circle stand, and what else those of the circle said falls', () => {
    const { story, g } = crew()
    const [a, b, c, d] = ['A', 'B', 'C', 'D'].map((key) => story.admit('F', g, key, 'ACUD'))
    story.remove('A', b!)
    story.remove('B', a!)
    story.remove('B', c!)
    story.remove('C', d!)
    expect(['A', 'B', 'C', 'D'].map((key) => story.known().can(g, key))).toEqual(['', '', 'ACUD', ''])
  })

  test('[R13] a removal is taken back by who said it or from above, with all that it had cut', () => {
    const { story, g } = crew()
    story.admit('F', g, 'A', 'ACUD')
    const b = story.admit('F', g, 'B', 'ACUD')
    story.admit('B', g, 'Z', 'CU')
    story.remove('A', b)
    expect(story.known().can(g, 'Z')).toBe('')
    story.update('A', b, { accepted: true })
    expect(['B', 'Z'].map((key) => story.known().can(g, key))).toEqual(['ACUD', 'CU'])
  })

  test('[R14] anybody may leave, and only others let in again', () => {
    const { story, g } = crew()
    const b = story.admit('F', g, 'B', 'CU')
    story.remove('B', b)
    story.update('B', b, { accepted: true })
    expect(story.known().can(g, 'B')).toBe('')
    story.update('F', b, { accepted: true })
    expect(story.known().can(g, 'B')).toBe('CU')
  })
})

describe('what somebody may do', () => {
  test('[R15] a switch raised and lowered at once is off, until somebody of that level raises it knowing both', () => {
    const { story, g } = crew()
    const b = story.admit('F', g, 'B', 'C')
    story.update('F', b, { update: true }, [b])
    const lowered = story.update('F', b, { update: false }, [b])
    expect(story.known().can(g, 'B')).toBe('C')
    story.update('F', b, { update: true }, [lowered])
    expect(story.known().can(g, 'B')).toBe('CU')
  })

  test('[R15] no operation brings a deleted membership back', () => {
    const { story, g } = crew()
    const b = story.admit('F', g, 'B', 'CU')
    story.drop('F', b)
    story.update('F', b, role('CU'))
    expect(story.known().can(g, 'B')).toBe('')
    story.admit('F', g, 'B', 'C')
    expect(story.known().can(g, 'B')).toBe('C')
  })

  test('[R16] a ban beats every other membership, also a later one, in its range', () => {
    const { story, g } = crew()
    const b = story.admit('F', g, 'B', 'CU', { range: 'wiki' })
    story.remove('F', b)
    story.admit('F', g, 'B', 'CUD')
    expect(['wiki', 'post'].map((range) => story.known().can(g, 'B', range))).toEqual(['', 'CUD'])
  })

  test('[R17] nobody gives what it has not', () => {
    const { story, g } = crew()
    story.admit('F', g, 'B', 'AC')
    story.admit('B', g, 'C', 'ACUD')
    story.admit('C', g, 'D', 'ACUD')
    expect(['C', 'D'].map((key) => story.known().can(g, key))).toEqual(['AC', 'AC'])
  })

  test('[R18] along a path of groups each gives at most what the next one has', () => {
    const { story, g } = crew()
    const her = ana(story)
    story.admit('F', g, 'phone', 'CU', { member: her.id })
    expect(['paper', 'phone', 'bot', 'stranger'].map((key) => story.known().can(g, key))).toEqual(['CU', 'CU', 'C', ''])
  })

  test('[R18] each verdict has its reason, and names the statements that took the right', () => {
    const { story, g } = crew()
    const b = story.admit('F', g, 'B', 'CU')
    const c = story.admit('F', g, 'C', 'CU')
    const place = story.data('C')
    const removal = story.remove('F', b)
    const voids = story.void('F', c, 'C', { only: [[place.logId, 1n, 1n]] })
    const { authority } = story.known()
    const why = (publicKey: string, permission: 'update' | 'delete' = 'update', at: object = place) =>
      authority.judge(
        g as never,
        { ...place, logId: 99n as never, ...at, publicKey: publicKey as never },
        permission,
        '*',
      )
    expect(why('C', 'update', { logId: 99n })).toEqual({ isAllowed: true, subject: 'k:C', ground: 'active', by: [] })
    expect(why('C', 'delete', { logId: 99n })).toEqual({
      isAllowed: false,
      subject: 'k:C',
      ground: 'not-given',
      by: [],
    })
    expect(why('C')).toEqual({ isAllowed: false, subject: 'k:C', ground: 'voided', by: [voids] })
    expect(why('B')).toEqual({ isAllowed: false, subject: 'k:B', ground: 'banned', by: [removal] })
    expect(why('stranger')).toEqual({ isAllowed: false, ground: 'stranger', by: [] })
  })

  test('[R18] eight groups lead to a key, nine do not', () => {
    const story = history()
    const groups = [story.group('K0')]
    for (let depth = 1; depth <= 8; depth++) {
      const above = story.group(`K${depth}`)
      story.admit(`K${depth}`, above.id, `K${depth - 1}`, 'CU', { member: groups.at(-1)!.id })
      groups.push(above)
    }
    expect([7, 8].map((depth) => story.known().can(groups[depth]!.id, 'K0'))).toEqual(['CU', ''])
  })

  test('[R23] a reader is a member that may change nothing', () => {
    const { story, g } = crew()
    story.accept('F', g, story.request('B', g), roleFlags('reader'))
    expect(story.known().has(g, 'B')).toBe(true)
    expect(story.known().can(g, 'B')).toBe('')
  })

  test('[R24] the roles are keeper, moderator, member, contributor and reader, each with its permissions', () => {
    const { story, g } = crew()
    const names = ['keeper', 'moderator', 'member', 'contributor', 'reader'] as const
    for (const name of names) story.accept('F', g, story.request(name, g), roleFlags(name))
    expect(names.map((name) => story.known().can(g, name))).toEqual(['ACUD', 'CUD', 'CU', 'C', ''])
    expect(Object.keys(roles)).toEqual(names)
  })
})

describe('forked logs', () => {
  test('[R25] from a fork on nothing counts, on no branch; what only lowers does, on each', () => {
    const { story, g } = crew()
    story.admit('F', g, 'B', 'ACUD')
    const z = story.admit('B', g, 'Z', 'C')
    const first = story.update('B', z, { update: true })
    story.update('B', z, { delete: true }, [z], { log: story.at(first).logId, after: z })
    expect(story.known().can(g, 'Z')).toBe('C')
    story.update('B', z, { create: false }, [z], { log: story.at(first).logId, after: z })
    expect(story.known().can(g, 'Z')).toBe('')
  })

  test('[R26] another key of that level or above adopts a branch, up to the entry it names', () => {
    const { story, g } = crew()
    const b = story.admit('F', g, 'B', 'ACUD')
    const z = story.admit('B', g, 'Z', 'C')
    const first = story.update('B', z, { update: true })
    const { logId } = story.at(z)
    story.update('B', z, { delete: true }, [z], { log: logId, after: z })
    story.update('B', z, { delete: true }, [first], { log: logId, after: first })
    story.keep('F', b, 'B', { only: [[logId, 1n, 2n, first]] })
    expect(story.known().can(g, 'Z')).toBe('CU')
    expect(story.known().group(g).adopted).toEqual([{ publicKey: 'B', logId, tip: first }])
  })
})
