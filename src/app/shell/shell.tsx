import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useLocation } from 'wouter'
import { Toasts } from '../components/toasts.tsx'
import { TroubleBoundary } from '../components/trouble.tsx'
import { classNames } from '../components/class-names.ts'
import { useMessages } from '../messages/messages.tsx'
import { go, path } from '../paths.ts'
import { useHasOthers } from '../state/identities.ts'
import { ReadOnlyBanner } from './notices.tsx'
import { Rail } from './rail.tsx'
import { Sidebar } from './sidebar.tsx'
import css from './shell.module.css'
import { TabBar } from './tab-bar.tsx'
import { useKeyListener, useKeys } from './use-keys.ts'

const KeysSheet = lazy(async () => ({ default: (await import('./keys-sheet.tsx')).KeysSheet }))
/** Only where one is not always the same. */
const WhoseTurn = lazy(async () => ({ default: (await import('./whose-turn.tsx')).WhoseTurn }))

/** What stands around every screen: rail and sidebar where there is room, a bar below on phones, messages, keys. */
export const Shell = ({ children }: { readonly children: ReactNode }) => {
  const t = useMessages()
  const [place] = useLocation()
  const [showsKeys, setShowsKeys] = useState(false)
  useKeyListener()
  useKeys({
    'g h': () => go(path.home()),
    'g c': () => go(path.collections()),
    n: () => go(path.newCollection()),
    '?': () => setShowsKeys(true),
  })
  const isBare = place === '/welcome'
  const isHome = place === '/'
  const hasOthers = useHasOthers()
  return (
    <>
      <a
        className={classNames('visually-hidden', css.skip)}
        href="#main"
        onClick={(event) => {
          // The hash is the route; so the link moves the focus itself.
          event.preventDefault()
          document.querySelector<HTMLElement>('#main')?.focus()
        }}
      >
        {t.shell.skip}
      </a>
      <div
        className={classNames(
          !isBare && css.app,
          !isBare && !isHome && css.withSide,
          !isBare && !isHome && css.withTabs,
        )}
      >
        {!isBare && <Rail />}
        {!isBare && !isHome && <Sidebar />}
        <main id="main" tabIndex={-1} className={css.main}>
          <Suspense fallback={null}>{hasOthers && <WhoseTurn />}</Suspense>
          <ReadOnlyBanner />
          <TroubleBoundary t={t} resetBy={place}>
            {children}
          </TroubleBoundary>
        </main>
        {!isBare && !isHome && <TabBar />}
      </div>
      <Toasts />
      <Suspense fallback={null}>{showsKeys && <KeysSheet onClose={() => setShowsKeys(false)} />}</Suspense>
    </>
  )
}
