import { Button, ButtonLink } from '../../components/button.tsx'
import { Screen } from '../../components/screen.tsx'
import { useLinkingWords } from '../../messages/linking.ts'
import { path } from '../../paths.ts'
import css from './link.module.css'

/** Before the second device: the recovery words are still on this one only. They come first, or are given up. */
export const WordsFirst = ({ onWithout }: { readonly onWithout: () => void }) => {
  const { title, kept: say } = useLinkingWords()
  return (
    <Screen title={title} back={path.you()} width="narrow" hasSync={false}>
      <section className={css.card} aria-labelledby="link-kept">
        <h2 id="link-kept">{say.title}</h2>
        <p>{say.text}</p>
        <div className={css.actions}>
          <ButtonLink tone="primary" isLarge href={path.words()}>
            {say.write}
          </ButtonLink>
          <Button isLarge onClick={onWithout} aria-describedby="link-without">
            {say.without}
          </Button>
        </div>
        <p className={css.note} id="link-without">
          {say.withoutText}
        </p>
      </section>
    </Screen>
  )
}
