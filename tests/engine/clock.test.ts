import { expect, test } from 'vitest'
import type { Clock } from '../../src/ports/clock.ts'
import { memoryEngine } from '../../src/hosts/memory-engine.ts'
import { call, collect, createAll, define, from, join, valueOf } from './support.ts'

/** Devices whose battery was flat, and one that finds out in the middle. */
const clocks = {
  'stands at the first moment of 1970': () => 0,
  'stands before 1970': () => -86_400_000,
  'jumps back to 1970 and on again': (asked: number) => (asked % 3 === 1 ? 1_700_000_000_000 + asked : asked),
  'says nonsense between the milliseconds': (asked: number) => asked / 7,
}

test.each(Object.entries(clocks))('[D10] nothing breaks when the clock %s', async (_, now) => {
  let asked = 0
  const clock: Clock = { now: () => now(asked++), sleep: () => new Promise(() => undefined) }
  const { api } = memoryEngine(131, { clock })
  const { id: schema } = await define(api, { title: 'str' })
  const [first, second] = await createAll(api, schema, [{ title: 'a' }, { title: 'b' }])
  const seen: unknown[] = []
  const stop = new AbortController()
  const watching = api.watchDocument(first!, {
    signal: stop.signal,
    report: (state) => seen.push(valueOf(state)?.fields['title']),
  })
  for (const title of ['c', 'd', 'e'])
    valueOf(await api.publish([{ action: 'update', document: first!, fields: { title } }], call))
  valueOf(await api.publish([{ action: 'delete', document: second! }], call))

  expect(valueOf(await api.document(first!))).toMatchObject({ fields: { title: 'e' }, isEdited: true })
  const history = valueOf(await api.history(first!))
  expect(history.map(({ fields }) => fields['title'])).toEqual(['a', 'c', 'd', 'e'])
  for (const { receivedAt } of history) expect(Number.isSafeInteger(receivedAt) && receivedAt >= 0).toBe(true)
  const page = valueOf(await api.query({ schema, orderBy: [{ by: 'title', direction: 'asc' }] }, call))
  expect(page.documents.map(({ fields }) => fields['title'])).toEqual(['e'])
  expect(valueOf(await api.search('e', { limit: 10 }, call))).toHaveLength(1)
  expect(valueOf(await api.check(call)).damaged).toEqual([])

  const bundle = join(await collect(valueOf(await api.exportBundle({ all: true }, call))))
  const other = memoryEngine(132, { clock }).api
  expect(valueOf(await other.importBundle(from([bundle]), call))).toMatchObject({ rejectedCount: 0, pending: [] })
  expect(valueOf(await other.document(first!))).toMatchObject({ fields: { title: 'e' } })
  stop.abort()
  await watching
  expect(seen.at(-1)).toBe('e')
  await api.close()
  await other.close()
})
