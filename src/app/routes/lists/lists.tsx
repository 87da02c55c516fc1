import { Plus } from 'lucide-react'
import { useParams } from 'wouter'
import { ButtonLink } from '../../components/button.tsx'
import { CollectionRow } from '../../components/collection-row.tsx'
import { Empty } from '../../components/screen.tsx'
import { useCollections } from '../../data/use-collections.tsx'
import { type ListedGroup, useGroup, useMayAuthorise } from '../../data/use-groups.ts'
import { useListWords } from '../../messages/lists.ts'
import { path } from '../../paths.ts'
import { GroupFrame } from '../groups/group-frame.tsx'
import css from '../groups/groups.module.css'

/** The lists of a group. */
export const Lists = () => {
  const { group: id = '' } = useParams()
  const state = useGroup(id)
  return (
    <GroupFrame state={state} here="lists">
      {(group) => <OfGroup group={group} />}
    </GroupFrame>
  )
}

const OfGroup = ({ group }: { readonly group: ListedGroup }) => {
  const say = useListWords()
  const { status, collections } = useCollections()
  const refusal = useMayAuthorise(group)
  const own = collections.filter((collection) => collection.group === group.id)
  const make =
    refusal === undefined ? (
      <ButtonLink tone="primary" href={path.newCollection(group.id)} icon={<Plus size={20} aria-hidden />}>
        {say.new}
      </ButtonLink>
    ) : (
      refusal !== null && <p className={css.note}>{say.onlyKeepers}</p>
    )
  if (status === 'ready' && own.length === 0)
    return (
      <Empty title={say.none} action={make}>
        {say.noneText}
      </Empty>
    )
  return (
    <>
      <ul>
        {own.map((collection) => (
          <CollectionRow key={collection.id} collection={collection} />
        ))}
      </ul>
      <div>{make}</div>
    </>
  )
}
