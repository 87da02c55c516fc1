import { type ReactNode, useState } from 'react'
import { useLocation } from 'wouter'
import { Toasts } from '../components/toasts.tsx'
import { TroubleBoundary } from '../components/trouble.tsx'
import { classNames } from '../components/class-names.ts'
import { useMessages } from '../messages/messages.tsx'
import { go, path } from '../paths.ts'
import { KeysSheet } from './keys-sheet.tsx'
import { ReadOnlyBanner } from './notices.tsx'
import { Rail } from './rail.tsx'
import { Sidebar } from './sidebar.tsx'
import css from './shell.module.css'
import { TabBar } from './tab-bar.tsx'
import { useKeyListener, useKeys } from './use-keys.ts'

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
          <ReadOnlyBanner />
          <TroubleBoundary t={t} resetBy={place}>
            {children}
          </TroubleBoundary>
        </main>
        {!isBare && !isHome && <TabBar />}
      </div>
      <Toasts />
      {showsKeys && <KeysSheet onClose={() => setShowsKeys(false)} />}
    </>
  )
}
