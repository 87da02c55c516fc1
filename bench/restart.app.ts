import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { median, type AppSubject } from './harness/subject.ts'

const runs = 5

/** An empty page of the library's own origin, with a node of the built library in it. Milliseconds to the first row of its newest schema. */
const openToFirstRow = (page: Page): Promise<number> =>
  page.evaluate(`(async () => {
    const start = performance.now()
    const { openNode } = await import('/index.js')
    const node = await openNode({ legacyOpenDocuments: true })
    const schema = localStorage.getItem('schema')
    const rows = node.query(schema, { orderBy: ['item'], first: 1 })
    await new Promise((seen) => rows.subscribe(({ documents }) => documents.length > 0 && seen()))
    const taken = performance.now() - start
    await node.close()
    return taken
  })()`)

/** Takes the bundle in by the built library, and remembers its schema for the next start. */
const fill = (page: Page, bundle: string): Promise<void> =>
  page.evaluate(`(async () => {
    const { openNode } = await import('/index.js')
    const node = await openNode({ legacyOpenDocuments: true })
    await node.import(Uint8Array.from(atob('${bundle}'), (letter) => letter.charCodeAt(0)))
    const { schemas } = await node.schemas().once()
    localStorage.setItem('schema', schemas.find(({ definition }) => definition !== undefined).id)
    await node.close()
  })()`)

export const subject: AppSubject = {
  name: 'restart',
  about:
    'Opens the built library on 10,000 things in a browser just started: from loading its script, with all its workers, to the first row of a sorted list; how many rows there are in all is said later.',
  measure: async ({ library, open, bundle }) => {
    const { file } = await bundle()
    const { context, folder } = await open()
    const page = context.pages()[0] ?? (await context.newPage())
    await page.goto(`${library}core.js`)
    await fill(page, (await readFile(file)).toString('base64'))
    const all: number[] = []
    for (let run = 0; run < runs; run += 1) {
      const { context: started } = await open(folder)
      const next = started.pages()[0] ?? (await started.newPage())
      await next.goto(`${library}core.js`)
      all.push(await openToFirstRow(next))
    }
    const value = median(all)
    return [{ name: 'restart to the first row', value, unit: 'ms', all, toReach: '≤ 250 ms', isReached: value <= 250 }]
  },
}
