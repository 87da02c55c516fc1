import type { DocumentView } from '../../../sdk/index.ts'
import type { Collection } from '../../data/collection.ts'
import { usePeerName } from '../../data/peer-name.ts'
import { type Present, usePresentIn } from '../../data/use-present.ts'
import { useMessages } from '../../messages/messages.tsx'
import { Panda } from '../../panda/panda.tsx'
import css from './thing.module.css'

/** Who else has this thing open, and what they change of it. */
export const WhoLine = ({
  document,
  collection,
}: {
  readonly document: DocumentView
  readonly collection: Collection
}) => {
  const say = useMessages().here.thing
  const nameOf = usePeerName()
  const name = ({ publicKey }: Present): string => nameOf({ publicKey })
  const here = usePresentIn(collection).filter(({ doing }) => doing?.document === document.id)
  const labelOf = (field: string | undefined): string | undefined =>
    collection.fields.find((one) => one.name === field)?.label
  const changing = here.flatMap((one) => {
    const label = labelOf(one.doing?.field)
    return label === undefined ? [] : [say.changing(name(one), label)]
  })
  const looking = here.filter(({ doing }) => labelOf(doing?.field) === undefined)
  const sentences = [...changing, ...(looking.length > 0 ? [say.looking(looking.map(name))] : [])]
  return (
    <div role="status">
      {here.length > 0 && (
        <p className={css.who}>
          {here.slice(0, 4).map(({ publicKey }) => (
            <Panda key={publicKey} of={publicKey} size={24} hasRing />
          ))}
          <span>{sentences.join('. ')}.</span>
        </p>
      )}
    </div>
  )
}
