import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentHistory } from '../../../src/engine/read-document.ts'
import { type Author, anAuthor } from '../author.ts'
import { oneDoor, take } from '../door.ts'
import { valueOf } from '../support.ts'
import { type Paper, aCrew, rowTo } from './a-crew.ts'

/** A crew in which each of three does things by turns, allowed or not, now and then without knowing the newest. */
function aStory(steps: readonly { readonly who: number; readonly what: number; readonly which: number }[]) {
  const crew = aCrew()
  const authors = [anAuthor(1), anAuthor(2), anAuthor(3)] as const
  const person = crew.found(authors[0])
  const group = crew.found(authors[0], person)
  const schema = crew.things(authors[0])
  const places = [
    crew.admit(authors[0], group, authors[1], 'keeper'),
    crew.admit(authors[0], group, authors[2], 'moderator'),
  ] as const
  const things: Paper[] = [crew.thing(authors[0], schema, group, 'first')]
  for (const { who, what, which } of steps) {
    const author: Author = authors[who % 3] ?? authors[0]
    const thing = things[which % things.length] as Paper
    const place = places[which % 2] ?? places[0]
    const key = (authors[1 + (which % 2)] ?? author).publicKey
    if (what === 0) things.push(crew.thing(author, schema, group, `${things.length}`))
    else if (what <= 3)
      crew.retitle(author, thing, `${who} ${what} ${which}`, what === 3 ? thing.written.slice(0, 1) : thing.tips)
    else if (what === 4) crew.goOn(author, thing, 'delete')
    else if (what === 5)
      crew.limit(author, place, key, which % 3 === 0 ? 'void' : 'keep', [rowTo(thing.written.at(-1)!)])
    else crew.turn(author, place, { accepted: what === 7, authorise: which % 3 !== 0 })
  }
  return { all: crew.all, things, group }
}

const anyStory = fc.array(fc.record({ who: fc.nat(2), what: fc.nat(7), which: fc.nat(11) }), {
  minLength: 4,
  maxLength: 16,
})

test('[R1] whatever comes first, and in whatever batches, everybody sees the same, and refuses the same for the same reason', async () => {
  await fc.assert(
    fc.asyncProperty(anyStory, fc.infiniteStream(fc.nat(1000)), async (steps, dice) => {
      const { all, things } = aStory(steps)
      const shuffled = [...all]
      for (let at = shuffled.length - 1; at > 0; at--) {
        const other = (dice.next().value as number) % (at + 1)
        ;[shuffled[at], shuffled[other]] = [shuffled[other]!, shuffled[at]!]
      }
      const look = async (deps: ReturnType<typeof oneDoor>) =>
        Promise.all(
          things.map(async ({ id }) => {
            const row = await deps.store.view(id)
            const told = valueOf(await documentHistory(deps, id)).map(({ operationId, refusal }) => [
              operationId,
              refusal,
            ])
            return [row?.viewId, row?.fields, row?.isDeleted, told]
          }),
        )
      const [inOrder, inPieces] = [oneDoor({}, {}), oneDoor({}, {})]
      await take(inOrder, all)
      for (let at = 0; at < shuffled.length; at += 5) await take(inPieces, shuffled.slice(at, at + 5))
      expect(await look(inPieces)).toEqual(await look(inOrder))
    }),
    { numRuns: 12 },
  )
})

test('[R3] a membership that came before its request has effect once that is here, also in what is said of it', async () => {
  const { all, found, admit } = aCrew()
  const [ada, bo] = [anAuthor(1), anAuthor(2)]
  const group = found(ada)
  const membership = admit(ada, group, bo, 'member')
  const [asked] = all.slice(-2)
  const deps = oneDoor()
  const refused = async () => (await deps.authority.documentsOf(group.id)).get(membership.id)?.refused
  await take(
    deps,
    all.filter((one) => one !== asked),
  )
  expect(await refused()).toEqual([membership.id])
  await take(deps, [asked!])
  expect(await refused()).toEqual([])
})
