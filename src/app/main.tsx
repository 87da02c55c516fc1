import './styles/tokens.css'
import './styles/base.css'
import './styles/fonts.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { openNode } from '../sdk/index.ts'
import { App } from './app.tsx'
import { speak } from './messages/messages.tsx'
import { ofThisApp } from './data/this-app.ts'
import { followIdentities } from './state/identities.ts'
import { watchInstall } from './state/install.ts'
import { followSettings, useSettings } from './state/settings.ts'

followSettings()
followIdentities()
watchInstall()
const node = openNode(ofThisApp)
// Its failure is shown by the app; here it must only not count as unhandled until React looks at it.
node.catch(() => undefined)
const root = document.querySelector('#root')
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <App speech={await speak(useSettings.getState().language)} node={node} />
    </StrictMode>,
  )
