import type { OpenKnock, Subject } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { Sheet } from '../../components/sheet.tsx'
import type { PendingRequest } from '../../data/group-people.ts'
import { type ListedGroup, useIsOwn, useMayAuthorise } from '../../data/use-groups.ts'
import type { NameOf } from '../../data/use-people-names.ts'
import { whyNot } from '../../data/why-not.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { useInviteWords } from '../../messages/invites.ts'
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
  knock,
  maker,
  nameOf,
  onClose,
}: {
  readonly group: ListedGroup
  readonly request: PendingRequest
  readonly name: string
  /** Where it came by an invite. */
  readonly knock: OpenKnock | undefined
  /** Who made that invite. */
  readonly maker: (knock: OpenKnock) => Subject
  readonly nameOf: NameOf
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
      {knock !== undefined && <Knocked knock={knock} maker={maker(knock)} nameOf={nameOf} />}
      {refusal && <p className={css.note}>{whyNot(refusal, say, true)}</p>}
      {refusal === undefined && (
        <RoleChoice
          // The role that the invite gives is proposed, also where the knock is read a moment later.
          key={knock?.request}
          role={knock?.role ?? 'member'}
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

/** What somebody who knocked says of themselves, and the invite that they came by. */
const Knocked = ({
  knock: { name, role, isLive },
  maker,
  nameOf,
}: {
  readonly knock: OpenKnock
  readonly maker: Subject
  readonly nameOf: NameOf
}) => {
  const say = useInviteWords().knocked
  const { roles } = useGroupWords()
  const isOwn = useIsOwn()(maker)
  return (
    <div className={css.invited}>
      {name !== '' && <p dir="auto">{say.calls(name)}</p>}
      <p>{isOwn ? say.byOwn(roles[role]) : say.by(roles[role], nameOf(maker))}</p>
      {!isLive && <p>{say.withdrawn}</p>}
      <p className={css.note}>{name === '' ? say.unnamed : say.unchecked}</p>
    </div>
  )
}
