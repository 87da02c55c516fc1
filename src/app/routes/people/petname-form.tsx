import { useState } from 'react'
import type { DocumentId } from '../../../sdk/index.ts'
import { useNode, usePetnames } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { Switch, TextField } from '../../components/field.tsx'
import { useNaming } from '../../components/use-naming.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { toast } from '../../state/toasts.ts'
import css from './people.module.css'

/** What I call somebody, and whether we compared the six words. Only a name can be marked as compared: it is what the mark protects. */
export const PetnameForm = ({ person }: { readonly person: DocumentId }) => {
  const say = useGroupWords().sheet
  const node = useNode()
  const known = usePetnames().petnames.get(person)
  const [isVerified, setIsVerified] = useState(known?.isVerified ?? false)
  const { typed, setTyped, isTooLong, submit } = useNaming(known?.name ?? '', async (given) => {
    await node.identity.petnames.set(person, given.trim(), { isVerified })
    toast(say.saved)
  })
  return (
    <form className={css.part} onSubmit={(event) => void submit(event)}>
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
