import { type FormEvent, useState } from 'react'
import type { DocumentId } from '../../../sdk/index.ts'
import { useNode, usePetnames } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { Switch, TextField } from '../../components/field.tsx'
import { useGroupWords } from '../../messages/groups.ts'
import { useMessages } from '../../messages/messages.tsx'
import { toast } from '../../state/toasts.ts'
import { codeOf, succeeds } from '../../state/trouble.ts'
import css from './people.module.css'

/** What I call somebody, and whether we compared the six words. Only a name can be marked as compared: it is what the mark protects. */
export const PetnameForm = ({ person }: { readonly person: DocumentId }) => {
  const t = useMessages()
  const say = useGroupWords().sheet
  const node = useNode()
  const known = usePetnames().petnames.get(person)
  const [typed, setTyped] = useState(known?.name ?? '')
  const [isVerified, setIsVerified] = useState(known?.isVerified ?? false)
  const [isTooLong, setIsTooLong] = useState(false)
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setIsTooLong(false)
    await succeeds(t, async () => {
      try {
        await node.identity.petnames.set(person, typed.trim(), { isVerified })
        toast(say.saved)
      } catch (error) {
        if (codeOf(error) !== 'petname/too-long') throw error
        setIsTooLong(true)
      }
    })
  }
  return (
    <form className={css.part} onSubmit={(event) => void save(event)}>
      <TextField
        label={say.petname}
        hint={say.petnameHint}
        error={isTooLong ? say.petnameTooLong : undefined}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      {typed.trim() !== '' && (
        <Switch label={say.compared} checked={isVerified} onChange={({ target }) => setIsVerified(target.checked)} />
      )}
      <div className={css.actions}>
        <Button type="submit">{say.save}</Button>
      </div>
    </form>
  )
}
