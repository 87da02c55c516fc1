import { readFileSync, readdirSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { median, type AppRow, type AppSubject } from './harness/subject.ts'
import { collectionUrl, openFilled } from './support/app.ts'

const runs = 7

/** Runs in every page, before all else: when the first thing can be seen. */
const watchFirstThing = (): void => {
  const look = (): void => {
    if (document.querySelector('[data-thing]'))
      requestAnimationFrame((now) => Object.assign(globalThis, { firstThingAt: now }))
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** Processor time of all worker threads of Chromium's pages, in ms; Linux only. */
const workerTime = (folder: string): number | undefined => {
  if (process.platform !== 'linux') return undefined
  let ticks = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) continue
      if (!isOf(pid, folder)) continue
      for (const task of readdirSync(`/proc/${pid}/task`)) {
        const stat = readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8')
        if (!stat.includes('(DedicatedWorker')) continue
        const [, , , , , , , , , , , user = '0', system = '0'] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        ticks += Number(user) + Number(system)
      }
    } catch {
      // It ended while we looked.
    }
  }
  return ticks * 10
}

/** Whether a process descends from the browser of this profile. */
const isOf = (pid: string, folder: string): boolean => {
  for (let at = pid; at !== '0' && at !== '1';) {
    if (readFileSync(`/proc/${at}/cmdline`, 'utf8').includes(folder)) return true
    const stat = readFileSync(`/proc/${at}/stat`, 'utf8')
    at = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '0'
  }
  return false
}

/** Asks again and again, from here: the app's policy lets no script wait for it in the page. */
const firstThing = async (page: Page): Promise<number> => {
  for (;;) {
    const at = (await page.evaluate('globalThis.firstThingAt')) as number | undefined
    if (at !== undefined) return at
    await page.waitForTimeout(200)
  }
}

export const subject: AppSubject = {
  name: 'open',
  about:
    'Opens the installed app on a list of 10,000 things: from the start of the navigation to the frame with the first thing, in a browser just started. The main thread at its own speed, and slowed 4 times.',
  measure: async (tools) => {
    const { folder, filled } = await openFilled(tools)
    const target = collectionUrl(tools.url, filled)
    const rows: AppRow[] = []
    for (const [rate, bound] of [
      [1, 1_000],
      [4, 2_500],
    ] as const) {
      const all: number[] = []
      const inWorkers: number[] = []
      for (let run = 0; run < runs; run += 1) {
        const { context } = await tools.open(folder)
        await context.addInitScript(watchFirstThing)
        const page = context.pages()[0] ?? (await context.newPage())
        const session = await context.newCDPSession(page)
        await session.send('Emulation.setCPUThrottlingRate', { rate })
        await page.goto(target, { waitUntil: 'commit' })
        all.push(await firstThing(page))
        const spent = workerTime(folder)
        if (spent !== undefined) inWorkers.push(spent)
      }
      const value = median(all)
      const name = rate === 1 ? 'first thing' : `first thing, main thread slowed ${rate} ×`
      rows.push({ name, value, unit: 'ms', all, toReach: `≤ ${bound} ms`, isReached: value <= bound })
      if (inWorkers.length > 0)
        rows.push({ name: 'of it processor time of workers', value: median(inWorkers), unit: 'ms', all: inWorkers })
    }
    return rows
  },
}
