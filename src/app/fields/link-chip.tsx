import { ChevronRight, Pin } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { DocumentView } from '../../sdk/index.ts'
import { useDocument, useNode } from '../../sdk/react/index.ts'
import { CollectionGlyph } from '../components/collection-icon.tsx'
import { classNames } from '../components/class-names.ts'
import { type Collection, titleOf } from '../data/collection.ts'
import { readLinks } from '../data/field-kind.ts'
import { useCollectionOf } from '../data/use-collections.tsx'
import { useMessages } from '../messages/messages.tsx'
import { path } from '../paths.ts'
import css from './fields.module.css'
import { Picture } from './picture.tsx'

/** The blob that shows a thing: the first of its first photo field that has any. */
export const coverOf = (collection: Collection, document: DocumentView): string | undefined =>
  collection.fields
    .filter(({ kind, isRemoved }) => kind === 'photo' && !isRemoved)
    .map(({ name }) => readLinks(document.fields[name])[0])
    .find((blob) => blob !== undefined)

interface Props {
  readonly link: string
  /** Only says where it leads. */
  readonly isStill?: boolean
}

/** A thing that another is linked to. One that is not here, or was removed, says so. */
export const LinkChip = ({ isExact = false, ...props }: Props & { readonly isExact?: boolean }) =>
  isExact ? <ExactChip {...props} /> : <DocumentChip {...props} />

const DocumentChip = ({ link, isStill }: Props) => {
  const { status, document } = useDocument(link)
  if (status === 'loading') return <span className={classNames(css.linkChip, css.loading)} />
  return <Shown document={document} isStill={isStill ?? false} />
}

/** What a view id shows never changes: it is asked for once. */
const ExactChip = ({ link, isStill }: Props) => {
  const node = useNode()
  const asked = useMemo(() => node.documentAt(link).catch(() => undefined), [node, link])
  const [found, setFound] = useState<{ readonly document: DocumentView | undefined }>()
  useEffect(() => {
    let isCurrent = true
    const put = (document: DocumentView | undefined): void => {
      if (isCurrent) setFound({ document })
    }
    void asked.then(put)
    return () => {
      isCurrent = false
    }
  }, [asked])
  if (found === undefined) return <span className={classNames(css.linkChip, css.loading)} />
  return <Shown document={found.document} at={link} isStill={isStill ?? false} />
}

const Shown = ({
  document,
  at,
  isStill,
}: {
  readonly document: DocumentView | undefined
  readonly at?: string
  readonly isStill: boolean
}) => {
  const t = useMessages()
  const collection = useCollectionOf(document)
  if (document === undefined) return <span className={classNames(css.linkChip, css.missing)}>{t.form.notHere}</span>
  const title = collection === undefined ? '' : titleOf(collection, document)
  const name = title === '' ? t.form.unnamed(collection?.one ?? '') : title
  if (document.isDeleted)
    return (
      <span className={classNames(css.linkChip, css.missing)}>
        <bdi>{t.form.gone(name)}</bdi>
      </span>
    )
  const cover = collection === undefined ? undefined : coverOf(collection, document)
  const inside = (
    <>
      {cover !== undefined ? (
        <Picture blob={cover} edge={120} className={css.linkPicture} />
      ) : (
        collection !== undefined && <CollectionGlyph icon={collection.icon} size={16} />
      )}
      <bdi>{name}</bdi>
      {at !== undefined && <Pin size={14} aria-label={t.form.links.exact} />}
      {!isStill && <ChevronRight className="directional" size={16} aria-hidden />}
    </>
  )
  return isStill ? (
    <span className={css.linkChip}>{inside}</span>
  ) : (
    <a className={css.linkChip} href={path.thing(document, at)}>
      {inside}
    </a>
  )
}
