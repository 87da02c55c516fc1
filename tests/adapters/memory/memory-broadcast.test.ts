import { expect, test } from 'vitest'
import { memoryBroadcastHub } from '../../../src/adapters/memory/memory-broadcast.ts'

test('[C6] all others hear a message, as a copy and a turn later; the sender does not', async () => {
  const open = memoryBroadcastHub()
  const [a, b, c] = [open(), open(), open()]
  const heard: [string, unknown][] = []
  a.subscribe((message) => heard.push(['a', message]))
  b.subscribe((message) => heard.push(['b', message]))
  const leave = c.subscribe((message) => heard.push(['c', message]))
  const message = { changed: [1n] }
  a.post(message)
  message.changed.push(2n)
  expect(heard).toEqual([])
  await Promise.resolve()
  expect(heard).toEqual([
    ['b', { changed: [1n] }],
    ['c', { changed: [1n] }],
  ])
  leave()
  b.post('again')
  await Promise.resolve()
  expect(heard.slice(2)).toEqual([['a', 'again']])
})
