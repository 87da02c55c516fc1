import type { ReactNode } from 'react'
import { useMessages } from '../messages/messages.tsx'
import { Button } from './button.tsx'
import css from './quiet-card.module.css'

/** An offer that asks for nothing: what it is, what to do about it, and a way to put it aside. */
export const QuietCard = ({
  title,
  text,
  onPutAside,
  children,
}: {
  readonly title: string
  readonly text: string
  readonly onPutAside: () => void
  readonly children?: ReactNode
}) => {
  const t = useMessages()
  return (
    <section className={css.card} aria-label={title}>
      <p className={css.title}>{title}</p>
      <p className={css.text}>{text}</p>
      <div className={css.actions}>
        {children}
        <Button tone="plain" onClick={onPutAside}>
          {t.start.home.notNow}
        </Button>
      </div>
    </section>
  )
}
