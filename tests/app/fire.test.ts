import { expect, test } from 'vitest'
import { makeGroup } from '../../src/app/data/make-group.ts'
import { foundIn, ownReaction, talkRows } from '../../src/app/data/talk-rows.ts'
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
