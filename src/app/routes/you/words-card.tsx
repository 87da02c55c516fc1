import { ButtonLink } from '../../components/button.tsx'
import { useDeviceWords } from '../../messages/devices.ts'
import { usePersonWords } from '../../messages/person.ts'
import { path } from '../../paths.ts'
import css from './you.module.css'

interface Whereabouts {
  readonly hasWords: boolean
  /** Other devices of the person are known, and one of them may have made the newest words. */
  readonly hasOthers: boolean
}

/** Where the recovery words are, and the way to what they do. */
export const WordsCard = ({ hasWords, hasOthers }: Whereabouts) => {
  const devices = useDeviceWords()
  const say = usePersonWords().words
  return (
    <section className={css.card} aria-label={say.title}>
      <h2>{say.title}</h2>
      <p className={css.note}>{hasWords ? say.here : hasOthers ? devices.notHere : say.paper}</p>
      <div>
        {hasWords ? (
          <ButtonLink tone="primary" href={path.words()}>
            {say.write}
          </ButtonLink>
        ) : (
          <ButtonLink href={path.recover()}>{devices.useWords}</ButtonLink>
        )}
      </div>
    </section>
  )
}
