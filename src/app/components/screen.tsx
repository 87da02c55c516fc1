import { ArrowLeft } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { useMessages } from '../messages/messages.tsx'
import { IconLink } from './button.tsx'
import { classNames } from './class-names.ts'
import css from './screen.module.css'
import { SyncPill } from './sync-pill.tsx'

let isFirstScreen = true

/**
 * Names the browser's tab after a screen and moves the focus to its heading, so that a screen reader says where one is. The very
 * first screen leaves the focus alone. Screens with their own heading use it themselves; the others take `Screen`.
 */
export const useArrival = (title: string): RefObject<HTMLHeadingElement | null> => {
  const t = useMessages()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = t.shell.titled(title)
  }, [t, title])
  useEffect(() => {
    if (!isFirstScreen) {
      scrollTo(0, 0)
      heading.current?.focus({ preventScroll: true })
    }
    isFirstScreen = false
  }, [])
  return heading
}

/** A screen with its top bar: back (on phones), title, one line of words, actions. */
export const Screen = ({
  title,
  subtitle,
  back,
  actions,
  width = 'wide',
  hasSync = true,
  children,
}: {
  readonly title: string
  readonly subtitle?: ReactNode
  /** Where the arrow leads: one level up, not through history. */
  readonly back?: string
  readonly actions?: ReactNode
  readonly width?: 'narrow' | 'wide' | 'full'
  /** Whether the corner says how things stand with others. */
  readonly hasSync?: boolean
  readonly children: ReactNode
}) => {
  const t = useMessages()
  const heading = useArrival(title)
  return (
    <div className={classNames(css.screen, css[width])}>
      <header className={css.head}>
        {back !== undefined && (
          <IconLink label={t.shell.back} href={back} className={css.back ?? ''}>
            <ArrowLeft className="directional" size={24} aria-hidden />
          </IconLink>
        )}
        <div className={css.words}>
          <h1 ref={heading} tabIndex={-1} className={css.title} dir="auto">
            {title}
          </h1>
          {subtitle !== undefined && <p className={css.subtitle}>{subtitle}</p>}
        </div>
        {hasSync && <SyncPill />}
        {actions !== undefined && <div className={css.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

/** The small grey heading over a group of rows. */
export const Heading = ({ children, id }: { readonly children: ReactNode; readonly id?: string }) => (
  <h2 className={css.heading} id={id}>
    {children}
  </h2>
)

/** Nothing here yet: says so, and offers the one thing to do. */
export const Empty = ({
  title,
  children,
  action,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}) => (
  <div className={css.empty}>
    <div>
      <p className={css.emptyTitle}>{title}</p>
      {children !== undefined && <p>{children}</p>}
    </div>
    {action}
  </div>
)
