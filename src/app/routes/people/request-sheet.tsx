import { useNode } from '../../../sdk/react/index.ts'
import { Sheet } from '../../components/sheet.tsx'
import type { PendingRequest } from '../../data/group-people.ts'
import { type ListedGroup, useMayAuthorise } from '../../data/use-groups.ts'
import { whyNot } from '../../data/why-not.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { useMessages } from '../../messages/messages.tsx'
import { Panda } from '../../panda/panda.tsx'
import { toast } from '../../state/toasts.ts'
import { succeeds } from '../../state/trouble.ts'
import css from './people.module.css'
import { PetnameForm } from './petname-form.tsx'
import { RoleChoice } from './role-choice.tsx'
import { SixWords } from './six-words.tsx'

/** Somebody who asks to be let in: who it is, and as what to let them in. */
export const RequestSheet = ({
  group,
  request,
  name,
  onClose,
}: {
  readonly group: ListedGroup
  readonly request: PendingRequest
  readonly name: string
  readonly onClose: () => void
}) => {
  const t = useMessages()
  const say = useGroupWords()
  const node = useNode()
  const refusal = useMayAuthorise(group)
  return (
    <Sheet title={name} onClose={onClose}>
      <div className={css.head}>
        <Panda of={request.subject.slice(2)} size={72} />
        <p>{say.list.asks}</p>
      </div>
      {refusal && <p className={css.note}>{whyNot(refusal, say, true)}</p>}
      {refusal === undefined && (
        <RoleChoice
          role="member"
          action={say.sheet.letIn}
          isDone={() => false}
          onGive={async (role) => {
            const isDone = await succeeds(t, () => node.groups.accept(request.id, { group: group.id, role }))
            if (!isDone) return
            toast(say.sheet.wasLetIn(name))
            onClose()
          }}
        />
      )}
      <SixWords person={request.person} />
      {request.person !== undefined && <PetnameForm key={request.person} person={request.person} />}
    </Sheet>
  )
}
