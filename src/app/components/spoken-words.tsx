import { classNames } from './class-names.ts'
import css from './spoken-words.module.css'

/** Words that two people, or two screens, compare: the six of a person, the four of a connection. English in every language, in one order. */
export const SpokenWords = ({
  words,
  label,
  count,
}: {
  /** None until they are known; their place is kept. */
  readonly words: readonly string[]
  readonly label?: string
  readonly count: 'four' | 'six'
}) => (
  <ol className={classNames(css.words, css[count])} aria-label={label} dir="ltr" lang="en" translate="no">
    {words.map((word, at) => (
      // A word may stand at two places.
      <li key={at}>{word}</li>
    ))}
  </ol>
)
