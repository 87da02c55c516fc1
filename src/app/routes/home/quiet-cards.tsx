import { useEffect } from 'react'
import { Button } from '../../components/button.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { isIos, useInstall } from '../../state/install.ts'
import { type Card, useSettings } from '../../state/settings.ts'
import { askStorage, persistStorage, useStorage } from '../../state/storage.ts'
import { toast } from '../../state/toasts.ts'
import css from './home.module.css'

/** One offer at a time, never in the way, gone for good when put aside. */
export const QuietCards = () => {
  const t = useMessages()
  const say = t.start.home
  const dismissed = useSettings((settings) => settings.dismissed)
  const { offer, isInstalled } = useInstall()
  const isPersisted = useStorage((storage) => storage.isPersisted)
  useEffect(() => void askStorage(), [])

  if (isPersisted === false && !dismissed.includes('persist'))
    return (
      <QuietCard
        card="persist"
        title={say.persist.title}
        text={say.persist.text}
        action={say.persist.action}
        onAct={async () => void toast((await persistStorage()) ? say.persist.yes : say.persist.no)}
      />
    )
  if (isInstalled || dismissed.includes('install')) return null
  if (offer !== undefined)
    return (
      <QuietCard
        card="install"
        title={say.install.title}
        text={say.install.text}
        action={say.install.action}
        onAct={async () => {
          const { outcome } = await offer.prompt()
          if (outcome === 'accepted') useInstall.setState({ offer: undefined, isInstalled: true })
        }}
      />
    )
  return isIos() ? <QuietCard card="install" title={say.install.title} text={say.install.ios} /> : null
}

const QuietCard = ({
  card,
  title,
  text,
  action,
  onAct,
}: {
  readonly card: Card
  readonly title: string
  readonly text: string
  readonly action?: string
  readonly onAct?: () => Promise<void>
}) => {
  const t = useMessages()
  const { dismissed, set } = useSettings()
  return (
    <section className={css.quiet} aria-label={title}>
      <p className={css.quietTitle}>{title}</p>
      <p className={css.quietText}>{text}</p>
      <div className={css.actions}>
        {onAct !== undefined && <Button onClick={() => void onAct()}>{action}</Button>}
        <Button tone="plain" onClick={() => set({ dismissed: [...dismissed, card] })}>
          {t.start.home.notNow}
        </Button>
      </div>
    </section>
  )
}
