import type { Page } from '@playwright/test'
import type { KnownSchema, TakibiNode } from '../../src/sdk/types.ts'
import { expect, test, type Plain } from './plain-page.ts'

/** How long both tabs write. */
const writingMs = 30_000
/** How soon a change must be seen in the other tab. */
const seenWithinMs = 1_000

/** What a tab wrote and saw, by number of the write; times in milliseconds since the Unix epoch. */
interface Notebook {
  readonly wrote: readonly number[]
  readonly saw: readonly number[]
  readonly updates: number
}

/** What a tab holds on to. */
interface Tab {
  readonly node: TakibiNode
  readonly schema: KnownSchema
}

/** Opens the one node of this origin and finds, or makes, what both tabs write to. */
const open = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const node = await (globalThis as unknown as Plain).openNode({ name: 'two-tabs' })
    const { schemas } = await node.schemas().once()
    const known = schemas.find(({ name }) => name === 'tick')
    const schema = known ?? (await node.defineSchema('tick', 'A write', { tab: 'str', n: 'int' }))
    Object.assign(globalThis, { node, schema })
  })

/**
 * Writes for some time, as fast as the node takes it: a new document each time, and a change to the document both tabs share,
 * so that they meet in one log. Meanwhile notes when it first saw the other's writes.
 */
const write = (page: Page, tab: string, other: string, shared: string, ms: number): Promise<Notebook> =>
  page.evaluate(
    async ([own, others, document, duration]) => {
      const { node, schema } = globalThis as unknown as Tab
      const wrote: number[] = []
      const saw: number[] = []
      let updates = 0
      const view = node.query(schema.id, { where: { tab: { eq: others } }, orderBy: ['-n'], first: 1 })
      const stop = view.subscribe(({ documents }) => {
        const newest = Number(documents[0]?.fields['n'] ?? -1)
        while (saw.length <= newest) saw.push(Date.now())
      })
      const end = Date.now() + duration
      while (Date.now() < end) {
        await node.create(schema.id, { tab: own, n: wrote.length })
        wrote.push(Date.now())
        await node.update(document, { n: updates })
        updates += 1
      }
      await new Promise((resolve) => setTimeout(resolve, 2_000))
      stop()
      return { wrote, saw, updates }
    },
    [tab, other, shared, ms] as const,
  )

test('two tabs that write at once fork no log, lose nothing, and see each other within a second', async ({
  context,
  plainPage,
}) => {
  test.setTimeout(writingMs + 60_000)
  const tabs = [await plainPage(context), await plainPage(context)] as const
  for (const tab of tabs) await open(tab)
  const shared = await tabs[0].evaluate(async () => {
    const { node, schema } = globalThis as unknown as Tab
    return node.create(schema.id, { tab: 'both', n: 0 })
  })

  const [a, b] = await Promise.all([
    write(tabs[0], 'a', 'b', shared, writingMs),
    write(tabs[1], 'b', 'a', shared, writingMs),
  ])
  expect(a.wrote.length, 'tab a came to write').toBeGreaterThan(50)
  expect(b.wrote.length, 'tab b came to write').toBeGreaterThan(50)

  for (const [writer, reader] of [
    [a, b],
    [b, a],
  ] as const) {
    expect(reader.saw).toHaveLength(writer.wrote.length)
    const slowest = Math.max(...writer.wrote.map((at, n) => (reader.saw[n] ?? Infinity) - at))
    expect(slowest, 'milliseconds from stored to seen in the other tab').toBeLessThanOrEqual(seenWithinMs)
  }

  for (const tab of tabs) {
    const found = await tab.evaluate(async (id) => {
      const { node, schema } = globalThis as unknown as Tab
      const { totalCount } = await node.query(schema.id, { first: 1 }).once()
      const { changes } = await node.history(id).once()
      const report = await node.verify()
      return { totalCount, changes: changes.length, damaged: report.damaged, forks: await node.inspect.forks() }
    }, shared)
    expect(found).toEqual({
      totalCount: a.wrote.length + b.wrote.length + 1,
      changes: a.updates + b.updates + 1,
      damaged: [],
      forks: [],
    })
  }
})
