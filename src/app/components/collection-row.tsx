import type { Collection } from '../data/collection.ts'
import { titleOf } from '../data/collection.ts'
import { useThings } from '../data/use-things.ts'
import { useSpeech } from '../messages/messages.tsx'
import { path } from '../paths.ts'
import { useNow } from '../state/now.ts'
import { CollectionTile } from './collection-icon.tsx'
import { Row } from './rows.tsx'

/** A collection in a list: what was touched last in it, when, and how many things it has. */
export const CollectionRow = ({ collection }: { readonly collection: Collection }) => {
  const { t, format } = useSpeech()
  const now = useNow()
  const { documents, totalCount } = useThings(collection)
  const newest = documents[0]
  const text =
    collection.schema === undefined
      ? t.start.home.notReadable
      : newest === undefined
        ? t.start.home.nothingYet
        : titleOf(collection, newest)
  return (
    <Row
      href={path.collection(collection)}
      picture={<CollectionTile icon={collection.icon} />}
      title={collection.name}
      edge={
        newest !== undefined && (
          <>
            <span>{format.when(newest.changedAt, now)}</span>
            {totalCount !== null && <span>{t.shell.things(totalCount)}</span>}
          </>
        )
      }
    >
      {text}
    </Row>
  )
}
