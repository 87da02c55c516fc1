/**
 * The screen of meet.spec.ts. `?name=aa`: with meetings whose channels lie in a worker that moves bytes; this is the key of who it is.
 * Without a name: with a real node, as in the app.
 */
import '../../../src/app/styles/tokens.css'
import '../../../src/app/styles/base.css'
import { createRoot } from 'react-dom/client'
import { Toasts } from '../../../src/app/components/toasts.tsx'
import { CodeLink } from '../../../src/app/meet/code-link.tsx'
import { MeetScreen } from '../../../src/app/meet/meet-screen.tsx'
import { speak, SpeechProvider } from '../../../src/app/messages/messages.tsx'
import { followSettings, useSettings } from '../../../src/app/state/settings.ts'
import type { Meetings } from '../../../src/sdk/meet.ts'

followSettings()
const name = new URLSearchParams(location.search).get('name')

const withNode = async (): Promise<Meetings> => {
  const [{ openNode }, { meetingsOf }] = await Promise.all([
    import('../../../src/sdk/index.ts'),
    import('../../../src/sdk/meet.ts'),
  ])
  const node = await openNode()
  Object.assign(globalThis, { node })
  return meetingsOf(node)
}
const withBytes = async (key: string): Promise<Meetings> => (await import('./byte-meetings.ts')).byteMeetings(key)

const { begin, passOn } = name === null ? await withNode() : await withBytes(name)
const code = /^#\/meet\/(.+)$/.exec(location.hash)?.[1]
createRoot(document.querySelector('#root')!).render(
  <SpeechProvider first={await speak(useSettings.getState().language)}>
    <main>
      {code === undefined ? <MeetScreen begin={begin} /> : <CodeLink code={code} begin={begin} passOn={passOn} />}
    </main>
    <Toasts />
  </SpeechProvider>,
)
