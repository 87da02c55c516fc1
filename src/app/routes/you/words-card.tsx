import { ButtonLink } from '../../components/button.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import css from './you.module.css'

/** Where the recovery words are. */
export const WordsCard = ({ hasWords }: { readonly hasWords: boolean }) => {
  const say = useMessages().person.words
  return (
    <section className={css.card} aria-label={say.title}>
      <h2>{say.title}</h2>
      <p className={css.note}>{hasWords ? say.here : say.paper}</p>
      {hasWords && (
        <div>
          <ButtonLink tone="primary" href={path.words()}>
            {say.write}
          </ButtonLink>
        </div>
      )}
    </section>
  )
}
