import { useState } from 'react'
import type { Role } from '../../../sdk/index.ts'
import { Button } from '../../components/button.tsx'
import { Choices } from '../../components/field.tsx'
import { rolesByStrength } from '../../data/group-people.ts'
import { useGroupWords } from '../../messages/groups.ts'
import css from './people.module.css'

/** The presets as chips, what the chosen one may do, and the button that gives it. */
export const RoleChoice = ({
  role,
  action,
  isDone,
  onGive,
}: {
  readonly role: Role
  readonly action: (role: string) => string
  /** Whether a role stands already, so that giving it again does nothing. */
  readonly isDone: (role: Role) => boolean
  readonly onGive: (role: Role) => Promise<void>
}) => {
  const say = useGroupWords()
  const [chosen, setChosen] = useState<Role>(role)
  const [isGiving, setIsGiving] = useState(false)
  const give = async (): Promise<void> => {
    if (isGiving) return
    setIsGiving(true)
    await onGive(chosen)
    setIsGiving(false)
  }
  return (
    <section className={css.part} aria-label={say.sheet.role}>
      <Choices
        label={say.sheet.role}
        value={chosen}
        options={rolesByStrength.map((value) => ({ value, label: say.roles[value] }))}
        onChange={setChosen}
      />
      <p className={css.note} aria-live="polite">
        {say.may[chosen]}
      </p>
      {!isDone(chosen) && (
        <div className={css.actions}>
          <Button tone="primary" aria-disabled={isGiving} onClick={() => void give()}>
            {action(say.roles[chosen])}
          </Button>
        </div>
      )}
    </section>
  )
}
