import { Search, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { IconButton } from '../../components/button.tsx'
import { useFireWords } from '../../messages/fire.ts'
import css from './fire.module.css'

/** Looks in all that was said, with each letter. Escape ends it. */
export const TalkSearch = ({
  text,
  found,
  onLookFor,
}: {
  readonly text: string
  /** How many there are; `undefined`: nothing is looked for yet. */
  readonly found: number | undefined
  readonly onLookFor: (text: string | undefined) => void
}) => {
  const { search } = useFireWords()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  return (
    <div className={css.search} role="search">
      <Search size={20} aria-hidden />
      <input
        ref={input}
        type="search"
        dir="auto"
        aria-label={search.label}
        placeholder={search.label}
        value={text}
        enterKeyHint="search"
        onChange={({ target }) => onLookFor(target.value)}
        onKeyDown={({ key }) => {
          if (key === 'Escape') onLookFor(undefined)
        }}
      />
      <span className={css.found} role="status">
        {found === undefined ? '' : search.found(found)}
      </span>
      <IconButton label={search.close} onClick={() => onLookFor(undefined)}>
        <X size={20} aria-hidden />
      </IconButton>
    </div>
  )
}
