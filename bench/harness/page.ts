import { measure } from './measure.ts'
import type { Row, Where } from './subject.ts'
import { loadSubject } from './subjects.ts'
import type { Answer } from './worker.ts'

const inWorker = (name: string): Promise<readonly Row[]> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('error', (event) => reject(new Error(event.message)))
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      worker.terminate()
      if ('rows' in data) resolve(data.rows)
      else reject(new Error(data.error))
    })
    worker.postMessage(name)
  })

// bench/run.mjs calls this through the browser's debugger.
Object.assign(globalThis, {
  measureSubject: async (name: string, where: Where): Promise<readonly Row[]> =>
    where === 'worker' ? inWorker(name) : measure(await loadSubject(name), where),
})
