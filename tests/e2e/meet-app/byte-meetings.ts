import workerUrl from '../rtc-worker.ts?worker&url'
import type { PublicKey } from '../../../src/core/ids.ts'
import { startMeet } from '../../../src/hosts/page/meet.ts'
import { passCodeOn } from '../../../src/hosts/page/meet-tabs.ts'
import { trustOnly } from '../../../src/hosts/trusted-script-url.ts'
import type { Meetings } from '../../../src/sdk/meet.ts'

const database = 'meet'

/** Meetings of whoever has this key, repeated; the page's `inWorker` moves bytes through what is met. */
export function byteMeetings(key: string): Meetings {
  const worker = new Worker(trustOnly([workerUrl])(workerUrl), { type: 'module' })
  const calls = new Map<number, (value: unknown) => void>()
  worker.addEventListener('message', ({ data }: MessageEvent<{ readonly call: number; readonly value: unknown }>) =>
    calls.get(data.call)?.(data.value),
  )
  Object.assign(globalThis, {
    inWorker: (channel: number, what: string, size = 0) =>
      new Promise((resolve) => {
        const call = calls.size
        calls.set(call, resolve)
        worker.postMessage({ call, channel, what, size })
      }),
  })
  return {
    begin: () =>
      startMeet({
        database,
        post: (message, transfer) => worker.postMessage(message, transfer),
        transportKey: async () => key.repeat(32) as PublicKey,
        inviteSecret: null,
      }),
    passOn: (code) => passCodeOn(database, code),
  }
}
