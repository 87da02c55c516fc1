import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useNode } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { TextArea } from '../../components/field.tsx'
import { useDeviceWords } from '../../messages/devices.ts'
import { finishWord, mendWord, type TypedSlip, typedSlips, typedWords, unfinishedWord } from './typed-words.ts'
import css from './recover.module.css'

/** Letters after which words are offered: with fewer there are too many. */
const fewestLetters = 2
const mostOffered = 4

interface Form {
  readonly typed: string
  readonly onType: (typed: string) => void
  /** All words are in the list. */
  readonly onCheck: () => Promise<void>
  /** What is wrong with them together. */
  readonly wrong: string | undefined
}

/** Twelve words from paper: those that begin as the last one does are offered, and slips are named with what was meant. */
export const TypedWordsForm = ({ typed, onType, onCheck, wrong }: Form) => {
  const say = useDeviceWords().recover
  const { suggest } = useNode().identity.words
  const [slips, setSlips] = useState<readonly TypedSlip[]>([])
  const area = useRef<HTMLTextAreaElement>(null)
  const type = (text: string): void => {
    setSlips([])
    onType(text)
  }
  const check = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const found = await typedSlips(typed, suggest)
    setSlips(found)
    if (found.length === 0) await onCheck()
    area.current?.focus()
  }
  const mend = (place: number, word: string): void => {
    onType(mendWord(typed, place, word))
    setSlips(slips.filter((slip) => slip.place !== place))
    area.current?.focus()
  }
  return (
    <form className={css.form} onSubmit={(event) => void check(event)} noValidate>
      <TextArea
        ref={area}
        label={say.label}
        hint={say.hint}
        error={slips.length > 0 ? <Slips slips={slips} /> : wrong}
        value={typed}
        rows={4}
        dir="ltr"
        lang="en"
        translate="no"
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        onChange={({ target }) => type(target.value)}
      />
      <div className={css.under}>
        {slips.length > 0 ? (
          <Mends slips={slips} onTake={mend} />
        ) : (
          <Offered
            typed={typed}
            onTake={(word) => {
              type(finishWord(typed, word))
              area.current?.focus()
            }}
          />
        )}
        <p className={css.count} role="status">
          {say.count(typedWords(typed).length)}
        </p>
      </div>
      <div className={css.actions}>
        <Button tone="primary" isLarge type="submit">
          {say.check}
        </Button>
      </div>
    </form>
  )
}

const Slips = ({ slips }: { readonly slips: readonly TypedSlip[] }) => {
  const say = useDeviceWords().recover
  return slips.map((slip) => (
    <span key={slip.place} className={css.slip}>
      {slip.kind === 'misspelled' ? say.misspelled(slip.place, slip.meant) : say.unknown(slip.place)}
    </span>
  ))
}

interface Mending {
  readonly slips: readonly TypedSlip[]
  readonly onTake: (place: number, word: string) => void
}

/** What was meant, to be taken by a tap. */
const Mends = ({ slips, onTake }: Mending) => {
  const say = useDeviceWords().recover
  const mends = slips.flatMap((slip) =>
    slip.kind === 'misspelled' ? slip.meant.map((word) => ({ place: slip.place, word })) : [],
  )
  return (
    <ul className={css.offered} aria-label={say.meant}>
      {mends.map(({ place, word }) => (
        <li key={`${place} ${word}`}>
          <Button onClick={() => onTake(place, word)}>{say.mend(word)}</Button>
        </li>
      ))}
    </ul>
  )
}

/** Words of the list that begin as the last typed one does. */
const Offered = ({ typed, onTake }: { readonly typed: string; readonly onTake: (word: string) => void }) => {
  const say = useDeviceWords().recover
  const { suggest } = useNode().identity.words
  const begun = unfinishedWord(typed)
  const [offered, setOffered] = useState<readonly string[]>([])
  useEffect(() => {
    let isCurrent = true
    const ask = async (): Promise<void> => {
      const found = begun.length < fewestLetters ? [] : await suggest(begun, mostOffered)
      if (isCurrent) setOffered(found.filter((word) => word !== begun))
    }
    void ask()
    return () => {
      isCurrent = false
    }
  }, [begun, suggest])
  return (
    <ul className={css.offered} aria-label={say.suggestions} lang="en" translate="no">
      {offered.map((word) => (
        <li key={word}>
          <Button onClick={() => onTake(word)}>{word}</Button>
        </li>
      ))}
    </ul>
  )
}
