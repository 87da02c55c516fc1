import { assert, nat, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { GrantRange, Role, Subject } from '../../../src/core/authority/entry.ts'
import { type ChangeRefusal, placesToChange, refusalOfChange } from '../../../src/core/authority/member-change.ts'
import { changeOf, roleOf } from '../../../src/core/authority/places.ts'
import type { DocumentId, LogId, PublicKey, SeqNum } from '../../../src/core/ids.ts'
import { dice } from '../../sim/dice.ts'
import { type History, history } from './history.ts'

const fresh = (key: string) => ({ publicKey: key as PublicKey, logId: 4294967295n as LogId, seqNum: 1n as SeqNum })
const asSubject = (who: string): Subject => (who.startsWith('g:') ? (who as Subject) : `k:${who as PublicKey}`)

/** What somebody is told who wants to change a member so. */
const told = (
  story: History,
  group: string,
  by: string,
  who: string,
  role?: Role,
  range = '*',
): ChangeRefusal['reason'] | undefined =>
  refusalOfChange(story.known().authority, fresh(by), {
    group: group as DocumentId,
    subject: asSubject(who),
    range: range as GrantRange,
    ...(role && { role }),
  })?.reason

/** F's group. */
function crew() {
  const story = history()
  return { story, g: story.group('F').id }
}
const keepers = (story: History, group: string): readonly string[] => [...story.known().group(group).keepers].sort()

describe('who keeps a group', () => {
  test('[MC1] those who may let in for all schemas, while they are in', () => {
    const { story, g } = crew()
    const b = story.admit('F', g, 'B', 'ACUD')
    story.admit('F', g, 'C', 'CUD')
    story.admit('F', g, 'W', 'ACUD', { range: 'wiki' })
    expect(keepers(story, g)).toEqual(['k:B', 'k:F'])
    story.keep('F', b, 'B')
    story.update('F', b, { authorise: false })
    expect(keepers(story, g)).toEqual(['k:F'])
  })

  test('[MC1] a person only while somebody could speak for her', () => {
    const { story, g } = crew()
    const her = story.group('paper')
    story.admit('paper', her.id, 'phone', 'ACUD')
    story.admit('F', g, 'phone', 'ACUD', { member: her.id })
    expect(keepers(story, g)).toEqual([`g:${her.id}`, 'k:F'])
    story.end('paper', her.id)
    expect(keepers(story, g)).toEqual(['k:F'])
    expect(told(story, g, 'F', 'F')).toBe('last-keeper')
  })
})

describe('changing a member', () => {
  test('[MC2] the last keeper cannot go or step down while others are there', () => {
    const { story, g } = crew()
    expect(told(story, g, 'F', 'F')).toBeUndefined()
    const b = story.admit('F', g, 'B', '')
    expect(told(story, g, 'F', 'F')).toBe('last-keeper')
    expect(told(story, g, 'F', 'F', 'moderator')).toBe('last-keeper')
    expect(told(story, g, 'F', 'F', 'keeper')).toBeUndefined()
    story.update('F', b, { authorise: true, create: true, update: true, delete: true })
    expect(told(story, g, 'F', 'F')).toBeUndefined()
    expect(told(story, g, 'F', 'F', 'reader')).toBeUndefined()
  })

  test('[MC3] anybody may go; others are sent away, and given roles, by keepers', () => {
    const { story, g } = crew()
    story.admit('F', g, 'B', 'CU')
    story.admit('F', g, 'C', 'CU')
    expect(told(story, g, 'B', 'B')).toBeUndefined()
    expect(told(story, g, 'B', 'B', 'reader')).toBeUndefined()
    expect(told(story, g, 'B', 'B', 'keeper')).toBe('not-given')
    expect(told(story, g, 'B', 'C')).toBe('not-given')
    expect(told(story, g, 'stranger', 'C')).toBe('stranger')
    expect(told(story, g, 'F', 'C', 'keeper')).toBeUndefined()
  })

  test('[MC3] a device that may not speak for its person is told so', () => {
    const { story, g } = crew()
    const her = story.group('paper')
    story.admit('paper', her.id, 'phone', 'ACUD')
    story.admit('paper', her.id, 'bot', 'C')
    story.admit('F', g, 'phone', 'CU', { member: her.id })
    expect(told(story, g, 'phone', `g:${her.id}`)).toBeUndefined()
    const refusal = refusalOfChange(story.known().authority, fresh('bot'), {
      group: g as DocumentId,
      subject: `g:${her.id as DocumentId}`,
      range: '*',
    })
    expect(refusal).toMatchObject({ reason: 'not-given', group: her.id, permission: 'authorise' })
  })

  test('[MC3] who has no place cannot lose it, and who was sent away can be let in again', () => {
    const { story, g } = crew()
    const b = story.admit('F', g, 'B', 'CU')
    expect(told(story, g, 'F', 'stranger')).toBe('not-member')
    expect(told(story, g, 'F', 'stranger', 'member')).toBe('not-member')
    story.remove('F', b)
    expect(told(story, g, 'F', 'B')).toBe('not-member')
    expect(told(story, g, 'F', 'B', 'member')).toBeUndefined()
    story.drop('F', b)
    expect(told(story, g, 'F', 'B', 'member')).toBe('not-member')
  })

  test('[MC3] for one schema only those places are changed that are for it; who goes for all is out for each', () => {
    const { story, g } = crew()
    story.admit('F', g, 'W', 'ACUD', { range: 'wiki' })
    const [all, wiki] = [story.admit('F', g, 'B', 'CU'), story.admit('F', g, 'B', 'CUD', { range: 'wiki' })]
    expect(told(story, g, 'W', 'B', 'reader', 'wiki')).toBeUndefined()
    expect(told(story, g, 'W', 'B', 'reader')).toBe('not-given')
    expect(told(story, g, 'W', 'B')).toBe('not-given')
    const change = { group: g as DocumentId, subject: asSubject('B'), range: '*' } as const
    const placed = (one: typeof change & { role?: Role }) =>
      placesToChange(story.known().authority, one).map(({ membership }) => membership)
    expect(placed(change)).toEqual([all, wiki])
    expect(placed({ ...change, role: 'reader' })).toEqual([all])
  })

  test('[MC4] a keeper that left once is sent away by another the second time: what it keeps of itself counts once', () => {
    const { story, g } = crew()
    const b = story.admit('F', g, 'B', 'ACUD')
    story.keep('B', b, 'B')
    story.remove('B', b)
    story.update('F', b, { accepted: true })
    const z = story.admit('B', g, 'Z', 'CU')
    expect(story.known().can(g, 'Z')).toBe('CU')
    expect(told(story, g, 'B', 'B')).toBe('kept-before')
    expect(told(story, g, 'F', 'B')).toBeUndefined()
    // Why: what it would keep now does not count, and who it let in since would be out.
    story.keep('B', b, 'B')
    story.remove('B', b)
    expect([story.known().can(g, 'Z'), z]).toEqual(['', z])
  })

  test('[R24] only what is different is said, lowerings apart from raises', () => {
    const { story, g } = crew()
    story.admit('F', g, 'B', 'CU')
    const place = story
      .known()
      .authority.places(g as DocumentId)
      .find(({ subject }) => subject === asSubject('B'))!
    expect(roleOf(place.permissions)).toBe('member')
    expect(changeOf(place, 'member')).toEqual({ lowers: {}, raises: {} })
    expect(changeOf(place, 'contributor')).toEqual({ lowers: { update: false }, raises: {} })
    expect(changeOf(place, 'keeper')).toEqual({ lowers: {}, raises: { authorise: true, delete: true } })
    expect(changeOf(place, undefined)).toEqual({ lowers: { accepted: false }, raises: {} })
  })

  test('[MC2] whatever members do one after another, somebody keeps the group while anybody else is in it', () => {
    const names = ['F', 'B', 'C', 'D']
    const levels = ['keeper', 'moderator', 'member', 'contributor', 'reader'] as const
    assert(
      property(nat(), (seed) => {
        const { pick, chance } = dice(seed)
        const { story, g } = crew()
        for (const name of names.slice(1)) story.admit('F', g, name, pick(['ACUD', 'CU', '']))
        for (let step = 0; step < 12; step++) {
          const [by, who, role] = [pick(names), pick(names), chance(2) ? undefined : pick(levels)]
          if (told(story, g, by, who, role) !== undefined) continue
          const { authority } = story.known()
          const change = { group: g as DocumentId, subject: asSubject(who), range: '*', ...(role && { role }) } as const
          for (const place of placesToChange(authority, change)) {
            const { lowers, raises } = changeOf(place, role)
            if (Object.keys(lowers).length > 0) {
              story.keep(by, place.membership, who)
              story.update(by, place.membership, lowers)
            }
            if (Object.keys(raises).length > 0) story.update(by, place.membership, raises)
          }
          const { members } = story.known().group(g)
          expect(members.length <= 1 || keepers(story, g).length > 0, `seed ${seed}, step ${step}`).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('who asks', () => {
  test('[MC5] requests that count wait until some membership answers them', () => {
    const { story, g } = crew()
    const her = story.group('paper')
    story.request('stranger', g, her.id)
    const asked = story.request('B', g)
    const waiting = () => story.known().authority.requests(g as DocumentId)
    expect(waiting()).toEqual([{ request: asked, subject: 'k:B' }])
    story.accept('F', g, asked, { accepted: false })
    expect(waiting()).toEqual([])
  })
})

describe('where memberships are', () => {
  test('[R5] the list is the union of all that were said by those who might, without what was deleted', () => {
    const { story, g } = crew()
    const [b, c] = [story.admit('F', g, 'B', 'ACUD'), story.admit('F', g, 'C', 'CU')]
    const list = (by: string, ...memberships: readonly string[]) =>
      story.write(by, { kind: 'group-list', group: g as DocumentId, memberships: memberships as DocumentId[] })
    list('F', b)
    list('B', c, 'unheard-of')
    list('F')
    list('C', 'stray')
    const listing = () => story.known().authority.listing(g as DocumentId)
    expect(listing()).toEqual({ memberships: [b, c, 'unheard-of'].sort(), missing: ['unheard-of'] })
    story.drop('F', c)
    expect(listing().memberships).toEqual([b, 'unheard-of'].sort())
    story.remove('F', b)
    expect(listing().memberships).toEqual([b])
    expect(listing().missing).toEqual([])
  })
})
