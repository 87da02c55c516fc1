import { Layers, Plus, SquareTerminal } from 'lucide-react'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { classNames } from '../components/class-names.ts'
import { FireMark } from '../fire/fire-mark.tsx'
import { useMessages } from '../messages/messages.tsx'
import { OwnPanda } from '../panda/own-panda.tsx'
import { path, pattern } from '../paths.ts'
import css from './shell.module.css'

/** Left edge of wide windows: home, what is yours, new, and at its foot the machinery and you. */
export const Rail = () => {
  const t = useMessages()
  const [place] = useLocation()
  const isMine = place.startsWith(pattern.collections.slice(0, -1))
  return (
    <nav className={css.rail} aria-label={t.shell.navigation}>
      <RailLink href={path.home()} label={t.shell.home} isHere={place === '/'} className={css.mark}>
        <FireMark />
      </RailLink>
      <span className={css.divider} />
      <RailLink href={path.collections()} label={t.shell.collections} isHere={isMine} className={css.mine}>
        <Layers size={22} aria-hidden />
      </RailLink>
      <RailLink href={path.newCollection()} label={t.shell.newCollection} isHere={false} className={css.new}>
        <Plus size={20} aria-hidden />
      </RailLink>
      <span className={css.spring} />
      <RailLink href={path.hood()} label={t.shell.hood} isHere={place.startsWith('/hood')}>
        <SquareTerminal size={22} strokeWidth={1.7} aria-hidden />
      </RailLink>
      <RailLink
        href={path.you()}
        label={t.shell.you}
        isHere={place.startsWith('/you') || place.startsWith('/settings')}
      >
        <OwnPanda size={40} />
      </RailLink>
    </nav>
  )
}

const RailLink = ({
  href,
  label,
  isHere,
  className,
  children,
}: {
  readonly href: string
  readonly label: string
  readonly isHere: boolean
  readonly className?: string | undefined
  readonly children: ReactNode
}) => (
  <a
    href={href}
    className={classNames(css.railItem, className)}
    aria-label={label}
    title={label}
    aria-current={isHere ? 'page' : undefined}
  >
    {children}
  </a>
)
