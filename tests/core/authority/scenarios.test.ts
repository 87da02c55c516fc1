import { describe, expect, test } from 'vitest'
import { type History, answers, history, role } from './history.ts'

type Answers = ReturnType<typeof answers>

/** A group founded by F. */
function crew() {
  const story = history()
  const { id: g, genesis } = story.group('F')
  return { ...story, story, g, genesis }
}

/** F's group with B and C, both let in by F. */
function pair(flagsB: string, flagsC = flagsB) {
  const all = crew()
  return { ...all, b: all.admit('F', all.g, 'B', flagsB), c: all.admit('F', all.g, 'C', flagsC) }
}

/** Ana: words that founded her, a phone they let in, a laptop the phone let in. */
function ana(story: History = history()) {
  const { id, genesis } = story.group('paper')
  const phone = story.admit('paper', id, 'phone', 'ACUD')
  const laptop = story.admit('phone', id, 'laptop', 'ACUD')
  return { story, id, genesis, phone, laptop }
}

const rights = (known: Answers, group: string, ...keys: readonly string[]): readonly string[] =>
  keys.map((key) => known.can(group, key))

/** By number of the scenario (identity.md §2.7): what happens, and what every device makes of it. */
const scenarios: Readonly<Record<string, () => void>> = {
  'S01 F founds a group': () => {
    const { story, g } = crew()
    expect(rights(story.known(), g, 'F', 'stranger')).toEqual(['ACUD', ''])
  },
  'S02 B is accepted in a group without genesis': () => {
    const story = history()
    const g = story.write('F', { kind: 'group', founder: 'key' })
    story.accept('F', g, story.request('B', g), role('ACUD'))
    const known = story.known()
    expect(known.isInert(g)).toBe(true)
    expect(known.can(g, 'B')).toBe('')
  },
  'S03 F lets B in as writer': () => {
    const { story, g } = crew()
    story.admit('F', g, 'B', 'CU')
    expect(story.known().can(g, 'B')).toBe('CU')
  },
  'S04 a membership names a request that does not exist': () => {
    const { story, g } = crew()
    story.accept('F', g, 'nothing', role('CU'))
    expect(story.known().group(g).members).toEqual(['k:F'])
  },
  'S05 writer B accepts C': () => {
    const { story, g } = crew()
    story.admit('F', g, 'B', 'CU')
    story.admit('B', g, 'C', 'CU')
    expect(story.known().can(g, 'C')).toBe('')
  },
  'S06 B gives more than it has': () => {
    const { story, g } = crew()
    story.admit('F', g, 'B', 'ACU')
    story.admit('B', g, 'C', 'CUD')
    expect(story.known().can(g, 'C')).toBe('CU')
  },
  'S07 B writes, F keeps and removes, B writes on': () => {
    const { story, g } = crew()
    const b = story.admit('F', g, 'B', 'CU')
    const first = story.data('B')
    story.keep('F', b, 'B')
    story.remove('F', b)
    const second = story.data('B', first.logId)
    const known = story.known()
    expect([first, second, story.data('B')].map((place) => known.can(g, place))).toEqual(['CU', '', ''])
  },
  'S08 F removes B and keeps nothing; S09 C keeps later': () => {
    const { story, g } = crew()
    const b = story.admit('F', g, 'B', 'CU')
    const first = story.data('B')
    story.remove('F', b)
    expect(story.known().can(g, first)).toBe('')
    story.admit('F', g, 'C', 'ACUD')
    story.keep('C', b, 'B')
    expect(story.known().can(g, first)).toBe('CU')
  },
  'S10 B writes what F has not seen when it keeps and removes': () => {
    const { story, g } = crew()
    const b = story.admit('F', g, 'B', 'CU')
    const first = story.data('B')
    story.keep('F', b, 'B')
    const second = story.data('B', first.logId)
    story.remove('F', b)
    expect([first, second].map((place) => story.known().can(g, place))).toEqual(['CU', ''])
  },
  'S11 equals remove each other': () => {
    const { story, g, b, c } = pair('ACUD')
    story.remove('B', c)
    story.remove('C', b)
    expect(rights(story.known(), g, 'F', 'B', 'C')).toEqual(['ACUD', '', ''])
  },
  'S12 a junior and a senior remove each other, the senior raises itself; S12b or does not': () => {
    const { story, g } = crew()
    const b = story.admit('F', g, 'B', 'ACUD')
    const c = story.admit('B', g, 'C', 'ACUD')
    const removal = story.remove('C', b)
    story.remove('B', c)
    expect(rights(story.known(), g, 'B', 'C')).toEqual(['ACUD', ''])
    story.update('B', b, { accepted: true }, [removal])
    expect(rights(story.known(), g, 'B', 'C')).toEqual(['ACUD', ''])
  },
  'S13 three equals remove each other in a circle': () => {
    const { story, g } = crew()
    const [a, b, c] = ['A', 'B', 'C'].map((key) => story.admit('F', g, key, 'ACUD'))
    story.remove('A', b!)
    story.remove('B', c!)
    story.remove('C', a!)
    expect(rights(story.known(), g, 'A', 'B', 'C')).toEqual(['', '', ''])
  },
  'S14 A removes B, who removed C without A knowing; S15 A had kept that': () => {
    for (const keeps of [false, true]) {
      const { story, g } = crew()
      story.admit('F', g, 'A', 'ACUD')
      const b = story.admit('F', g, 'B', 'ACUD')
      const c = story.admit('F', g, 'C', 'ACUD')
      story.remove('B', c)
      if (keeps) story.keep('A', b, 'B')
      story.remove('A', b)
      expect(rights(story.known(), g, 'B', 'C')).toEqual(['', keeps ? '' : 'ACUD'])
    }
  },
  'S16 F removes B, who then removes C and F': () => {
    const { story, g, genesis, b, c } = pair('ACUD')
    story.keep('F', b, 'B')
    story.remove('F', b)
    story.remove('B', c)
    story.remove('B', genesis)
    expect(rights(story.known(), g, 'B', 'C', 'F')).toEqual(['', 'ACUD', 'ACUD'])
  },
  'S17 a removed B lets Z in, back-dated; S19 an accomplice keeps it': () => {
    const { story, g, b } = pair('ACUD')
    story.admit('B', g, 'E', 'ACUD')
    story.keep('F', b, 'B')
    story.remove('F', b)
    story.admit('B', g, 'Z', 'CU')
    expect(story.known().can(g, 'Z')).toBe('')
    story.keep('E', b, 'B')
    expect(rights(story.known(), g, 'E', 'Z')).toEqual(['ACUD', ''])
  },
  'S18 B lets C in, F keeps and removes B': () => {
    const { story, g } = crew()
    const b = story.admit('F', g, 'B', 'ACUD')
    story.admit('B', g, 'C', 'CU')
    story.keep('F', b, 'B')
    story.remove('F', b)
    expect(rights(story.known(), g, 'B', 'C')).toEqual(['', 'CU'])
  },
  'S20 F bans B; a lower C raises it, and accepts it anew': () => {
    const { story, g, b } = pair('CU', 'ACUD')
    story.remove('F', b)
    story.update('C', b, { accepted: true })
    story.admit('C', g, 'B', 'CU')
    expect(story.known().can(g, 'B')).toBe('')
  },
  'S21 F bans and lets in again': () => {
    const { story, g, b } = pair('CU')
    story.remove('F', b)
    story.update('F', b, { accepted: true })
    expect(story.known().can(g, 'B')).toBe('CU')
  },
  'S22 F removes and lets in at once, on two devices that do not know of each other': () => {
    const { story, g, b } = pair('CU')
    story.remove('F', b, [b])
    story.update('F', b, { accepted: true }, [b])
    expect(story.known().can(g, 'B')).toBe('')
  },
  'S23 F makes admin B a writer, keeping what it did; B goes on admitting': () => {
    const { story, g } = crew()
    const b = story.admit('F', g, 'B', 'ACUD')
    story.admit('B', g, 'C', 'CU')
    story.keep('F', b, 'B')
    story.update('F', b, { authorise: false, delete: false })
    story.admit('B', g, 'Z', 'CU')
    expect(rights(story.known(), g, 'B', 'C', 'Z')).toEqual(['CU', 'CU', ''])
  },
  'S24 C raises what D lowers at the same time': () => {
    const { story, g } = pair('ACUD')
    story.admit('F', g, 'D', 'ACUD')
    const e = story.admit('F', g, 'E', 'CU')
    story.update('C', e, { delete: true }, [e])
    story.update('D', e, { delete: false }, [e])
    expect(story.known().can(g, 'E')).toBe('CU')
  },
  'S25 a membership for one schema': () => {
    const { story, g } = crew()
    story.admit('F', g, 'B', 'CU', { range: 'wiki' })
    expect(['wiki', 'post', '*'].map((range) => story.known().can(g, 'B', range))).toEqual(['CU', '', ''])
  },
  'S26 who may let in for one schema lets in for all, and for that one': () => {
    const { story, g } = crew()
    story.admit('F', g, 'B', 'ACU', { range: 'wiki' })
    story.admit('B', g, 'C', 'CU')
    story.admit('B', g, 'D', 'CU', { range: 'wiki' })
    const known = story.known()
    expect([known.can(g, 'C', 'wiki'), known.can(g, 'D', 'wiki'), known.can(g, 'D')]).toEqual(['', 'CU', ''])
  },
  'S27 a person is a writer, her phone signed for her; S28 her laptop is removed and kept': () => {
    const { story, g } = crew()
    const her = ana(story)
    story.admit('F', g, 'phone', 'CU', { member: her.id })
    const first = story.data('laptop')
    expect(story.known().can(g, 'laptop')).toBe('CU')
    story.keep('paper', her.laptop, 'laptop')
    story.remove('paper', her.laptop)
    const known = story.known()
    expect([known.can(g, first), known.can(g, 'laptop'), known.can(g, 'phone')]).toEqual(['CU', '', 'CU'])
  },
  'S29 a device that may not let in asks for its person': () => {
    const { story, g } = crew()
    const her = ana(story)
    story.admit('phone', her.id, 'bot', 'CU')
    story.admit('F', g, 'bot', 'CU', { member: her.id })
    expect(rights(story.known(), g, 'phone', 'bot')).toEqual(['', ''])
  },
  'S30 two groups are members of each other': () => {
    const { story, g } = crew()
    const { id: h } = story.group('H')
    story.admit('F', g, 'H', 'ACUD', { member: h })
    story.admit('H', h, 'F', 'ACUD', { member: g })
    const known = story.known()
    expect([known.can(g, 'F'), known.can(h, 'H'), known.can(g, 'H'), known.can(h, 'F')]).toEqual(Array(4).fill('ACUD'))
  },
  'S31 a device with few rights in a person with many': () => {
    const { story, g } = crew()
    const her = ana(story)
    story.admit('phone', her.id, 'bot', 'C')
    story.admit('F', g, 'phone', 'CUD', { member: her.id })
    expect(story.known().can(g, 'bot')).toBe('C')
  },
  'S32 a stolen laptop and the phone remove each other': () => {
    const { story, id, phone, laptop } = ana()
    story.remove('laptop', phone)
    story.remove('phone', laptop)
    expect(rights(story.known(), id, 'phone', 'laptop')).toEqual(['ACUD', ''])
  },
  'S33 a stolen phone fights, and the words end it': () => {
    const { story, id, phone, laptop } = ana()
    const seen: (readonly string[])[] = []
    const look = (): void => void seen.push(rights(story.known(), id, 'phone', 'laptop'))
    story.remove('laptop', phone)
    look()
    story.update('phone', phone, { accepted: true })
    look()
    const removal = story.at(story.remove('phone', laptop))
    look()
    story.void('paper', phone, 'phone', { only: [[removal.logId, removal.seqNum, removal.seqNum]] })
    story.keep('paper', phone, 'phone')
    story.remove('paper', phone)
    look()
    expect(seen).toEqual([
      ['', 'ACUD'],
      ['ACUD', 'ACUD'],
      ['ACUD', ''],
      ['', 'ACUD'],
    ])
  },
  'S34 one entry of an active B is voided; S35 kept as well': () => {
    const { story, g, b } = pair('CU')
    const first = story.data('B')
    const places = [first, story.data('B', first.logId), story.data('B', first.logId)]
    story.void('F', b, 'B', { only: [[first.logId, 2n, 2n]] })
    expect(places.map((place) => story.known().can(g, place))).toEqual(['CU', '', 'CU'])
    story.keep('F', b, 'B')
    expect(places.map((place) => story.known().can(g, place))).toEqual(['CU', '', 'CU'])
  },
  'S36 a writer plants a grant and is promoted; then that is voided': () => {
    const { story, g, b } = pair('CU')
    const planted = story.at(story.admit('B', g, 'Z', 'CU'))
    expect(story.known().can(g, 'Z')).toBe('')
    story.update('F', b, { authorise: true })
    expect(story.known().can(g, 'Z')).toBe('CU')
    story.void('F', b, 'B', { only: [[planted.logId, 1n, 1n]] })
    expect(rights(story.known(), g, 'B', 'Z')).toEqual(['ACU', ''])
  },
  'S37 an admin leaves, raises itself, is raised by F': () => {
    const { story, g, b } = pair('ACUD')
    story.remove('B', b)
    expect(story.known().can(g, 'B')).toBe('')
    story.update('B', b, { accepted: true })
    expect(story.known().can(g, 'B')).toBe('')
    story.update('F', b, { accepted: true })
    expect(story.known().can(g, 'B')).toBe('ACUD')
  },
  'S38 a writer leaves and keeps its own; S38b F bans it, and keeps': () => {
    const { story, g, b } = pair('CU')
    const first = story.data('B')
    story.keep('B', b, 'B')
    story.remove('B', b)
    expect(story.known().can(g, first)).toBe('CU')
    story.remove('F', b)
    expect(story.known().can(g, first)).toBe('')
    story.keep('F', b, 'B')
    expect([story.known().can(g, first), story.known().can(g, 'B')]).toEqual(['CU', ''])
  },
  'S39 a request is rejected; another admin accepts a new one of that key': () => {
    const { story, g } = pair('ACUD')
    story.accept('B', g, story.request('Z', g), { accepted: false })
    story.admit('C', g, 'Z', 'CU')
    expect(story.known().can(g, 'Z')).toBe('')
  },
  'S40 two memberships of one key': () => {
    const { story, g } = crew()
    story.admit('F', g, 'B', 'C')
    story.admit('F', g, 'B', 'U', { range: 'post' })
    expect(['wiki', 'post'].map((range) => story.known().can(g, 'B', range))).toEqual(['C', 'CU'])
  },
  'S41 the words are renewed': () => {
    const { story, id, genesis, phone } = ana()
    story.admit('paper', id, 'new', 'ACUD')
    const asked = story.entries.find(
      ({ publicKey, operation }) => publicKey === 'phone' && operation.kind === 'request',
    )
    story.accept('new', id, asked!.id, role('ACUD'))
    story.drop('paper', phone)
    story.keep('paper', genesis, 'paper', { withTips: true })
    story.remove('paper', genesis)
    const known = story.known()
    expect(rights(known, id, 'paper', 'new', 'phone')).toEqual(['', 'ACUD', 'ACUD'])
    expect([known.level(id, 'new'), known.level(id, 'phone')]).toEqual([1, 2])
    // A phone let in anew goes on letting in.
    story.admit('phone', id, 'tablet', 'CU')
    expect(story.known().can(id, 'tablet')).toBe('CU')
  },
}

describe('the scenarios of identity.md §2.7', () => {
  test.each(Object.entries(scenarios))('%s', (_name, run) => {
    expect.hasAssertions()
    run()
  })
})
