import { useState } from 'react'
import type { Invite, Role } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { Choices } from '../../components/field.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { rolesByStrength } from '../../data/group-people.ts'
import { expiryAfter, type InviteSpan, inviteSpans, inviteUses, isAskedFor } from '../../data/invites.ts'
import type { ListedGroup } from '../../data/use-groups.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { useInviteWords } from '../../messages/invites.ts'
import { useMessages } from '../../messages/messages.tsx'
import { attempt } from '../../state/trouble.ts'
import css from './people.module.css'

/** As what, for how many and how long: then the invite is made. */
export const NewInvite = ({
  group,
  onMade,
  onClose,
}: {
  readonly group: ListedGroup
  readonly onMade: (invite: Invite) => void
  readonly onClose: () => void
}) => {
  const t = useMessages()
  const { roles, may } = useGroupWords()
  const words = useInviteWords()
  const say = words.make
  const node = useNode()
  const [role, setRole] = useState<Role>('member')
  const [uses, setUses] = useState<number>(1)
  const [span, setSpan] = useState<InviteSpan>('fortnight')
  const [isMaking, setIsMaking] = useState(false)
  const make = async (): Promise<void> => {
    if (isMaking) return
    setIsMaking(true)
    const expiresAt = expiryAfter(span, Date.now())
    const made = await attempt(t, () => node.invites.make(group.id, { role, uses, expiresAt }))
    setIsMaking(false)
    if (made !== undefined) onMade(made)
  }
  return (
    <Sheet
      title={words.title(group.card.name)}
      onClose={onClose}
      actions={
        <Button tone="primary" isLarge isWide aria-disabled={isMaking} onClick={() => void make()}>
          {isMaking ? say.making : say.make}
        </Button>
      }
    >
      <div className={css.choices}>
        <div>
          <Choices
            label={say.role}
            value={role}
            options={rolesByStrength.map((value) => ({ value, label: roles[value] }))}
            onChange={setRole}
          />
          <p className={css.note} aria-live="polite">
            {may[role]} {isAskedFor(role) ? say.asked : say.unasked}
          </p>
        </div>
        <Choices
          label={say.uses}
          value={uses}
          options={inviteUses.map((value) => ({ value, label: say.usesOf(value) }))}
          onChange={setUses}
        />
        <Choices
          label={say.span}
          value={span}
          options={inviteSpans.map((value) => ({ value, label: say.spans[value] }))}
          onChange={setSpan}
        />
      </div>
    </Sheet>
  )
}
