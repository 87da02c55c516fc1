import type { Invite } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { HandLink } from '../../components/hand-link.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { isAskedFor, textOfInvite } from '../../data/invites.ts'
import { useAnswer } from '../../data/use-answer.ts'
import type { ListedGroup } from '../../data/use-groups.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { useInviteWords } from '../../messages/invites.ts'
import { useMessages } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { toast } from '../../state/toasts.ts'
import { succeeds } from '../../state/trouble.ts'
import css from './people.module.css'
import { SecondTap } from './second-tap.tsx'

/** An invite that lives: its link, where it was made here; what comes of it; and its end. */
export const InviteSheet = ({
  group,
  invite,
  facts,
  mayWithdraw,
  onClose,
}: {
  readonly group: ListedGroup
  readonly invite: Invite
  readonly facts: string
  readonly mayWithdraw: boolean
  readonly onClose: () => void
}) => {
  const words = useInviteWords()
  const { roles } = useGroupWords()
  return (
    <Sheet title={words.title(group.card.name)} onClose={onClose}>
      <div className={css.invited}>
        <p className={css.note}>{[words.one.as(roles[invite.role]), facts].join(' · ')}</p>
        <TheLink group={group} invite={invite} />
        <p>{isAskedFor(invite.role) ? words.make.asked : words.make.unasked}</p>
        <p className={css.note}>{words.make.meets}</p>
      </div>
      {mayWithdraw && <Withdraw invite={invite} onClose={onClose} />}
    </Sheet>
  )
}

const TheLink = ({ group, invite }: { readonly group: ListedGroup; readonly invite: Invite }) => {
  const say = useInviteWords().one
  const node = useNode()
  const { value: text } = useAnswer(() => textOfInvite(node, group, invite), [node, group, invite])
  if (invite.used >= invite.uses) return <p>{say.usedUp}</p>
  if (invite.secret === undefined) return <p>{say.elsewhere}</p>
  if (text === undefined) return null
  return (
    <>
      <p>{say.hand}</p>
      <HandLink link={`${location.origin}${location.pathname}${path.join(text)}`} title={group.card.name} />
    </>
  )
}

/** Ends an invite after a second tap. */
const Withdraw = ({ invite, onClose }: { readonly invite: Invite; readonly onClose: () => void }) => {
  const t = useMessages()
  const say = useInviteWords().one
  const node = useNode()
  const go = async (): Promise<void> => {
    const isDone = await succeeds(t, () => node.invites.withdraw(invite))
    if (!isDone) return
    toast(say.withdrawn)
    onClose()
  }
  return <SecondTap action={say.withdraw} text={say.withdrawText} really={say.really} rather={say.rather} onDo={go} />
}
