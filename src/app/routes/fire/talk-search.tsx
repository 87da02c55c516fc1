import { SearchField } from '../../components/search-field.tsx'
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
  return (
    <SearchField
      className={css.search}
      label={search.label}
      text={text}
      found={found === undefined ? '' : search.found(found)}
      close={search.close}
      onLookFor={onLookFor}
    />
  )
}
