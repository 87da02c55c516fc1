import { type ReactNode, Suspense, use, useState } from 'react'
import { Router } from 'wouter'
import { openNode, type TakibiNode } from '../sdk/index.ts'
import { NodeProvider } from '../sdk/react/index.ts'
import { TroubleBoundary } from './components/trouble.tsx'
import { ofThisApp } from './data/this-app.ts'
import { CollectionsProvider } from './data/use-collections.tsx'
import { SyncProvider } from './data/use-sync.tsx'
import { FireMark } from './fire/fire-mark.tsx'
import { type Speech, SpeechProvider, useMessages } from './messages/messages.tsx'
import { useHashLocation } from './paths.ts'
import { Routes } from './routes.tsx'
import { UpdateNotice } from './shell/notices.tsx'
import { Shell } from './shell/shell.tsx'

/** @param speech of the first language; @param node being opened, since before React came */
export const App = ({ speech, node }: { readonly speech: Speech; readonly node: Promise<TakibiNode> }) => (
  <SpeechProvider first={speech}>
    {/* oxlint-disable-next-line react/hooks -- wouter takes the hook itself */}
    <Router hook={useHashLocation}>
      <WithNode first={node}>
        <CollectionsProvider>
          <SyncProvider>
            <Shell>
              <Routes />
            </Shell>
          </SyncProvider>
        </CollectionsProvider>
      </WithNode>
      {/* Beside the node, not inside: where it does not open, a newer version may be what helps. */}
      <UpdateNotice />
    </Router>
  </SpeechProvider>
)

/** Waits for the node. Where it does not open, says why, and tries again when asked. */
const WithNode = ({ first, children }: { readonly first: Promise<TakibiNode>; readonly children: ReactNode }) => {
  const t = useMessages()
  const [node, setNode] = useState(first)
  return (
    <TroubleBoundary t={t} isWhole resetBy="" onAgain={() => setNode(openNode(ofThisApp))}>
      <Suspense fallback={<Opening />}>
        <Ready node={node}>{children}</Ready>
      </Suspense>
    </TroubleBoundary>
  )
}

const Ready = ({ node, children }: { readonly node: Promise<TakibiNode>; readonly children: ReactNode }) => (
  <NodeProvider node={use(node)}>{children}</NodeProvider>
)

/** Seen for a moment at most; says its words only to screen readers. */
const Opening = () => {
  const t = useMessages()
  return (
    <div style={{ display: 'grid', placeItems: 'center', minBlockSize: '100dvh' }} role="status">
      <FireMark size={56} />
      <span className="visually-hidden">{t.shell.loading}</span>
    </div>
  )
}
