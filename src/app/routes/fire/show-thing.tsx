import { useState } from 'react'
import type { DocumentId } from '../../../sdk/index.ts'
import { CollectionTile } from '../../components/collection-icon.tsx'
import { Sheet } from '../../components/sheet.tsx'
import type { Collection } from '../../data/collection.ts'
import { useCollections } from '../../data/use-collections.tsx'
import { PickThing } from '../../fields/pick-thing.tsx'
import { useFireWords } from '../../messages/fire.ts'
import { useSpeech } from '../../messages/messages.tsx'
import css from './fire.module.css'

/** Chooses a thing to show: first its collection, then the thing. */
export const ShowThing = ({
  onPick,
  onClose,
}: {
  readonly onPick: (thing: DocumentId) => void
  readonly onClose: () => void
}) => {
  const say = useFireWords()
  const { format } = useSpeech()
  const { collections } = useCollections()
  const [from, setFrom] = useState<Collection>()
  if (from !== undefined) return <PickThing collection={from} onPick={({ id }) => onPick(id)} onClose={onClose} />
  return (
    <Sheet title={say.thing.which} onClose={onClose}>
      <p className={css.quiet}>{collections.length === 0 ? say.thing.nothing : say.thing.from}</p>
      <ul className={css.collections}>
        {collections
          .toSorted((a, b) => format.compare(a.name, b.name))
          .map((collection) => (
            <li key={collection.id}>
              <button type="button" className={css.collection} onClick={() => setFrom(collection)}>
                <CollectionTile icon={collection.icon} size={42} />
                <bdi>{collection.name}</bdi>
              </button>
            </li>
          ))}
      </ul>
    </Sheet>
  )
}
