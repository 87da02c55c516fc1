import { expect, test } from 'vitest'
import type { EngineDeps } from '../../../src/engine/deps.ts'
import { fieldsToValues } from '../../../src/core/operation/values.ts'
import { type Written, anAuthor } from '../author.ts'
import { oneDoor, take } from '../door.ts'
import { type Paper, aCrew } from '../authority/a-crew.ts'

/** The memberships that a group's document lists. */
const listed = async (deps: EngineDeps, group: Paper): Promise<unknown> =>
  fieldsToValues((await deps.store.view(group.id))!.fields)['members']

/** Ada's group with keepers Bo and Cy; what `by` lists, knowing only `after`. */
function aGroup() {
  const crew = aCrew()
  const [ada, bo, cy, dan] = [anAuthor(1), anAuthor(2), anAuthor(3), anAuthor(4)] as const
  const group = crew.found(ada, crew.found(ada))
  const [bos, cys] = [crew.admit(ada, group, bo, 'keeper'), crew.admit(ada, group, cy, 'keeper')]
  const begun = [...group.tips]
  const list = (by: typeof ada, members: readonly Paper[], after: readonly Written[] = begun): Written =>
    crew.goOn(
      by,
      group,
      {
        members: {
          plain: 'hashes',
          value: members.map(({ id }) => id as string).sort((a, b) => (a < b ? -1 : 1)) as never,
        },
      },
      after,
    )
  return { ...crew, ada, bo, cy, dan, group, bos, cys, list }
}

test('[R5] lists that were written apart from each other are one; a shorter one takes nothing back', async () => {
  const { all, ada, bo, dan, group, bos, cys, list } = aGroup()
  list(ada, [bos])
  const second = list(bo, [cys])
  list(dan, [group])
  list(ada, [], [second])
  const deps = oneDoor()
  await take(deps, all)
  expect(await listed(deps, group)).toEqual([bos.id, cys.id].toSorted())
})

test('[R5] what is deleted leaves the list, also when that comes later', async () => {
  const { all, ada, bo, group, bos, cys, list, goOn } = aGroup()
  list(ada, [bos])
  list(bo, [cys])
  const deps = oneDoor()
  await take(deps, all)
  const before = all.length
  goOn(ada, cys, 'delete')
  await take(deps, all.slice(before))
  expect(await listed(deps, group)).toEqual([bos.id])
})

test('[R5] what somebody listed goes when it turns out that they might not', async () => {
  const { all, ada, bo, group, bos, cys, list, turn } = aGroup()
  list(bo, [cys])
  const deps = oneDoor()
  await take(deps, all)
  expect(await listed(deps, group)).toEqual([cys.id])
  const before = all.length
  turn(ada, bos, { accepted: false })
  await take(deps, all.slice(before))
  expect(await listed(deps, group)).toEqual([])
})
