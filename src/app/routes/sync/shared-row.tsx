import { Download } from 'lucide-react'
import { CollectionTile } from '../../components/collection-icon.tsx'
import { Row } from '../../components/rows.tsx'
import { Tile } from '../../components/tile.tsx'
import { useFollowed } from '../../data/followed.ts'
import type { Shared } from '../../data/use-sync.tsx'
import { useThings } from '../../data/use-things.ts'
import { useMessages } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'

/** Something that is shared: how much of it is here, and how many other devices have had it all. */
export const SharedRow = ({ shared: { scope, collection } }: { readonly shared: Shared }) => {
  const t = useMessages()
  const followed = useFollowed((state) => state.links[scope.schemaId])
  if (collection === undefined)
    return (
      <Row
        {...(followed === undefined ? {} : { href: path.join(followed.link) })}
        picture={
          <Tile>
            <Download size={24} aria-hidden />
          </Tile>
        }
        title={followed === undefined || followed.name === '' ? t.sync.onItsWay : `“${followed.name}”`}
      >
        {t.sync.onItsWayText}
      </Row>
    )
  return (
    <Row
      href={path.share(collection)}
      picture={<CollectionTile icon={collection.icon} />}
      title={collection.name}
      edge={<Count collection={collection} />}
    >
      {scope.met.length === 0 ? t.sync.onlyHere : t.sync.met(scope.met.length)}
    </Row>
  )
}

const Count = ({ collection }: { readonly collection: NonNullable<Shared['collection']> }) => {
  const t = useMessages()
  const { totalCount } = useThings(collection)
  return totalCount === null ? null : t.sync.things(totalCount)
}
