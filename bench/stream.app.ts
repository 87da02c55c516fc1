import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { takibi } from '../scripts/takibi-process.mjs'
import type { AppSubject } from './harness/subject.ts'
import { writeAppBundle } from './support/app-bundle.ts'
import { heldNow, workersOf } from './support/app.ts'
import { longTasksSince, watchTasks } from './support/long-tasks.ts'
import { nodeLink, startNode } from './support/node-process.ts'
import { followBundle, isUpToDate, openPhone } from './support/two-phones.ts'

const things = 100_000
const sampleEveryMs = 250
const mostMs = 10 * 60_000

export const subject: AppSubject = {
  name: 'stream',
  about: `${things} things come to an empty phone from a node, by a session over WebSocket: the most memory of page and workers together while they come, sampled every ${sampleEveryMs} ms without collecting garbage, and the longest task of the main thread, its sync screen open.`,
  measure: async (tools) => {
    const folder = await mkdtemp(join(tmpdir(), 'takibi-bench-stream-'))
    const bundle = await writeAppBundle(join(folder, 'things.takibi'), things)
    const dataDir = join(folder, 'node')
    await takibi('import', bundle.file, '--data', dataDir)
    const node = await startNode('--data', dataDir, '--follow', bundle.schemaId)
    try {
      const page = await openPhone(tools)
      await page.context().addInitScript(watchTasks)
      await page.reload()
      await followBundle(page, tools.url, bundle)
      const session = await page.context().newCDPSession(page)
      const workers = await workersOf(session)
      const began = performance.now()
      const start = (await page.evaluate('performance.now()')) as number
      await page.goto(`${tools.url}${nodeLink(node)}`)
      await page.getByRole('button', { name: /^Connect with/ }).click()
      const samples: number[] = []
      const done = isUpToDate(page, tools.url, mostMs).then(() => true)
      while (!(await Promise.race([done, page.waitForTimeout(sampleEveryMs).then(() => false)])))
        samples.push(await heldNow(session, workers))
      const seconds = (performance.now() - began) / 1_000
      const longest = await longTasksSince(page, start)
      const most = Math.max(...samples)
      const speed = things / seconds
      return [
        {
          name: `most memory of page and ${workers.length} workers`,
          value: most,
          unit: 'MB',
          all: [most],
          toReach: '≤ 250 MB',
          isReached: most <= 250,
        },
        {
          name: 'longest task',
          value: longest,
          unit: 'ms',
          all: [longest],
          toReach: '≤ 50 ms',
          isReached: longest <= 50,
        },
        { name: 'until the screen says it is all here', value: speed, unit: 'entries/s', all: [speed] },
      ]
    } finally {
      await node.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
}
