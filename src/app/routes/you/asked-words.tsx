import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useNode } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Screen } from '../../components/screen.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { usePersonWords } from '../../messages/person.ts'
import { path } from '../../paths.ts'
import { attempt } from '../../state/trouble.ts'
import css from './recovery-words.module.css'
import { type Slip, wordSlips } from './word-slips.ts'

/** Asks for some of the words from the paper. When all are right, this device forgets them, and the screen around it says so. */
export const AskedWords = ({ onShow }: { readonly onShow: () => void }) => {
  const t = useMessages()
  const say = usePersonWords().words.asked
  const node = useNode()
  const { places } = node.identity.words
  const [typed, setTyped] = useState(() => places.map(() => ''))
  const [slips, setSlips] = useState<readonly (Slip | undefined)[]>([])
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (slips.some((slip) => slip !== undefined))
      form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [slips])
  const check = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const found = await attempt(t, async () =>
      (await node.identity.words.confirm(typed)) ? [] : wordSlips(node.identity.words, typed),
    )
    setSlips(found ?? [])
  }
  const sentence = (slip: Slip | undefined, place: number): string | undefined =>
    slip === undefined
      ? undefined
      : slip.kind === 'misspelled'
        ? say.misspelled(place, slip.meant)
        : say[slip.kind](place)
  return (
    <Screen title={say.title} back={path.you()} width="narrow" hasSync={false}>
      <p className={css.lead}>{say.text(places)}</p>
      <form ref={form} className={css.form} onSubmit={(event) => void check(event)} noValidate>
        {places.map((place, at) => (
          <TextField
            key={place}
            label={say.word(place)}
            error={sentence(slips[at], place)}
            value={typed[at] ?? ''}
            dir="ltr"
            lang="en"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            onChange={({ target }) => setTyped(typed.with(at, target.value))}
          />
        ))}
        <div className={css.actions}>
          <Button tone="primary" isLarge type="submit">
            {say.check}
          </Button>
          <Button tone="plain" onClick={onShow}>
            {say.again}
          </Button>
        </div>
      </form>
    </Screen>
  )
}
