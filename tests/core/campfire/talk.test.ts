import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chatOrder, newestOf } from '../../../src/core/campfire/chat-order.ts'
import type { Placed } from '../../../src/core/campfire/chat-order.ts'
import { type Reacted, type Said, newsIn, threadOf, toTalk } from '../../../src/core/campfire/talk.ts'
import type { DocumentId, PublicKey } from '../../../src/core/ids.ts'

const id = (name: string | number): DocumentId => String(name).padStart(4, '0') as DocumentId
const placed = (name: string | number, sentAt = 0, ...after: readonly (string | number)[]): Placed => ({
  id: id(name),
  sentAt,
  after: after.map(id),
})
const names = (messages: readonly Placed[]): string => messages.map((one) => one.id.replace(/^0+/, '')).join(' ')
const oona = 'oona' as PublicKey
const jun = 'jun' as PublicKey
const said = (name: string, arrivedAt = 0, publicKey = oona, more: Partial<Said> = {}): Said => ({
  ...placed(name, arrivedAt),
  publicKey,
  arrivedAt,
  text: name,
  replyTo: [],
  things: [],
  files: [],
  isEdited: false,
  ...more,
})
const reacted = (name: string, message: string, emoji: string, publicKey = oona): Reacted => ({
  id: id(name),
  message: id(message),
  emoji,
  publicKey,
})

/** A talk of several who hear of each other now and then: each message comes after some that there are. */
const anyTalk = fc
  .array(fc.record({ sentAt: fc.integer({ min: 0, max: 9 }), after: fc.array(fc.nat(60), { maxLength: 8 }) }), {
    maxLength: 60,
  })
  .map((all) =>
    all.map(({ sentAt, after }, at) =>
      placed((at * 37) % 61, sentAt, ...after.filter((n) => n < at).map((n) => (n * 37) % 61)),
    ),
  )

describe('the order of a talk', () => {
  test('[CF1] what somebody knew comes first, then what was sent first, then the lowest id', () => {
    const talk = [placed('d', 5, 'b'), placed('b', 9, 'a'), placed('a', 7), placed('c', 8), placed('e', 8)]
    expect(names(chatOrder(talk))).toBe('a c e b d')
  })

  test('[CF1] is one, in whatever order messages come', () => {
    const shuffled = anyTalk.chain((talk) =>
      fc.tuple(fc.constant(talk), fc.shuffledSubarray(talk, { minLength: talk.length })),
    )
    fc.assert(
      fc.property(shuffled, ([talk, other]) => {
        expect(names(chatOrder([...other, ...other]))).toBe(names(chatOrder(talk)))
      }),
    )
  })

  test('[CF1] puts nothing before what it comes after', () => {
    fc.assert(
      fc.property(anyTalk, (talk) => {
        const places = new Map(chatOrder(talk).map((one, at) => [one.id, at]))
        expect(places.size).toBe(talk.length)
        for (const one of talk)
          for (const before of one.after) expect(places.get(before)).toBeLessThan(places.get(one.id)!)
      }),
    )
  })

  test('[CF2] ids that nobody has count for nothing, nor does a message that names itself', () => {
    expect(names(chatOrder([placed('b', 2, 'x'), placed('a', 1, 'y', 'a')]))).toBe('a b')
  })

  test('[CF2] a circle, which hashes cannot make, is begun where it is due first, and nobody is lost', () => {
    expect(names(chatOrder([placed('c', 3, 'b'), placed('b', 2, 'c'), placed('d', 1, 'c')]))).toBe('d b c')
  })

  test('[CF2] a clock far ahead moves only its own message, and those that come after it', () => {
    const talk = [placed('z', 4_000_000_000), placed('a', 1), placed('b', 2, 'z'), placed('c', 3)]
    expect(names(chatOrder(talk))).toBe('a c z b')
  })

  test('[CF2] hundreds of names in each message cost what they are, no more', () => {
    const talk = Array.from({ length: 1000 }, (_, at) =>
      placed(at, 0, ...Array.from({ length: Math.min(at, 300) }, (__, back) => at - back - 1)),
    )
    expect(chatOrder(talk.toReversed()).map((one) => one.id)).toEqual(talk.map((one) => one.id))
  })

  test('[CF3] the newest are those that nothing comes after, eight at most', () => {
    const talk = [placed('a'), placed('b', 1, 'a'), placed('c', 2, 'a')]
    expect(newestOf(chatOrder(talk), 8)).toEqual([id('b'), id('c')])
    const many = Array.from({ length: 20 }, (_, at) => placed(at, at))
    expect(newestOf(chatOrder(many), 8)).toEqual(many.slice(12).map((one) => one.id))
  })
})

describe('a talk', () => {
  test('[CF4] counts each key once under a message and a sign', () => {
    const reactions = [
      reacted('r3', 'a', '🔥'),
      reacted('r1', 'a', '🔥'),
      reacted('r2', 'a', '🔥', jun),
      reacted('r4', 'a', '🐼', jun),
      reacted('r5', 'x', '🐼'),
    ]
    const [message] = toTalk([said('a')], reactions)
    expect(message?.reactions).toEqual([
      {
        emoji: '🔥',
        by: [
          { publicKey: jun, id: id('r2') },
          { publicKey: oona, id: id('r1') },
        ],
      },
      { emoji: '🐼', by: [{ publicKey: jun, id: id('r4') }] },
    ])
    expect(toTalk([said('a')], reactions.toReversed())).toEqual(toTalk([said('a')], reactions))
  })

  test('[CF4] a thing has a thread: what names it', () => {
    const talk = [said('a', 0, oona, { things: [id('otter')] }), said('b', 1)]
    expect(names(threadOf(talk, id('otter')))).toBe('a')
  })

  test('[CF5] what came since somebody looked is marked, one’s own never', () => {
    const talk = [said('a', 1), said('b', 5, jun), said('c', 6, jun), said('d', 7)]
    expect(newsIn(talk, 4, new Set([oona]))).toMatchObject({ unread: 2, first: id('b') })
    expect(newsIn(talk, 9, new Set([oona]))).toEqual({ unread: 0, first: undefined, late: [] })
  })

  test('[CF5] who comes late with messages from before is told in one line, at the first of them', () => {
    const talk = [said('a', 1), said('b', 8, jun), said('c', 8, jun), said('d', 2), said('e', 8, jun)]
    expect(newsIn(talk, 4, new Set([oona])).late).toEqual([{ publicKey: jun, count: 2, before: id('b') }])
    expect(newsIn(talk.slice(4), 4, new Set([oona])).late).toEqual([])
  })

  test('[CF5] who is answered did not come late', () => {
    const talk = [said('a', 1), said('b', 5, jun), said('c', 6)]
    expect(newsIn(talk, 4, new Set([oona]))).toEqual({ unread: 1, first: id('b'), late: [] })
  })
})
