import { Link, QrCode as QrIcon, Share2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { type SchemaId, writeShareLink } from '../../../sdk/index.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import { TextArea } from '../../components/field.tsx'
import type { Collection } from '../../data/collection.ts'
import { hostOf } from '../../data/host-of.ts'
import { useSync } from '../../data/use-sync.tsx'
import { maxQrCharacters, QrCode } from '../../meet/qr-code.tsx'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { toast } from '../../state/toasts.ts'
import css from './share.module.css'

/** The link to a shared collection, to be sent or copied; and when it works. */
export const LinkCard = ({ collection, schemaId }: { readonly collection: Collection; readonly schemaId: string }) => {
  const { t, format } = useSpeech()
  const say = t.sync.share
  const { nodes } = useSync()
  const [isByHand, setIsByHand] = useState(false)
  const hints = useMemo(
    () =>
      nodes
        .filter(({ isPaused }) => !isPaused)
        .slice(0, 4)
        .map(({ address, transportKey }) => ({ address, transportKey })),
    [nodes],
  )
  const link = useMemo(() => {
    const text = writeShareLink({ schemaId: schemaId as SchemaId, name: collection.name, hints })
    return `${location.origin}${location.pathname}${path.join(text)}`
  }, [schemaId, collection.name, hints])
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link)
      toast(say.copied)
    } catch {
      setIsByHand(true)
    }
  }
  return (
    <section className={css.card} aria-labelledby="share-link">
      <h2 id="share-link">{say.link}</h2>
      <p>{say.linkText}</p>
      {link.length <= maxQrCharacters && <QrCode text={link} label={say.picture} />}
      <p className={css.link} dir="ltr" translate="no">
        {link}
      </p>
      <div className={css.ways}>
        {'share' in navigator && (
          <Button
            tone="primary"
            icon={<Share2 size={20} aria-hidden />}
            // Rejects when the person changes their mind.
            onClick={() => void navigator.share({ title: collection.name, url: link }).catch(() => undefined)}
          >
            {say.send}
          </Button>
        )}
        <Button
          tone={'share' in navigator ? 'soft' : 'primary'}
          icon={<Link size={20} aria-hidden />}
          onClick={() => void copy()}
        >
          {say.copy}
        </Button>
        <ButtonLink href={path.meet()} icon={<QrIcon size={20} aria-hidden />}>
          {t.sync.meet}
        </ButtonLink>
      </div>
      {isByHand && <TextArea label={say.link} hint={say.notCopied} readOnly rows={4} value={link} />}
      <p className={css.quiet}>
        {hints.length === 0 ? say.works : say.worksNode(format.list(hints.map(({ address }) => hostOf(address))))}
      </p>
    </section>
  )
}
