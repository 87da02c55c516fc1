import { useState } from 'react'
import type { WordsOwner } from '../../../sdk/index.ts'
import { useNode, usePerson } from '../../../sdk/react/index.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import { useImport } from '../../components/import-file.tsx'
import { Screen } from '../../components/screen.tsx'
import { useDeviceWords } from '../../messages/devices.ts'
import { useMessages } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { codeOf } from '../../state/trouble.ts'
import { failureWords } from './failure-words.ts'
import css from './recover.module.css'
import { TypedWordsForm } from './typed-words-form.tsx'
import { WordsFound } from './words-found.tsx'

type Stage =
  | { readonly at: 'typing'; readonly failure?: unknown }
  /** Sound words of a person of whom nothing is here. */
  | { readonly at: 'absent' }
  | { readonly at: 'found'; readonly owner: WordsOwner }
  | { readonly at: 'done' }

/**
 * From the words on paper to a device of the person: typed, checked, what will happen, done. The words are held by what is drawn and by nothing else:
 * no address, no storage, no clipboard.
 */
export const Recover = () => {
  const t = useMessages()
  const words = useDeviceWords()
  const say = words.recover
  const { identity } = useNode()
  const { status, person } = usePerson()
  const [typed, setTyped] = useState('')
  const [stage, setStage] = useState<Stage>({ at: 'typing' })
  const lookUp = async (): Promise<void> => {
    try {
      setStage({ at: 'found', owner: await identity.words.lookUp(typed) })
    } catch (failure) {
      setStage(codeOf(failure) === 'person/words-unknown' ? { at: 'absent' } : { at: 'typing', failure })
    }
  }
  const again = (): void => setStage({ at: 'typing' })
  const finish = (): void => {
    setTyped('')
    setStage({ at: 'done' })
  }
  if (stage.at === 'absent') return <Absent onBrought={() => void lookUp()} onAgain={again} />
  if (stage.at === 'found') return <WordsFound owner={stage.owner} typed={typed} onDone={finish} onBack={again} />
  if (stage.at === 'done') return <Done />
  return (
    <Screen title={say.title} back={path.you()} width="narrow" hasSync={false}>
      {status !== 'loading' && <p className={css.lead}>{person === undefined ? say.text : say.textOwn}</p>}
      <TypedWordsForm
        typed={typed}
        onType={(text) => {
          setTyped(text)
          again()
        }}
        onCheck={lookUp}
        wrong={stage.failure === undefined ? undefined : failureWords(stage.failure, words, t)}
      />
    </Screen>
  )
}

const Absent = ({ onBrought, onAgain }: { readonly onBrought: () => void; readonly onAgain: () => void }) => {
  const say = useDeviceWords().recover.absent
  const { choose, view } = useImport(onBrought)
  return (
    <Screen title={say.title} back={path.you()} width="narrow" hasSync={false}>
      <p className={css.lead}>{say.text}</p>
      <p className={css.note}>{say.how}</p>
      <div className={css.actions}>
        <Button tone="primary" isLarge onClick={choose}>
          {say.import}
        </Button>
        <ButtonLink isLarge href={path.meet()}>
          {say.meet}
        </ButtonLink>
        <Button tone="plain" onClick={onAgain}>
          {say.again}
        </Button>
      </div>
      {view}
    </Screen>
  )
}

const Done = () => {
  const say = useDeviceWords().recover.done
  return (
    <Screen title={say.title} back={path.you()} width="narrow" hasSync={false}>
      <p className={css.lead}>{say.text}</p>
      <div className={css.actions}>
        <ButtonLink tone="primary" isLarge href={path.words()}>
          {say.write}
        </ButtonLink>
        <ButtonLink tone="plain" href={path.you()}>
          {say.later}
        </ButtonLink>
      </div>
    </Screen>
  )
}
