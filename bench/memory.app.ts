import { median, type AppSubject } from './harness/subject.ts'
import { heldNow, openFilled, workersOf } from './support/app.ts'

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
      all.push(await heldNow(session, workers))
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
