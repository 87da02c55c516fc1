import { expect, test } from 'vitest'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import type { Change, Store } from '../../src/ports/store.ts'
import { aCrew } from './authority/a-crew.ts'
import { anAuthor } from './author.ts'
import { shared, take } from './door.ts'

test('[R2] what is stored while somebody finds that it is missing is found all the same', async () => {
  const { all, found, admit } = aCrew()
  const ada = anAuthor(1)
  const group = found(ada)
  const membership = admit(ada, group, anAuthor(2), 'member')
  const [genesis] = group.written
  const { database, open } = shared()
  const store = openMemoryStore(database)
  let late: Promise<unknown> | undefined
  // The group comes after the membership was judged without it, and before that is written down.
  const isWaiting = (change: Change): boolean => 'put' in change && change.put === 'pending' && !change.value.item
  const slow: Store = {
    ...store,
    commit: async (changes, expected, isAllowed) => {
      if (late === undefined && changes.some(isWaiting)) {
        late = take(open(), [genesis!])
        // Stored, but for its view, which has to wait its turn.
        while ((await store.documentsOf([genesis!.id]))[0] === undefined) await new Promise(setImmediate)
      }
      return store.commit(changes, expected, isAllowed)
    },
  }
  const deps = open({ store: slow })
  await take(
    deps,
    all.filter((one) => one !== genesis),
  )
  await late
  await deps.materialiser.settled()
  expect(late).toBeDefined()
  expect(await deps.store.view(membership.id)).toBeDefined()
  expect(await deps.store.allPending(10)).toEqual([])
})
