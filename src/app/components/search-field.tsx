import { Search, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import css from './search-field.module.css'

/** Looks for something with each letter. Takes the focus; Escape and the cross end it. */
export const SearchField = ({
  label,
  text,
  found,
  close,
  className,
  onLookFor,
}: {
  readonly label: string
  readonly text: string
  /** How many there are, in words; empty while nothing is looked for. */
  readonly found: string
  /** What the cross is called. */
  readonly close: string
  readonly className?: string | undefined
  /** `undefined`: it is over. */
  readonly onLookFor: (text: string | undefined) => void
}) => {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  return (
    <div className={classNames(css.search, className)} role="search">
      <Search size={20} aria-hidden />
      <input
        ref={input}
        type="search"
        dir="auto"
        aria-label={label}
        placeholder={label}
        value={text}
        enterKeyHint="search"
        onChange={({ target }) => onLookFor(target.value)}
        onKeyDown={({ key }) => {
          if (key === 'Escape') onLookFor(undefined)
        }}
      />
      <span className={css.found} role="status">
        {found}
      </span>
      <IconButton label={close} onClick={() => onLookFor(undefined)}>
        <X size={20} aria-hidden />
      </IconButton>
    </div>
  )
}
