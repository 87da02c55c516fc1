import { expect, test } from 'vitest'
import { cardOf, letterOf } from '../../src/app/data/group-card.ts'
import { careOf, readControl, sentenceOf } from '../../src/app/data/group-care.ts'
import { isLastKeeper, isPeopleGroup, peopleOf, personsByKey, roleOf } from '../../src/app/data/group-people.ts'
import { makeGroup } from '../../src/app/data/make-group.ts'
import { groupCardSchema, groupSchema, membershipSchema, requestSchema } from '../../src/app/data/system-schemas.ts'
import { whyNot } from '../../src/app/data/why-not.ts'
import { groups as german } from '../../src/app/messages/de/groups.ts'
import { groups as english } from '../../src/app/messages/en/groups.ts'
import type { GroupMessages } from '../../src/app/messages/groups.ts'
import { formatFor } from '../../src/app/messages/format.ts'
import type { DocumentId, TakibiNode } from '../../src/sdk/index.ts'
import { aPersonsNode } from './a-persons-node.ts'

const placesOf = async (node: TakibiNode) => {
  const [groups, requests, memberships] = await Promise.all(
    [groupSchema, requestSchema, membershipSchema].map(
      async (schema) => (await node.query(schema, { first: 100 }).once()).documents,
    ),
  )
  return { groups: groups!, requests: requests!, memberships: memberships! }
}
const bring = async (from: TakibiNode, to: TakibiNode): Promise<void> =>
  void (await to.import(await from.export({ all: true })))
const peopleIn = async (node: TakibiNode, group: DocumentId, own: string) =>
  peopleOf(group, await placesOf(node), await node.groups.summary(group), (subject) => subject === own)
const kitchen = { name: 'Kitchen', about: 'Tea', purpose: 'coop' } as const

test('a group made from a purpose has its founder as keeper, a colour, a letter, and what it is about', async () => {
  await using node = await aPersonsNode(1)
  const group = await makeGroup(node, kitchen)
  const person = (await node.identity.person().once()).person!.id
  const { people, pending } = await peopleIn(node, group, `g:${person}`)
  expect(people).toMatchObject([{ person, isOwn: true, isMember: true, role: 'keeper' }])
  expect(pending).toEqual([])
  const places = await placesOf(node)
  expect(places.groups.filter(isPeopleGroup).map(({ id }) => id)).toEqual([group])
  const cards = (await node.query(groupCardSchema).once()).documents
  const document = places.groups.find(({ id }) => id === group)!
  expect(cardOf(document, cards)).toEqual({ name: 'Kitchen', about: 'Tea', tone: 'leaf', letter: 'K' })
  expect(cardOf(document, [])).toEqual({ name: 'Kitchen', about: '', tone: 'plain', letter: 'K' })
  expect(personsByKey(places).get(node.publicKey)).toBe(person)
})

test('who asks is pending until the answer, then stands with the role; the last keeper is known as such', async () => {
  await using ada = await aPersonsNode(1)
  await using bo = await aPersonsNode(2)
  const group = await makeGroup(ada, kitchen)
  await bring(ada, bo)
  await bo.identity.words.show()
  const member = (await bo.identity.person().once()).person!.id
  const request = await bo.groups.ask(group, { member })
  await bring(bo, ada)
  expect((await peopleIn(ada, group, '')).pending).toEqual([{ id: request, subject: `g:${member}`, person: member }])

  await ada.groups.accept(request, { group, role: 'reader' })
  const after = await peopleIn(ada, group, '')
  expect(after.pending).toEqual([])
  expect(after.people.map(({ role }) => role)).toEqual(['keeper', 'reader'])
  expect(after.people.map((person) => isLastKeeper(after.people, person))).toEqual([true, false])

  await ada.groups.setRole(group, `g:${member}`, 'keeper')
  const both = (await peopleIn(ada, group, '')).people
  expect(both.some((person) => isLastKeeper(both, person))).toBe(false)
  await ada.groups.setRole(group, `g:${member}`, undefined)
  const gone = (await peopleIn(ada, group, '')).people
  expect(gone.map(({ isMember }) => isMember)).toEqual([true, false])
})

test('switches that are no preset, or not all there, are no role', () => {
  const member = { can_authorise: false, can_create: true, can_update: true, can_delete: false }
  expect(roleOf(member)).toBe('member')
  expect(roleOf({ ...member, can_create: false })).toBeUndefined()
  expect(roleOf({ accepted: false })).toBeUndefined()
})

test('a letter is what people take for one', () => {
  expect(letterOf('  élan')).toBe('É')
  expect(letterOf('👩‍🌾 farm')).toBe('👩‍🌾')
  expect(letterOf('')).toBe('')
})

test('the words of groups shout at nobody, in both languages', () => {
  const texts = (value: unknown): readonly string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(texts)
        : []
  const en = texts(english(formatFor('en-GB')))
  const de = texts(german(formatFor('de-DE')))
  expect([...en, ...de].filter((text) => text.includes('!'))).toEqual([])
  expect(de.filter((text) => text.length > 8 && en.includes(text))).toEqual([])
})

test('group care says in sentences who did what, and what has no effect and why', async () => {
  await using ada = await aPersonsNode(1)
  await using bo = await aPersonsNode(2)
  await using cy = await aPersonsNode(3)
  const group = await makeGroup(ada, kitchen)
  const joining = async (node: TakibiNode) => {
    await bring(ada, node)
    await node.identity.words.show()
    const member = (await node.identity.person().once()).person!.id
    const request = await node.groups.ask(group, { member })
    await bring(node, ada)
    return { member, request }
  }
  const ofBo = await joining(bo)
  const ofCy = await joining(cy)
  await ada.groups.accept(ofBo.request, { group, role: 'keeper' })
  await bring(ada, bo)
  await bo.groups.accept(ofCy.request, { group, role: 'reader' })
  // Before she heard of it: what was here is kept.
  await ada.groups.setRole(group, `g:${ofBo.member}`, 'contributor')
  await bring(bo, ada)

  const person = (await ada.identity.person().once()).person!.id
  const names = new Map<string, string>([
    [`g:${person}`, 'Ada'],
    [`g:${ofBo.member}`, 'Bo'],
    [`g:${ofCy.member}`, 'Cy'],
  ])
  const events = careOf(group, await readControl(ada, group), personsByKey(await placesOf(ada)))
  const told = (say: GroupMessages, own: string) =>
    events.map((event) => {
      const sentence = sentenceOf(
        event,
        say,
        (one) => names.get(one) ?? one,
        (one) => one === own,
      )
      return event.refusal === undefined ? sentence : `${sentence} ${whyNot(event.refusal, say, false)}`
    })
  const en = english(formatFor('en-GB'))
  expect(told(en, `g:${person}`).toSorted()).toEqual(
    [
      'You began “Kitchen”.',
      'You asked for a place.',
      'You became its first keeper.',
      'Bo asked for a place.',
      'Cy asked for a place.',
      'You let Bo in as keeper.',
      'You kept what Bo wrote until then.',
      'Bo let Cy in as reader. Whoever said it might not say so, or no longer.',
      'You made Bo contributor, before that keeper.',
    ].toSorted(),
  )
  expect(told(german(formatFor('de-DE')), '')).toEqual(
    expect.arrayContaining([
      'Ada hat „Kitchen“ begonnen.',
      'Ada ist von Anfang an mit Zuständigkeit dabei.',
      'Ada hat Bo mit Zuständigkeit aufgenommen.',
      'Ada hat Bo die Rolle „Beiträge“ gegeben, vorher „Zuständig“.',
    ]),
  )
  // There is no clock in it: whoever is a keeper again has said it with effect.
  await ada.groups.setRole(group, `g:${ofBo.member}`, 'keeper')
  const later = careOf(group, await readControl(ada, group), personsByKey(await placesOf(ada)))
  expect(later.filter(({ refusal }) => refusal !== undefined)).toEqual([])
})
