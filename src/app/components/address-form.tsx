import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import css from './address-form.module.css'
import { TextField } from './field.tsx'

/** A line for an address, and the button that takes it. */
export const AddressForm = ({
  label,
  hint,
  icon,
  action,
  onEnter,
}: {
  readonly label: string
  readonly hint: string
  readonly icon: ReactNode
  readonly action: string
  /** Answers whether it was taken, or what is wrong with it. What was not taken stays in the line. */
  readonly onEnter: (address: string) => Promise<boolean | string>
}) => {
  const [text, setText] = useState('')
  const [error, setError] = useState<string>()
  const enter = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const answer = await onEnter(text.trim())
    if (answer === true) setText('')
    if (typeof answer === 'string') setError(answer)
  }
  return (
    <form onSubmit={(event) => void enter(event)} className={css.form}>
      <TextField
        label={label}
        hint={hint}
        error={error}
        value={text}
        dir="ltr"
        inputMode="url"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value)
          setError(undefined)
        }}
      />
      <div className={css.actions}>
        <Button type="submit" icon={icon} disabled={text.trim() === ''}>
          {action}
        </Button>
      </div>
    </form>
  )
}
