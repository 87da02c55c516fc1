import type { Changed } from '../data/use-changes.ts'
import { useSpeech } from '../messages/messages.tsx'
import { path } from '../paths.ts'
import { useNow } from '../state/now.ts'
import { CollectionTile } from './collection-icon.tsx'
import { Row } from './rows.tsx'

/** A thing that was made or changed. */
export const ChangeRow = ({
  change,
  isUnderItsDay = false,
}: {
  readonly change: Changed
  /** The day stands above; the time is enough. */
  readonly isUnderItsDay?: boolean
}) => {
  const { t, format } = useSpeech()
  const now = useNow()
  const { collection, document, title, isNew } = change
  const say = t.you.changes
  return (
    <Row
      href={path.thing(document)}
      picture={<CollectionTile icon={collection.icon} />}
      title={title === '' ? say.untitled(collection.one) : title}
      edge={isUnderItsDay ? format.time(document.changedAt) : format.when(document.changedAt, now)}
    >
      {say.what(isNew, collection.name)}
    </Row>
  )
}
