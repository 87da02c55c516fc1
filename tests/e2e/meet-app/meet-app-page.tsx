/** The screen of meet.spec.ts: as the app has it, with meetings whose channels lie in a worker that moves bytes. `?name=aa` is who this is. */
import '../../../src/app/styles/tokens.css'
import '../../../src/app/styles/base.css'
import { createRoot } from 'react-dom/client'
import workerUrl from '../rtc-worker.ts?worker&url'
import { Toasts } from '../../../src/app/components/toasts.tsx'
import { CodeLink } from '../../../src/app/meet/code-link.tsx'
import { MeetScreen } from '../../../src/app/meet/meet-screen.tsx'
import { speak, SpeechProvider } from '../../../src/app/messages/messages.tsx'
import { followSettings, useSettings } from '../../../src/app/state/settings.ts'
import type { PublicKey } from '../../../src/core/ids.ts'
import { startMeet, type Meet } from '../../../src/hosts/page/meet.ts'
import { passCodeOn } from '../../../src/hosts/page/meet-tabs.ts'
import { trustOnly } from '../../../src/hosts/trusted-script-url.ts'

followSettings()
const worker = new Worker(trustOnly([workerUrl])(workerUrl), { type: 'module' })
const name = new URLSearchParams(location.search).get('name') ?? 'aa'
const database = 'meet'

const begin = (): Meet =>
  startMeet({
    database,
    post: (message, transfer) => worker.postMessage(message, transfer),
    transportKey: name.repeat(32) as PublicKey,
    inviteSecret: null,
  })
const passOn = (code: string): ReturnType<typeof passCodeOn> => passCodeOn(database, code)

const code = /^#\/meet\/(.+)$/.exec(location.hash)?.[1]
createRoot(document.querySelector('#root')!).render(
  <SpeechProvider first={await speak(useSettings.getState().language)}>
    <main>
      {code === undefined ? <MeetScreen begin={begin} /> : <CodeLink code={code} begin={begin} passOn={passOn} />}
    </main>
    <Toasts />
  </SpeechProvider>,
)

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
