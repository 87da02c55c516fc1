import { useNode } from '../../../sdk/react/index.ts'
import { type GroupPerson, isLastKeeper } from '../../data/group-people.ts'
import { type ListedGroup, useMayAuthorise } from '../../data/use-groups.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { useMessages } from '../../messages/messages.tsx'
import { toast } from '../../state/toasts.ts'
import { attempt } from '../../state/trouble.ts'
import { SecondTap } from './second-tap.tsx'

/** Leaves the group, or sends somebody away, after a second tap. Nothing for those who cannot, nor for the last keeper. */
export const Leaving = ({
  group,
  person,
  name,
  onClose,
}: {
  readonly group: ListedGroup
  readonly person: GroupPerson
  readonly name: string
  readonly onClose: () => void
}) => {
  const t = useMessages()
  const say = useGroupWords().sheet
  const node = useNode()
  const mayAuthorise = useMayAuthorise(group) === undefined
  const { isOwn } = person
  if (!person.isMember || !(isOwn || mayAuthorise) || isLastKeeper(group.people, person)) return null
  const action = isOwn ? say.leave : say.sendAway
  const go = async (): Promise<void> => {
    const done = await attempt(t, () => node.groups.setRole(group.id, person.subject, undefined))
    if (done === undefined) return
    if (isOwn) toast(say.left(group.card.name))
    else toast(done.isFinal ? say.sentAway(name) : say.notFinal(name))
    onClose()
  }
  const text = isOwn ? say.leaveText : say.sendAwayText(name)
  return <SecondTap action={action} text={text} really={say.really} rather={say.rather} onDo={go} />
}
