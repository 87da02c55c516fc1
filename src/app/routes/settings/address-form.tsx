import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import css from './settings.module.css'

/** A line for an address, and the button that takes it. */
export const AddressForm = ({
  words,
  icon,
  action,
  onEnter,
}: {
  readonly words: { readonly address: string; readonly addressHint: string; readonly wrong: string }
  readonly icon: ReactNode
  readonly action: string
  /** Answers whether it was taken; `false`: it is no such address, `undefined`: something else kept it from being taken. */
  readonly onEnter: (address: string) => Promise<boolean | undefined>
}) => {
  const [isWrong, setIsWrong] = useState(false)
  const [text, setText] = useState('')
  const enter = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const isTaken = await onEnter(text.trim())
    if (isTaken === true) setText('')
    if (isTaken === false) setIsWrong(true)
  }
  return (
    <form onSubmit={(event) => void enter(event)} className={css.group}>
      <TextField
        label={words.address}
        hint={words.addressHint}
        value={text}
        autoComplete="off"
        dir="ltr"
        onChange={(event) => {
          setText(event.target.value)
          setIsWrong(false)
        }}
        error={isWrong ? words.wrong : undefined}
      />
      <div className={css.actions}>
        <Button type="submit" icon={icon} disabled={text.trim() === ''}>
          {action}
        </Button>
      </div>
    </form>
  )
}
