import { useMessages } from '../messages/messages.tsx'
import { path } from '../paths.ts'
import { putWordsAside } from '../state/words-later.ts'
import { ButtonLink } from './button.tsx'
import { QuietCard } from './quiet-card.tsx'

/** Asks for the recovery words to be written down. Put aside, it comes again later. */
export const RecoveryCard = () => {
  const say = useMessages().start.home.words
  return (
    <QuietCard title={say.title} text={say.text} onPutAside={putWordsAside}>
      <ButtonLink href={path.words()}>{say.write}</ButtonLink>
    </QuietCard>
  )
}
