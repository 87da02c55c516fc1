import { QrCode as QrIcon } from 'lucide-react'
import { useMemo } from 'react'
import { type SchemaId, writeShareLink } from '../../../sdk/index.ts'
import { ButtonLink } from '../../components/button.tsx'
import { HandLink } from '../../components/hand-link.tsx'
import type { Collection } from '../../data/collection.ts'
import { hostOf } from '../../data/host-of.ts'
import { useSync } from '../../data/use-sync.tsx'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import css from './share.module.css'

/** The link to a shared collection, to be sent or copied; and when it works. */
export const LinkCard = ({ collection, schemaId }: { readonly collection: Collection; readonly schemaId: string }) => {
  const { t, format } = useSpeech()
  const say = t.sync.share
  const { nodes } = useSync()
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
  return (
    <section className={css.card} aria-labelledby="share-link">
      <h2 id="share-link">{say.link}</h2>
      <p>{say.linkText}</p>
      <HandLink link={link} title={collection.name}>
        <ButtonLink href={path.meet()} icon={<QrIcon size={20} aria-hidden />}>
          {t.sync.meet}
        </ButtonLink>
      </HandLink>
      <p className={css.quiet}>
        {hints.length === 0 ? say.works : say.worksNode(format.list(hints.map(({ address }) => hostOf(address))))}
      </p>
    </section>
  )
}
