import { History, House, Layers, type LucideIcon, SquareTerminal, User } from 'lucide-react'
import { useLocation } from 'wouter'
import { useMessages } from '../messages/messages.tsx'
import { path } from '../paths.ts'
import css from './shell.module.css'

/** The bar at the foot of phones. */
export const TabBar = () => {
  const t = useMessages()
  const [place] = useLocation()
  const tabs: readonly (readonly [label: string, href: string, icon: LucideIcon, isHere: boolean])[] = [
    [t.shell.home, path.home(), House, false],
    [t.shell.collections, path.collections(), Layers, /^\/g\/[^/]+\/[cd](\/|$)/.test(place)],
    [t.shell.changes, path.changes(), History, place === '/g/me/changes' || place === '/g/me/removed'],
    [t.shell.you, path.you(), User, place.startsWith('/you') || place.startsWith('/settings')],
    [t.shell.hoodShort, path.hood(), SquareTerminal, place.startsWith('/hood')],
  ]
  return (
    <nav className={css.tabs} aria-label={t.shell.navigation}>
      {tabs.map(([label, href, Icon, isHere]) => (
        <a key={href} className={css.tab} href={href} aria-current={isHere ? 'page' : undefined}>
          <span>
            <Icon size={22} strokeWidth={1.8} aria-hidden />
          </span>
          {label}
        </a>
      ))}
    </nav>
  )
}
