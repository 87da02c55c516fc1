import { median, type AppSubject } from './harness/subject.ts'
import { openFilled, workersOf } from './support/app.ts'

const megabyte = 1024 * 1024
const heldBy = ({ usedSize = 0, backingStorageSize = 0 }: Record<string, number>): number =>
  (usedSize + backingStorageSize) / megabyte

export const subject: AppSubject = {
  name: 'memory',
  about:
    'What the app holds with 10,000 things, their list open: used heap and backing storage of the page, its workers and the service worker, after a garbage collection.',
  measure: async (tools) => {
    const { page, context } = await openFilled(tools)
    const session = await context.newCDPSession(page)
    const workers = await workersOf(session)
    const all: number[] = []
    for (let round = 0; round < 5; round += 1) {
      await page.waitForTimeout(1_000)
      await session.send('HeapProfiler.collectGarbage')
      for (const worker of workers) await worker.send('HeapProfiler.collectGarbage')
      let held = heldBy({ ...(await session.send('Runtime.getHeapUsage')) })
      for (const worker of workers) held += heldBy(await worker.send('Runtime.getHeapUsage'))
      all.push(held)
    }
    const value = median(all)
    return [
      {
        name: `page and ${workers.length} workers, 10,000 things open`,
        value,
        unit: 'MB',
        all,
        toReach: '≤ 150 MB',
        isReached: value <= 150,
      },
    ]
  },
}
