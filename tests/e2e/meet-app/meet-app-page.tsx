/** The app as it is, for meet.spec.ts, which also looks at its node. */
import '../../../src/app/styles/tokens.css'
import '../../../src/app/styles/base.css'
import { createRoot } from 'react-dom/client'
import { App } from '../../../src/app/app.tsx'
import { speak } from '../../../src/app/messages/messages.tsx'
import { followSettings, useSettings } from '../../../src/app/state/settings.ts'
import { openNode } from '../../../src/sdk/index.ts'

followSettings()
const node = openNode({ legacyOpenDocuments: true })
createRoot(document.querySelector('#root')!).render(
  <App speech={await speak(useSettings.getState().language)} node={node} />,
)
Object.assign(globalThis, { node: await node })
