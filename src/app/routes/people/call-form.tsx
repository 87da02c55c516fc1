import { type FormEvent, useState } from 'react'
import { useNode } from '../../../sdk/react/index.ts'
import { AsWhom } from '../../components/as-whom.tsx'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { callOneself, longestCalled } from '../../data/claims.ts'
import { personCardSchema } from '../../data/system-schemas.ts'
import { useAnswer } from '../../data/use-answer.ts'
import type { ListedGroup } from '../../data/use-groups.ts'
import { useMessages } from '../../messages/messages.tsx'
import { useNameWords } from '../../messages/names.ts'
import { toast } from '../../state/toasts.ts'
import { succeeds } from '../../state/trouble.ts'
import css from './people.module.css'

/** What one calls oneself in a group, for everybody in it. Who may add nothing says nothing. */
export const CallForm = ({ group, name }: { readonly group: ListedGroup; readonly name: string }) => {
  const t = useMessages()
  const say = useNameWords().claim
  const node = useNode()
  const [typed, setTyped] = useState(name)
  const { value } = useAnswer(
    async () => ({ refusal: await node.canI('create', { group: group.id, schema: personCardSchema }) }),
    [node, group.id, group.summary],
  )
  if (value === undefined || value.refusal !== undefined) return null
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (await succeeds(t, () => callOneself(node, group.id, typed.trim()))) toast(say.saved)
  }
  return (
    <form className={css.part} data-composes onSubmit={(event) => void save(event)}>
      <AsWhom />
      <TextField
        label={say.label}
        hint={say.hint}
        autoComplete="nickname"
        value={typed}
        maxLength={longestCalled}
        onChange={({ target }) => setTyped(target.value)}
      />
      <div className={css.actions}>
        <Button type="submit">{say.save}</Button>
      </div>
    </form>
  )
}
