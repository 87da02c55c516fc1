import { useEffect } from 'react'
import { Button } from '../../components/button.tsx'
import { QuietCard } from '../../components/quiet-card.tsx'
import { RecoveryCard } from '../../components/recovery-card.tsx'
import { useAreWordsDue } from '../../data/use-words-due.ts'
import { useMessages } from '../../messages/messages.tsx'
import { isIos, useInstall } from '../../state/install.ts'
import { type Card, useSettings } from '../../state/settings.ts'
import { askStorage, persistStorage, useStorage } from '../../state/storage.ts'
import { toast } from '../../state/toasts.ts'

/** One offer at a time, never in the way; what was put aside stays away, but for the recovery words, which come again. */
export const QuietCards = () => {
  const say = useMessages().start.home
  const { dismissed, set } = useSettings()
  const { offer, isInstalled } = useInstall()
  const isPersisted = useStorage((storage) => storage.isPersisted)
  const areWordsDue = useAreWordsDue()
  useEffect(() => void askStorage(), [])
  const putAside = (card: Card): void => set({ dismissed: [...dismissed, card] })

  if (areWordsDue) return <RecoveryCard />
  if (isPersisted === false && !dismissed.includes('persist')) {
    const persist = async () => void toast((await persistStorage()) ? say.persist.yes : say.persist.no)
    return (
      <QuietCard title={say.persist.title} text={say.persist.text} onPutAside={() => putAside('persist')}>
        <Button onClick={() => void persist()}>{say.persist.action}</Button>
      </QuietCard>
    )
  }
  if (isInstalled || dismissed.includes('install')) return null
  if (offer !== undefined) {
    const install = async (): Promise<void> => {
      const { outcome } = await offer.prompt()
      if (outcome === 'accepted') useInstall.setState({ offer: undefined, isInstalled: true })
    }
    return (
      <QuietCard title={say.install.title} text={say.install.text} onPutAside={() => putAside('install')}>
        <Button onClick={() => void install()}>{say.install.action}</Button>
      </QuietCard>
    )
  }
  return isIos() ? (
    <QuietCard title={say.install.title} text={say.install.ios} onPutAside={() => putAside('install')} />
  ) : null
}
