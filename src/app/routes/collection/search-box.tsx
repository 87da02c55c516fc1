import { Search, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { IconButton } from '../../components/button.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { useLists } from '../../state/list-state.ts'
import css from './collection.module.css'
import type { Looking } from './looking.ts'

/** Looks in all texts of the collection, with each letter. Escape ends it. */
export const SearchBox = ({ looking }: { readonly looking: Looking }) => {
  const t = useMessages()
  const { collection, view, state, hits } = looking
  const set = useLists((lists) => lists.set)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  const close = (): void => set(view.id, { text: undefined })
  return (
    <div className={css.search} role="search">
      <Search size={20} aria-hidden />
      <input
        ref={input}
        type="search"
        dir="auto"
        aria-label={t.collection.search.label(collection.many)}
        placeholder={t.collection.search.label(collection.many)}
        value={state.text ?? ''}
        enterKeyHint="search"
        onChange={(event) => set(view.id, { text: event.target.value, scroll: 0 })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close()
        }}
      />
      <span className={css.searchCount} role="status">
        {hits === undefined ? '' : t.collection.found(hits.length)}
      </span>
      <IconButton label={t.collection.search.close} onClick={close}>
        <X size={20} aria-hidden />
      </IconButton>
    </div>
  )
}
