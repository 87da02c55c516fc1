import { NotebookPen, RefreshCw, Smartphone } from 'lucide-react'
import { useState } from 'react'
import type { WordsOwner } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { Screen } from '../../components/screen.tsx'
import { useDeviceWords } from '../../messages/devices.ts'
import { useMessages } from '../../messages/messages.tsx'
import { Panda } from '../../panda/panda.tsx'
import { path } from '../../paths.ts'
import { failureWords } from './failure-words.ts'
import css from './recover.module.css'
import { keyDigits } from './removal-plan.ts'

interface Found {
  readonly owner: WordsOwner
  readonly typed: string
  readonly onDone: () => void
  readonly onBack: () => void
}

/** Whose the words are, what they will do, and which devices go with it. Nothing is signed before the one button says so. */
export const WordsFound = ({ owner, typed, onDone, onBack }: Found) => {
  const t = useMessages()
  const words = useDeviceWords()
  const say = words.recover.owner
  const node = useNode()
  const [lost, setLost] = useState<readonly string[]>([])
  const [failure, setFailure] = useState<unknown>()
  const [isGoing, setIsGoing] = useState(false)
  const recover = async (): Promise<void> => {
    if (isGoing) return
    setIsGoing(true)
    setFailure(undefined)
    try {
      await node.identity.words.recover(typed, { lost })
      onDone()
    } catch (error) {
      setFailure(error)
      setIsGoing(false)
    }
  }
  return (
    <Screen title={say.title} back={path.you()} width="narrow" hasSync={false}>
      <div className={css.who}>
        <Panda of={owner.person} size={72} />
        <div>
          <p className={css.name} translate="no">
            <bdi dir="ltr">{owner.shortId}</bdi>
          </p>
          <p className={css.note}>{say.belong}</p>
        </div>
      </div>
      <ul className={css.points} aria-label={say.what}>
        <li>
          <Smartphone size={22} strokeWidth={1.8} aria-hidden />
          <span>{owner.isOwn ? say.remains : say.joins}</span>
        </li>
        <li>
          <NotebookPen size={22} strokeWidth={1.8} aria-hidden />
          <span>{say.renewed}</span>
        </li>
        <li>
          <RefreshCw size={22} strokeWidth={1.8} aria-hidden />
          <span>{say.known}</span>
        </li>
      </ul>
      <LostDevices owner={owner} lost={lost} onChange={setLost} />
      {failure !== undefined && (
        <p className={css.wrong} role="alert">
          {failureWords(failure, words, t)}
        </p>
      )}
      <div className={css.actions}>
        <Button tone="primary" isLarge aria-disabled={isGoing} onClick={() => void recover()}>
          {owner.isOwn ? (lost.length > 0 ? say.takeOut : say.renew) : say.join}
        </Button>
        <Button tone="plain" onClick={onBack}>
          {say.back}
        </Button>
      </div>
    </Screen>
  )
}

const LostDevices = ({
  owner,
  lost,
  onChange,
}: {
  readonly owner: WordsOwner
  readonly lost: readonly string[]
  readonly onChange: (lost: readonly string[]) => void
}) => {
  const words = useDeviceWords()
  const say = words.recover.owner
  const others = owner.devices.filter(({ isOwn }) => !isOwn)
  if (others.length === 0) return <p className={css.note}>{say.only}</p>
  return (
    <fieldset className={css.lost}>
      <legend>{say.lost}</legend>
      <p className={css.note}>{say.lostText}</p>
      {others.map(({ publicKey, name }) => (
        <label key={publicKey} className={css.device}>
          <input
            type="checkbox"
            checked={lost.includes(publicKey)}
            onChange={({ target }) =>
              onChange(target.checked ? [...lost, publicKey] : lost.filter((one) => one !== publicKey))
            }
          />
          <bdi>{[...(name === undefined ? [] : [name]), words.key(keyDigits(publicKey))].join(' · ')}</bdi>
        </label>
      ))}
    </fieldset>
  )
}
