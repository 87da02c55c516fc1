import { History, LockOpen, Package, PenLine, Undo2, Users } from 'lucide-react'
import { useState } from 'react'
import { useParams } from 'wouter'
import { useNode } from '../../../sdk/react/index.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import { RecoveryCard } from '../../components/recovery-card.tsx'
import { Empty, Screen } from '../../components/screen.tsx'
import { Sheet } from '../../components/sheet.tsx'
import type { Collection } from '../../data/collection.ts'
import { useCollection, useCollections } from '../../data/use-collections.tsx'
import { useSharedScope, useSync } from '../../data/use-sync.tsx'
import { useMayAskForWords } from '../../data/use-words-due.ts'
import { useMessages } from '../../messages/messages.tsx'
import { go, path } from '../../paths.ts'
import { toast } from '../../state/toasts.ts'
import { attempt, succeeds } from '../../state/trouble.ts'
import { LinkCard } from './link-card.tsx'
import { RelayCard } from './relay-card.tsx'
import css from './share.module.css'

/** From private to shared: what that means, before it is done; the link, after; and the way back, as far as there is one. */
export const ShareScreen = () => {
  const t = useMessages()
  const { col = '' } = useParams()
  const { status } = useCollections()
  const { isReady } = useSync()
  const found = useCollection(col)
  // Lists of a group go to those who are in it, and to nobody by a link.
  const collection = found?.group === undefined ? found : undefined
  const scope = useSharedScope(collection)
  if (collection?.schema === undefined || !isReady)
    return (
      <Screen title={t.collection.title} back={path.collections()} width="narrow">
        {status !== 'loading' && isReady && (
          <Empty
            title={t.shell.notFound.title}
            action={<ButtonLink href={path.collections()}>{t.shell.collections}</ButtonLink>}
          />
        )}
      </Screen>
    )
  return scope === undefined ? (
    <Consent collection={collection} schemaId={collection.schema.id} />
  ) : (
    <Sharing collection={collection} schemaId={scope.schemaId} met={scope.met.length} />
  )
}

/** What will be so from then on, each in a sentence, before the one button. */
const Consent = ({ collection, schemaId }: { readonly collection: Collection; readonly schemaId: string }) => {
  const t = useMessages()
  const say = t.sync.share
  const node = useNode()
  const [isBusy, setIsBusy] = useState(false)
  const mayAskForWords = useMayAskForWords()
  const points = [
    [Package, say.all],
    [LockOpen, say.open],
    [PenLine, say.change],
    [History, say.forever],
  ] as const
  const share = async (): Promise<void> => {
    setIsBusy(true)
    // The screen itself says it next, and takes the focus.
    await attempt(t, () => node.sync.share(schemaId))
    setIsBusy(false)
  }
  return (
    <Screen
      title={say.title(collection.name)}
      subtitle={say.subtitle}
      back={path.collection(collection)}
      width="narrow"
    >
      <section className={css.card} aria-label={say.subtitle}>
        <p>{say.now}</p>
        <ul className={css.points}>
          {points.map(([Icon, text]) => (
            <li key={text}>
              <Icon size={22} strokeWidth={1.8} aria-hidden />
              <span>{text}</span>
            </li>
          ))}
        </ul>
      </section>
      {mayAskForWords && <RecoveryCard />}
      <div className={css.actions}>
        <Button
          tone="primary"
          isLarge
          disabled={isBusy}
          icon={<Users size={20} aria-hidden />}
          onClick={() => void share()}
        >
          {isBusy ? say.sharing : say.do(collection.name)}
        </Button>
        <ButtonLink tone="plain" href={path.collection(collection)}>
          {t.shell.cancel}
        </ButtonLink>
      </div>
    </Screen>
  )
}

const Sharing = ({
  collection,
  schemaId,
  met,
}: {
  readonly collection: Collection
  readonly schemaId: string
  readonly met: number
}) => {
  const t = useMessages()
  const say = t.sync.share
  const node = useNode()
  const [isStopping, setIsStopping] = useState(false)
  const stop = async (): Promise<void> => {
    setIsStopping(false)
    if (!(await succeeds(t, () => node.sync.unshare(schemaId)))) return
    toast(say.stopped(collection.name))
    go(path.collection(collection), { replace: true })
  }
  return (
    <Screen
      title={say.done(collection.name)}
      subtitle={met === 0 ? t.sync.onlyHere : t.sync.met(met)}
      back={path.collection(collection)}
      width="narrow"
    >
      <LinkCard collection={collection} schemaId={schemaId} />
      <RelayCard schemaId={schemaId} />
      <div className={css.actions}>
        <Button icon={<Undo2 className="directional" size={20} aria-hidden />} onClick={() => setIsStopping(true)}>
          {say.stop}
        </Button>
      </div>
      {isStopping && (
        <Sheet
          title={say.stop}
          onClose={() => setIsStopping(false)}
          actions={
            <>
              <Button tone="plain" onClick={() => setIsStopping(false)}>
                {t.shell.cancel}
              </Button>
              <Button tone="danger" onClick={() => void stop()}>
                {say.stop}
              </Button>
            </>
          }
        >
          <p>{say.stopText}</p>
        </Sheet>
      )}
    </Screen>
  )
}
