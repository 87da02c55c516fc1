import { expect, test } from 'vitest'
import type { DocumentId, SchemaId } from '../../../src/core/ids.ts'
import type { EngineDeps } from '../../../src/engine/deps.ts'
import { hexToBytes } from '../../../src/core/bytes/hex.ts'
import { anAuthor, text } from '../author.ts'
import { type Paper, aCrew, rowTo } from '../authority/a-crew.ts'
import { oneDoor, take } from '../door.ts'

/** The groups in whose control closure a document is. */
const closuresOf = async (deps: EngineDeps, { id }: Paper): Promise<readonly DocumentId[]> => {
  const [parts = []] = await deps.store.partsOf([id])
  return parts
    .filter(({ part }) => part === 0)
    .map(({ scope }) => scope.slice('group:'.length) as DocumentId)
    .toSorted()
}
const ids = (...papers: readonly Paper[]): readonly DocumentId[] => papers.map(({ id }) => id).toSorted()

/** Ada's group, and Bo with a person of two keys. */
function someGroups() {
  const crew = aCrew()
  const [ada, bo, laptop] = [anAuthor(1), anAuthor(2), anAuthor(3)] as const
  const group = crew.found(ada)
  const person = crew.found(bo)
  const device = crew.admit(bo, person, laptop, 'keeper')
  return { ...crew, ada, bo, laptop, group, person, device }
}

test('[GS8] a person comes into the closures of the groups that she asks in, whatever came first', async () => {
  const { all, ask, bo, group, person, device } = someGroups()
  const asked = ask(bo, group, person)
  for (const order of [all, all.toReversed()]) {
    const deps = oneDoor()
    await take(deps, order)
    expect(await closuresOf(deps, device)).toEqual(ids(group, person))
    // Her own devices hear of it, nobody else she is with does.
    expect(await closuresOf(deps, asked)).toEqual(ids(group, person))
    expect(await closuresOf(deps, group)).toEqual(ids(group))
  }
})

test('[GS8] a second request of a person enters once the key that asked is found to be hers', async () => {
  const { all, ask, laptop, group, person } = someGroups()
  const before = all.length
  const asked = ask(laptop, group, person)
  const [grant] = all.splice(before - 1, 1)
  const deps = oneDoor()
  await take(deps, all)
  expect(await closuresOf(deps, asked)).toEqual(ids(group))
  await take(deps, [grant!])
  expect(await closuresOf(deps, asked)).toEqual(ids(group, person))
})

test('[GS10] a group that strangers name stays where it is', async () => {
  const { all, ask, ada, group, person, device } = someGroups()
  const asked = ask(ada, group, person)
  const deps = oneDoor()
  await take(deps, all)
  expect(await closuresOf(deps, device)).toEqual(ids(person))
  expect(await closuresOf(deps, asked)).toEqual(ids(group))
})

test('[GS7] a limit that came before its membership was known to be of a group enters with it', async () => {
  const { all, admit, limit, ada, bo, group } = someGroups()
  const membership = admit(ada, group, bo, 'member')
  const kept = limit(ada, membership, bo.publicKey, 'keep', [rowTo(membership.written[0]!)])
  const [genesis, ...later] = all
  const deps = oneDoor()
  await take(deps, later)
  expect(await closuresOf(deps, kept)).toEqual([])
  await take(deps, [genesis!])
  expect(await closuresOf(deps, kept)).toEqual(ids(group))
})

test('[NH2] a knock that came before its request enters with it', async () => {
  const { all, ask, begin, bo, group, person } = someGroups()
  const asked = ask(bo, group, person)
  const knock = begin(bo, 'group_knock_v1' as SchemaId, {
    request: { plain: 'bytes', value: hexToBytes(asked.id) },
    invite: text('ab'.repeat(32)),
    proof: { plain: 'bytes', value: new Uint8Array(64) },
    note: { plain: 'bytes', value: new Uint8Array(8) },
  })
  const deps = oneDoor()
  await take(
    deps,
    all.filter(({ id }) => id !== asked.written[0]!.id),
  )
  expect(await closuresOf(deps, knock)).toEqual([])
  await take(deps, asked.written)
  expect(await closuresOf(deps, knock)).toEqual(ids(group))
  expect(await deps.store.allPending(10)).toEqual([])
})
