import { Eye, NotebookPen, ShieldAlert, Sprout } from 'lucide-react'
import { useState } from 'react'
import { useNode, usePerson } from '../../../sdk/react/index.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import { Screen } from '../../components/screen.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { usePersonWords } from '../../messages/person.ts'
import { go, path } from '../../paths.ts'
import { attempt } from '../../state/trouble.ts'
import { putWordsAside } from '../../state/words-later.ts'
import { AskedWords } from './asked-words.tsx'
import css from './recovery-words.module.css'

/**
 * The recovery words, from this device onto paper: what they are, all of them, three of them typed from the paper, gone. They are held by what is
 * drawn and by nothing else: no address, no storage, no clipboard.
 */
export const RecoveryWords = () => {
  const t = useMessages()
  const { title } = usePersonWords().words
  const node = useNode()
  const { status, person } = usePerson()
  const [words, setWords] = useState<readonly string[]>()
  const [isAsked, setIsAsked] = useState(false)
  const show = async (): Promise<void> => {
    setWords(await attempt(t, () => node.identity.words.show()))
    setIsAsked(false)
  }
  if (status === 'loading')
    return (
      <Screen title={title} back={path.you()} width="narrow">
        {null}
      </Screen>
    )
  if (person?.hasWords === false) return <Gone />
  if (isAsked) return <AskedWords onShow={() => void show()} />
  if (words === undefined) return <Before onShow={() => void show()} />
  const ask = (): void => {
    setWords(undefined)
    setIsAsked(true)
  }
  return <Shown words={words} onWritten={ask} />
}

const icons = [NotebookPen, ShieldAlert, Sprout] as const

const Before = ({ onShow }: { readonly onShow: () => void }) => {
  const { title, before: say } = usePersonWords().words
  const later = (): void => {
    putWordsAside()
    go(path.you())
  }
  return (
    <Screen title={title} back={path.you()} width="narrow" hasSync={false}>
      <p className={css.lead}>{say.text}</p>
      <ul className={css.points}>
        {say.points.map((point, at) => {
          const Icon = icons[at] ?? Sprout
          return (
            <li key={point}>
              <Icon size={22} strokeWidth={1.8} aria-hidden />
              <span>{point}</span>
            </li>
          )
        })}
      </ul>
      <div className={css.actions}>
        <Button tone="primary" isLarge icon={<Eye size={20} aria-hidden />} onClick={onShow}>
          {say.show}
        </Button>
        <Button tone="plain" onClick={later}>
          {say.later}
        </Button>
      </div>
    </Screen>
  )
}

const Shown = ({ words, onWritten }: { readonly words: readonly string[]; readonly onWritten: () => void }) => {
  const say = usePersonWords().words.shown
  return (
    <Screen title={say.title} back={path.you()} width="narrow" hasSync={false}>
      <p className={css.lead}>{say.text}</p>
      <ol className={css.words} aria-label={say.list} dir="ltr" lang="en" translate="no">
        {words.map((word, at) => (
          // Their places are what counts, and a word may stand at two of them.
          <li key={at}>{word}</li>
        ))}
      </ol>
      <div className={css.actions}>
        <Button tone="primary" isLarge onClick={onWritten}>
          {say.done}
        </Button>
      </div>
    </Screen>
  )
}

const Gone = () => {
  const say = usePersonWords().words.gone
  return (
    <Screen title={say.title} back={path.you()} width="narrow">
      <p className={css.lead}>{say.text}</p>
      <p className={css.keep}>{say.keep}</p>
      <div className={css.actions}>
        <ButtonLink tone="primary" isLarge href={path.you()}>
          {say.back}
        </ButtonLink>
      </div>
    </Screen>
  )
}
