import { expect, test } from 'vitest'
import {
  cardOfLink,
  expiryAfter,
  inviteSpans,
  isAskedFor,
  placeOfLink,
  textOfInvite,
} from '../../src/app/data/invites.ts'
import { rolesByStrength } from '../../src/app/data/group-people.ts'
import { makeGroup } from '../../src/app/data/make-group.ts'
import { callOneself } from '../../src/app/data/claims.ts'
import { ensurePerson } from '../../src/app/data/own-person.ts'
import { invites as german } from '../../src/app/messages/de/invites.ts'
import { invites as english } from '../../src/app/messages/en/invites.ts'
import { formatFor } from '../../src/app/messages/format.ts'
import type { DocumentId, InviteLink, KnockedPlace, PublicKey } from '../../src/sdk/index.ts'
import { aPersonsNode } from './a-persons-node.ts'

const aLink = (secret: number): InviteLink => ({
  secret: new Uint8Array(16).fill(secret),
  group: `0020${'ab'.repeat(32)}` as DocumentId,
  name: 'Garden',
  inviter: 'Ada',
  colour: 'leaf',
  members: 1,
  expiresAt: 4_000_000_000,
  hints: [],
})
const aPlace = (link: InviteLink): KnockedPlace => ({
  key: '' as PublicKey,
  link,
  name: '',
  state: { state: 'looking' },
})

test('an invite holds for as long as was chosen, counted in seconds', () => {
  expect(inviteSpans.map((span) => expiryAfter(span, 5_999))).toEqual([86_405, 14 * 86_400 + 5, 90 * 86_400 + 5])
})

test('who may decide about others is let in by a person only', () => {
  expect(rolesByStrength.filter(isAskedFor)).toEqual(['keeper', 'moderator'])
})

test('a link to a group looks as it claims, and plain where it claims a colour that there is not', () => {
  expect(cardOfLink({ name: 'garden', colour: 'leaf' })).toEqual({
    name: 'garden',
    about: '',
    tone: 'leaf',
    letter: 'G',
  })
  expect(cardOfLink({ name: '', colour: '#aabbcc' })).toMatchObject({ tone: 'plain', letter: '' })
})

test('a place is found by any link of its invite, and by its own text where that has expired', () => {
  const asked = [
    { place: aPlace(aLink(1)), text: '1first' },
    { place: aPlace(aLink(2)), text: '1second' },
  ]
  expect(placeOfLink(asked, '1later', { ...aLink(2), members: 9 })).toBe(asked[1])
  expect(placeOfLink(asked, '1first', undefined)).toBe(asked[0])
  expect(placeOfLink(asked, '1other', aLink(3))).toBeUndefined()
  expect(placeOfLink(asked, '1other', undefined)).toBeUndefined()
})

test('the link of an invite claims name, colour and number of the group, and who invites; a device that did not make it has none', async () => {
  await using node = await aPersonsNode(1)
  const group = await makeGroup(node, { name: 'Kitchen', about: '', purpose: 'coop' })
  const person = (await ensurePerson(node))!
  const { text: inviter } = await node.identity.nameOf(person)
  const card = { name: 'Kitchen', about: '', tone: 'leaf', letter: 'K' } as const
  const people = [true, false].map((isMember) => ({
    subject: `g:${person}` as const,
    person,
    isOwn: true,
    isMember,
    role: 'keeper' as const,
    memberships: [],
  }))
  const expiresAt = 4_000_000_000
  const made = await node.invites.make(group, { role: 'member', uses: 1, expiresAt })
  const text = await textOfInvite(node, { id: group, card, people }, made)
  expect(await node.invites.read(text!)).toMatchObject({
    group,
    name: 'Kitchen',
    colour: 'leaf',
    inviter,
    members: 1,
    expiresAt,
  })
  await callOneself(node, group, 'Ada')
  const named = await textOfInvite(node, { id: group, card, people }, made)
  expect((await node.invites.read(named!)).inviter).toBe('Ada')
  const { secret: _, ...seenElsewhere } = made
  expect(await textOfInvite(node, { id: group, card, people }, seenElsewhere)).toBeUndefined()
})

test('a person is made where there is none, once', async () => {
  await using node = await aPersonsNode(2)
  const person = await ensurePerson(node)
  expect(person).toBeDefined()
  expect(await ensurePerson(node)).toBe(person)
})

const shape = (value: unknown, path = ''): readonly string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, part]) => shape(part, `${path}/${key}`))
    : [`${path}: ${typeof value}`]

test('German says all that English says about invites', () => {
  expect(shape(german(formatFor('de-DE')))).toEqual(shape(english(formatFor('en-GB'))))
})
