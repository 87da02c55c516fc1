import { Download, FileInput, QrCode } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useParams } from 'wouter'
import { isInviteLink, readShareLink, type ShareLink } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { BadLink } from '../../components/bad-link.tsx'
import { Button, ButtonLink } from '../../components/button.tsx'
import { useImport } from '../../components/import-file.tsx'
import { Screen } from '../../components/screen.tsx'
import type { Collection } from '../../data/collection.ts'
import { useFollowed } from '../../data/followed.ts'
import { hostOf } from '../../data/host-of.ts'
import { useCollectionOf, useCollections } from '../../data/use-collections.tsx'
import { useSync } from '../../data/use-sync.tsx'
import { useMessages, useSpeech } from '../../messages/messages.tsx'
import { go, path } from '../../paths.ts'
import { toast } from '../../state/toasts.ts'
import { attempt, codeOf, succeeds } from '../../state/trouble.ts'
import css from '../share/share.module.css'
import { Invited } from './invited.tsx'

/** What a link says, or the code of why it cannot be used. */
const read = (text: string): { readonly link: ShareLink } | { readonly refused: string } => {
  try {
    return { link: readShareLink(text) }
  } catch (error) {
    return { refused: codeOf(error) }
  }
}

/** Where a link leads that was handed over: into a group, or to a shared collection. */
export const JoinScreen = () => {
  const { link: text = '' } = useParams()
  return isInviteLink(text) ? <Invited text={text} /> : <ToShared text={text} />
}

/** Where a link to a shared collection leads: what it claims, what following it means, and then the ways by which it may come. */
const ToShared = ({ text }: { readonly text: string }) => {
  const found = useMemo(() => read(text), [text])
  return 'link' in found ? <Join link={found.link} text={text} /> : <BadLink code={found.refused} />
}

const Join = ({ link, text }: { readonly link: ShareLink; readonly text: string }) => {
  const t = useMessages()
  const say = t.sync.join
  const { shared, isReady } = useSync()
  const { status } = useCollections()
  const collection = useCollectionOf(link)
  const scope = shared.find((one) => one.scope.schemaId === link.schemaId)?.scope
  const name = link.name === '' ? say.unnamed : `“${link.name}”`
  if (!isReady || status === 'loading')
    return (
      <Screen title={say.title(name)} width="narrow">
        {null}
      </Screen>
    )
  return (
    <Screen title={say.title(name)} back={path.home()} width="narrow">
      {scope === undefined ? (
        <Offer link={link} text={text} collection={collection} />
      ) : (
        <Followed link={link} collection={collection} isComing={scope.peers.length > 0} />
      )}
    </Screen>
  )
}

/** What the link says, in its own words, and what following would do. */
const Offer = ({
  link,
  text,
  collection,
}: {
  readonly link: ShareLink
  readonly text: string
  readonly collection: Collection | undefined
}) => {
  const { t } = useSpeech()
  const say = t.sync.join
  const node = useNode()
  const follow = useFollowed((state) => state.follow)
  const [isBusy, setIsBusy] = useState(false)
  const hosts = link.hints.map(({ address }) => hostOf(address))
  const start = async (): Promise<void> => {
    setIsBusy(true)
    await attempt(t, async () => {
      follow(link.schemaId, { link: text, name: link.name })
      await node.sync.share(link.schemaId)
      for (const hint of link.hints) await node.sync.nodes.add(hint)
    })
    setIsBusy(false)
  }
  return (
    <>
      <section className={css.card} aria-label={say.title(link.name)}>
        <p className={css.name} dir="auto">
          {link.name === '' ? say.unnamed : `“${link.name}”`}
        </p>
        <p className={css.quiet}>{collection === undefined ? say.says : say.already}</p>
        <p>{say.what}</p>
        <p>{hosts.length === 0 ? say.noHints : say.hints(hosts)}</p>
      </section>
      <div className={css.actions}>
        <Button
          tone="primary"
          isLarge
          disabled={isBusy}
          icon={<Download size={20} aria-hidden />}
          onClick={() => void start()}
        >
          {say.follow}
        </Button>
        <ButtonLink tone="plain" href={path.home()}>
          {t.shell.cancel}
        </ButtonLink>
      </div>
    </>
  )
}

/** It is followed: here already, or on its way. */
const Followed = ({
  link,
  collection,
  isComing,
}: {
  readonly link: ShareLink
  readonly collection: Collection | undefined
  readonly isComing: boolean
}) => {
  const t = useMessages()
  const say = t.sync.join
  const node = useNode()
  const forget = useFollowed((state) => state.forget)
  const { choose, view } = useImport(() => go(path.home()))
  const isHere = collection?.schema !== undefined
  useEffect(() => {
    if (isHere) forget(link.schemaId)
  }, [isHere, forget, link.schemaId])
  const leave = async (): Promise<void> => {
    if (!(await succeeds(t, () => node.sync.unshare(link.schemaId)))) return
    forget(link.schemaId)
    toast(say.left)
    go(path.home())
  }
  return (
    <>
      <section className={css.card} aria-label={say.title(link.name)}>
        <p className={css.name} dir="auto">
          {collection?.name ?? (link.name === '' ? say.unnamed : `“${link.name}”`)}
        </p>
        <p role="status">{isHere ? say.here : isComing ? say.coming : say.waiting}</p>
        {!isHere && !isComing && <p className={css.quiet}>{say.noHints}</p>}
      </section>
      <div className={css.actions}>
        {isHere ? (
          <ButtonLink tone="primary" isLarge href={path.collection(collection)}>
            {say.open}
          </ButtonLink>
        ) : (
          <>
            <ButtonLink tone="primary" href={path.meet()} icon={<QrCode size={20} aria-hidden />}>
              {t.sync.meet}
            </ButtonLink>
            <Button icon={<FileInput size={20} aria-hidden />} onClick={choose}>
              {t.start.welcome.import}
            </Button>
            <Button tone="plain" onClick={() => void leave()}>
              {say.leave}
            </Button>
          </>
        )}
      </div>
      {view}
    </>
  )
}
