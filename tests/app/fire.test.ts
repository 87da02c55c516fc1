import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeGroup } from '../../src/app/data/make-group.ts'
import {
  afterSaying,
  noTalkDraft,
  readTalkDraft,
  saysSomething,
  type TalkDraft,
  withoutAnswer,
  withoutEdit,
  writeTalkDraft,
} from '../../src/app/data/talk-draft.ts'
import { foundIn, ownReaction, talkRows } from '../../src/app/data/talk-rows.ts'
import { textParts } from '../../src/app/data/text-parts.ts'
import { whereSaid } from '../../src/app/data/where-said.ts'
import { fire as german } from '../../src/app/messages/de/fire.ts'
import { fire as english } from '../../src/app/messages/en/fire.ts'
import { formatFor } from '../../src/app/messages/format.ts'
import type { DocumentId, PublicKey, TakibiNode } from '../../src/sdk/index.ts'
import { aPersonsNode } from './a-persons-node.ts'

const aTalk = async (node: TakibiNode) => {
  const group = await makeGroup(node, { name: 'Kitchen', about: '', purpose: 'coop' })
  const first = await node.campfire.send(group, { text: 'Kettle is on' })
  const second = await node.campfire.send(group, { text: 'Tea in five' })
  const answer = await node.campfire.send(group, { text: 'Coming', replyTo: [first] })
  return { group, first, second, answer }
}
const talkOf = (node: TakibiNode, group: DocumentId) => node.campfire.talk(group).once()
const noNews = { first: undefined, late: [] }

test('who says more at once goes on without a name; an answer begins anew', async () => {
  await using node = await aPersonsNode(1)
  const { group } = await aTalk(node)
  const { messages } = await talkOf(node, group)
  expect(talkRows(messages, noNews)).toMatchObject([
    { message: { text: 'Kettle is on' }, isGoingOn: false },
    { message: { text: 'Tea in five' }, isGoingOn: true },
    { message: { text: 'Coming' }, isGoingOn: false },
  ])
})

test('the mark of what is new and the line of who came late stand before the message, which begins anew', async () => {
  await using node = await aPersonsNode(1)
  const { group, second } = await aTalk(node)
  const { messages } = await talkOf(node, group)
  const publicKey = 'b'.repeat(64) as PublicKey
  const rows = talkRows(messages, { first: second, late: [{ publicKey, count: 2, before: second }] })
  expect(rows.map(({ kind }) => kind)).toEqual(['message', 'new', 'late', 'message', 'message'])
  expect(rows[2]).toEqual({ kind: 'late', publicKey, count: 2 })
  expect(rows[3]).toMatchObject({ isGoingOn: false })
})

test('searching finds messages that hold all words, in the order of the talk', async () => {
  await using node = await aPersonsNode(1)
  const { group } = await aTalk(node)
  const { messages } = await talkOf(node, group)
  expect(foundIn(messages, ' five TEA').map(({ text }) => text)).toEqual(['Tea in five'])
  expect(foundIn(messages, '')).toHaveLength(3)
})

test('a sign that one left is taken back by its document; others cannot be', async () => {
  await using node = await aPersonsNode(1)
  const { group, first } = await aTalk(node)
  const reaction = await node.campfire.react(group, first, '🔥')
  const message = (await talkOf(node, group)).messages.find(({ id }) => id === first)!
  expect(ownReaction(message, '🔥', (key) => key === node.publicKey)).toBe(reaction)
  expect(ownReaction(message, '🔥', () => false)).toBeUndefined()
  expect(ownReaction(message, '👍', (key) => key === node.publicKey)).toBeUndefined()
})

const idOf = (digit: string): DocumentId => `0020${digit.repeat(64)}` as DocumentId

test('a draft is kept with all that belongs to it, and read again as it was', () => {
  const draft: TalkDraft = {
    text: 'Who comes',
    answers: idOf('a'),
    things: [idOf('b')],
    edit: { message: idOf('c'), text: 'Tea in ten' },
  }
  expect(readTalkDraft(writeTalkDraft(draft) ?? null)).toEqual(draft)
  expect(writeTalkDraft(noTalkDraft)).toBeUndefined()
})

test.each([null, '', '{', '7', 'null', '[]'])('what was kept as %j is no draft', (kept) => {
  expect(readTalkDraft(kept)).toEqual(noTalkDraft)
})

test('of what was kept only what makes sense is read', () => {
  const kept = JSON.stringify({ text: 4, answers: 'nowhere', things: ['x', idOf('a')], edit: { message: idOf('a') } })
  expect(readTalkDraft(kept)).toEqual({ text: '', things: [idOf('a')] })
})

test('a draft says something with words or with a thing; an edit only with words', () => {
  expect(saysSomething({ text: '  ', things: [] })).toBe(false)
  expect(saysSomething({ text: '', things: [idOf('a')] })).toBe(true)
  expect(saysSomething({ text: 'Tea', things: [], edit: { message: idOf('a'), text: ' ' } })).toBe(false)
})

test('what was typed on while something was said stays, and answers nothing', () => {
  const said: TalkDraft = { text: 'Tea', answers: idOf('a'), things: [idOf('b')] }
  expect(afterSaying(said, said)).toEqual(noTalkDraft)
  const typedOn = { ...said, text: 'Tea and', things: [idOf('b'), idOf('c')] }
  expect(afterSaying(said, typedOn)).toEqual({ text: 'and', things: [idOf('c')] })
})

test('an edit and an answer are let go of, and the rest of the draft stays', () => {
  const draft: TalkDraft = { text: 'Tea', answers: idOf('a'), things: [], edit: { message: idOf('c'), text: 'x' } }
  expect(withoutEdit(draft)).toEqual({ text: 'Tea', answers: idOf('a'), things: [] })
  expect(withoutAnswer(draft)).toEqual({ text: 'Tea', things: [], edit: { message: idOf('c'), text: 'x' } })
})

test('web addresses are set apart, without what the sentence puts after them; nothing else leads anywhere', () => {
  expect(textParts('Look (https://river.example/a?b=1), now.')).toEqual([
    { text: 'Look (' },
    { text: 'https://river.example/a?b=1', href: 'https://river.example/a?b=1' },
    { text: '), now.' },
  ])
  expect(textParts('javascript:alert(1) data:x http://')).toEqual([{ text: 'javascript:alert(1) data:x http://' }])
  expect(textParts('')).toEqual([])
})

test('pieces of a text are the text again', () => {
  const words = fc.constantFrom('https://a.example', 'http://', ' ', '.', ')', 'tea', '\n', 'https://[', '🔥')
  fc.assert(
    fc.property(fc.array(words), (all) => {
      expect(
        textParts(all.join(''))
          .map(({ text }) => text)
          .join(''),
      ).toBe(all.join(''))
    }),
  )
})

test('where messages are is told under the last of those for which the same is true; nodes are counted apart', () => {
  const [phone, box] = ['b'.repeat(64), 'c'.repeat(64)] as [PublicKey, PublicKey]
  const withThose = (...keys: readonly PublicKey[]) => ({ with: keys.map((publicKey) => ({ publicKey, at: 0 })) })
  const statuses = new Map([
    [idOf('1'), withThose(phone, box)],
    [idOf('3'), withThose()],
    [idOf('4'), withThose()],
  ])
  const where = whereSaid([idOf('1'), idOf('2'), idOf('3'), idOf('4')], statuses, (key) => key === box)
  expect([...where]).toEqual([
    [idOf('1'), { devices: 1, nodes: 1, isOnlyHere: false, isSaidBelow: false }],
    [idOf('3'), { devices: 0, nodes: 0, isOnlyHere: true, isSaidBelow: true }],
    [idOf('4'), { devices: 0, nodes: 0, isOnlyHere: true, isSaidBelow: false }],
  ])
})

test('German says everything at the fire that English says, and neither shouts', () => {
  const said = (value: unknown, path = ''): readonly (readonly [string, string])[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, part]) => said(part, `${path}/${key}`))
      : [[path, String(value)]]
  const [en, de] = [said(english(formatFor('en-GB'))), said(german(formatFor('de-DE')))]
  expect(de.map(([path]) => path)).toEqual(en.map(([path]) => path))
  const inEnglish = new Map(en)
  expect(de.filter(([path, text]) => inEnglish.get(path) === text && /[a-z]{3}/i.test(text))).toEqual([])
  const shouts = [...en, ...de].filter(([, text]) => !text.includes('=>') && text.includes('!'))
  expect(shouts).toEqual([])
})
