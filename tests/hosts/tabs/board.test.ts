import { expect, onTestFinished, test } from 'vitest'
import { memoryBroadcastHub } from '../../../src/adapters/memory/memory-broadcast.ts'
import { memoryLocks } from '../../../src/adapters/memory/memory-locks.ts'
import { joinBoard } from '../../../src/hosts/tabs/board.ts'

interface Row {
  readonly name: string
  readonly count?: number
}

/** The tabs of one browser; what they say takes some turns to arrive. */
const aBrowser = () => {
  const [locks, hub] = [memoryLocks(), memoryBroadcastHub()]
  const open = (name: string) => {
    const life = new AbortController()
    onTestFinished(() => life.abort())
    const board = joinBoard<Row>({ locks, broadcast: hub(), database: 'db' }, name, { name }, life.signal)
    return { ...board, close: () => life.abort() }
  }
  return open
}
const passes = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('[L5] every tab reads the rows of all others, whoever came first', async () => {
  const open = aBrowser()
  const a = open('a')
  a.write({ count: 1 })
  await passes()
  const b = open('b')
  await passes()
  a.write({ count: 2 })
  await passes()
  const c = open('c')
  await passes()
  expect(b.others()).toEqual([{ name: 'a', count: 2 }, { name: 'c' }])
  expect(c.others()).toEqual(expect.arrayContaining([{ name: 'a', count: 2 }, { name: 'b' }]))
})

test('[L5] the row of a tab that is gone goes with it, and the others are told what stood there', async () => {
  const open = aBrowser()
  const [a, b] = [open('a'), open('b')]
  const told: Partial<Row>[] = []
  b.subscribe((change) => told.push(change))
  a.write({ count: 7 })
  await passes()
  a.close()
  await passes()
  expect(b.others()).toEqual([])
  expect(told.at(-1)).toEqual({ name: 'a', count: 7 })
})
