import { Plus } from 'lucide-react'
import { Button, ButtonLink } from '../../components/button.tsx'
import { Empty } from '../../components/screen.tsx'
import { useListRights } from '../../data/list-rights.tsx'
import type { ThingListState } from '../../data/thing-list.ts'
import { useMessages } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { useLists } from '../../state/list-state.ts'
import { sentenceFor } from '../../state/trouble.ts'
import css from './collection.module.css'
import type { Looking } from './looking.ts'

/** Where rows would stand: why there are none, and what to do about it. */
export const Nothing = ({ looking, rows }: { readonly looking: Looking; readonly rows: ThingListState }) => {
  const t = useMessages()
  const say = t.collection
  const { collection, view, isFiltered, state } = looking
  const { add } = useListRights()
  const set = useLists((lists) => lists.set)
  if (rows.error !== undefined) return <p role="alert">{sentenceFor(rows.error, t)}</p>
  if (rows.status === 'loading')
    return (
      <p className={css.quiet} role="status">
        {rows.indexing === undefined ? '' : say.indexing(rows.indexing)}
      </p>
    )
  if (state.text !== undefined && state.text.trim() !== '')
    return (
      <p className={css.quiet} role="status">
        {say.search.none(state.text.trim())}
      </p>
    )
  if (isFiltered)
    return (
      <Empty
        title={say.filter.none}
        action={<Button onClick={() => set(view.id, { filter: {} })}>{say.filter.clear}</Button>}
      />
    )
  return (
    <Empty
      title={say.empty(collection.many)}
      action={
        add && (
          <ButtonLink tone="primary" href={path.add(collection)} icon={<Plus size={20} aria-hidden />}>
            {say.add(collection.one)}
          </ButtonLink>
        )
      }
    >
      {add && say.emptyText}
    </Empty>
  )
}
