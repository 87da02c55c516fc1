import { SearchField } from '../../components/search-field.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { useLists } from '../../state/list-state.ts'
import type { Looking } from './looking.ts'

/** Looks in all texts of the collection, with each letter. Escape ends it. */
export const SearchBox = ({ looking }: { readonly looking: Looking }) => {
  const t = useMessages()
  const { collection, view, state, hits } = looking
  const set = useLists((lists) => lists.set)
  return (
    <SearchField
      label={t.collection.search.label(collection.many)}
      text={state.text ?? ''}
      found={hits === undefined ? '' : t.collection.found(hits.length)}
      close={t.collection.search.close}
      onLookFor={(text) => set(view.id, text === undefined ? { text } : { text, scroll: 0 })}
    />
  )
}
