import { ChevronRight } from 'lucide-react'
import { useMemo } from 'react'
import type { DocumentId, DocumentView } from '../../../sdk/index.ts'
import { useDocument } from '../../../sdk/react/index.ts'
import { classNames } from '../../components/class-names.ts'
import { CollectionTile } from '../../components/collection-icon.tsx'
import { type Collection, titleOf } from '../../data/collection.ts'
import { useCollectionOf } from '../../data/use-collections.tsx'
import { fieldText } from '../../fields/field-text.ts'
import { coverOf } from '../../fields/link-chip.tsx'
import { Picture } from '../../fields/picture.tsx'
import { useFireWords } from '../../messages/fire.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { cardParts, tellingFields } from '../collection/card-parts.ts'
import css from './fire.module.css'

/** A thing that a message shows, as it is now: it changes with the thing. One that is not here, or was removed, says so. */
export const ThingCard = ({ id }: { readonly id: DocumentId }) => {
  const { t } = useSpeech()
  const say = useFireWords()
  const { status, document } = useDocument(id)
  const collection = useCollectionOf(document)
  if (status === 'loading') return <span className={css.card} aria-busy />
  if (document === undefined || collection === undefined)
    return <span className={classNames(css.card, css.missing)}>{say.thing.none}</span>
  const name = titleOf(collection, document) || say.thing.unnamed
  if (document.isDeleted)
    return (
      <span className={classNames(css.card, css.missing)}>
        <bdi>{t.form.gone(name)}</bdi>
      </span>
    )
  return <Here document={document} collection={collection} name={name} />
}

const Here = ({
  document,
  collection,
  name,
}: {
  readonly document: DocumentView
  readonly collection: Collection
  readonly name: string
}) => {
  const { t, format } = useSpeech()
  const parts = useMemo(() => cardParts(collection, collection.views[0]), [collection])
  const cover = coverOf(collection, document)
  const words = tellingFields(parts, document, 2).map((field) => fieldText(field, document.fields, format, t))
  return (
    <a className={css.card} href={path.thing(document)}>
      {cover === undefined ? (
        <CollectionTile icon={collection.icon} size={42} />
      ) : (
        <Picture blob={cover} edge={120} className={css.cover} />
      )}
      <span className={css.cardWords}>
        <bdi className={css.cardTitle}>{name}</bdi>
        <span className={css.cardText} dir="auto">
          {words.length === 0 ? collection.name : words.join(' · ')}
        </span>
      </span>
      <ChevronRight className="directional" size={18} aria-hidden />
    </a>
  )
}
