import { describe, expect, test } from 'vitest'
import { maxWaitingBytes } from '../../src/core/limits.ts'
import { type Written, anAuthor, named, text, update } from './author.ts'
import { judged, nameOf, oneDoor, take } from './door.ts'
import { memoryClock } from '../../src/adapters/memory/memory-clock.ts'

const root = anAuthor(1).create(named('root'))
const operationBytes = 700_000
/** As many as one key has room for. */
const share = Math.floor(maxWaitingBytes / 4 / operationBytes)

/** Large entries of one key that wait for the same missing one, each in a log of its own. */
const waiting = (seedByte: number, count: number): readonly Written[] => {
  const author = anAuthor(seedByte)
  return Array.from({ length: count }, (_, n) =>
    author.write([], {
      ...update([root], `n${n}`),
      fields: { name: text(`${n}`.padEnd(operationBytes, '.')) },
    } as never),
  )
}

describe('entries that wait for something missing', () => {
  test('[E13] of one key have so much room and no more, while others still find some', async () => {
    const deps = oneDoor()
    const words = await judged(deps, ...waiting(2, share + 2))
    expect(words.filter((word) => word === 'missing-previous')).toHaveLength(share)
    expect(words.slice(share)).toEqual(['entry/too-many-waiting', 'entry/too-many-waiting'])
    expect(await deps.store.allPending(1_000)).toHaveLength(share)
    expect(await judged(deps, ...waiting(3, 1))).toEqual(['missing-previous'])
  })

  test('[E13] of all keys together, too', async () => {
    const deps = oneDoor()
    for (const seedByte of [2, 3, 4, 5]) await take(deps, waiting(seedByte, share))
    expect(await judged(deps, ...waiting(6, 1 + 4))).toContain('entry/too-many-waiting')
  })

  test('[E13] are taken when they come again and there is room', async () => {
    const deps = oneDoor()
    const all = waiting(2, share + 1)
    await take(deps, all)
    await take(deps, [root])
    expect(await deps.store.allPending(10)).toEqual([])
    const another = anAuthor(7).create(named('another'))
    const late = anAuthor(2).write([], update([another], 'late'), { logId: 99n })
    expect(await judged(deps, late)).toEqual(['missing-previous'])
    await take(deps, [another])
    expect(await nameOf(deps, another.id)).toBe('late')
  })

  test('[E13] what another engine let go makes room again within a minute', async () => {
    const clock = memoryClock()
    const deps = oneDoor({ clock })
    const all = waiting(2, share + 1)
    await take(deps, all.slice(0, share))
    await deps.store.commit([{ delete: 'pending', id: all[0]!.id }], [])
    expect(await judged(deps, all[share]!)).toEqual(['entry/too-many-waiting'])
    clock.set(clock.now() + 60_000)
    expect(await judged(deps, all[share]!)).toEqual(['missing-previous'])
  })
})
