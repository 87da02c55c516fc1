import { describe, expect, onTestFinished, test } from 'vitest'
import { memoryEngine } from '../../src/hosts/memory-engine.ts'
import { nodeOver } from '../../src/sdk/node-over.ts'
import type { DocumentId, TakibiNode, TalkState } from '../../src/sdk/testing.ts'
import { groupDrafts } from '../engine/sealed/a-group.ts'

async function aFire(): Promise<{
  readonly node: TakibiNode
  readonly group: DocumentId
  readonly advance: (ms: number) => Promise<void>
}> {
  const { api, clock } = memoryEngine(1)
  const node = await nodeOver(api, () => undefined)
  onTestFinished(() => node.close())
  const [group] = await node.publishBatch(groupDrafts())
  return { node, group: group!.documentId, advance: clock.advance }
}
const talkOf = (node: TakibiNode, group: DocumentId): Promise<TalkState> => node.campfire.talk(group).once()

describe('the campfire', () => {
  test('[CF6] what is said stands in order, each after the last', async () => {
    const { node, group, advance } = await aFire()
    const first = await node.campfire.send(group, { text: 'Who has salt?' })
    await advance(1)
    const second = await node.campfire.send(group, { text: 'I do', replyTo: [first] })
    const { messages } = await talkOf(node, group)
    expect(messages).toMatchObject([
      { id: first, text: 'Who has salt?', after: [], isEdited: false },
      { id: second, text: 'I do', after: [first], replyTo: [first] },
    ])
  })

  test('[CF6] a message is edited, taken back, reacted to; a reaction is taken back too', async () => {
    const { node, group } = await aFire()
    const id = await node.campfire.send(group, { text: 'Slat' })
    await node.campfire.edit(id, 'Salt')
    const reaction = await node.campfire.react(group, id, '🔥')
    expect((await talkOf(node, group)).messages).toMatchObject([
      { text: 'Salt', isEdited: true, reactions: [{ emoji: '🔥', by: [{ publicKey: node.publicKey, id: reaction }] }] },
    ])
    await node.campfire.takeBack(reaction)
    expect((await talkOf(node, group)).messages).toMatchObject([{ reactions: [] }])
    await node.campfire.takeBack(id)
    expect((await talkOf(node, group)).messages).toEqual([])
  })

  test('[CF6] a view goes on by itself, and groups do not hear each other', async () => {
    const { node, group } = await aFire()
    const [other] = await node.publishBatch(groupDrafts())
    const view = node.campfire.talk(group)
    const heard: (readonly string[])[] = []
    const stop = view.subscribe(({ messages }) => heard.push(messages.map(({ text }) => text)))
    await view.once()
    await node.campfire.send(other!.documentId, { text: 'Elsewhere' })
    await node.campfire.send(group, { text: 'Here' })
    await expect.poll(() => heard.at(-1)).toEqual(['Here'])
    expect(heard.flat()).not.toContain('Elsewhere')
    stop()
  })

  test('[CF4] a thing shown at the fire is named by its thread', async () => {
    const { node, group } = await aFire()
    const otter = await node.defineSchema('otter', 'Seen', { place: 'str' }, { group })
    const seen = await node.create(otter, { place: 'Ferry bank' }, { group })
    const id = await node.campfire.send(group, { text: 'Look', things: [seen] })
    expect((await talkOf(node, group)).messages).toMatchObject([{ id, things: [seen] }])
    expect(await node.documentAt(seen)).toMatchObject({ group, fields: { place: 'Ferry bank' } })
  })

  test('[CF5] when somebody looked is kept; what one says oneself is never new', async () => {
    const { node, group } = await aFire()
    await node.campfire.send(group, { text: 'Who has salt?' })
    await node.campfire.markSeen(group)
    expect((await talkOf(node, group)).news).toEqual({ unread: 0, first: undefined, late: [] })
  })

  test('[CF6] a group that is none says so', async () => {
    const { node } = await aFire()
    await expect(node.campfire.send('nowhere', { text: '' })).rejects.toMatchObject({
      failure: { code: 'hash/malformed' },
    })
    expect(node.campfire.talk('nowhere').getState()).toMatchObject({ status: 'failed' })
  })
})
