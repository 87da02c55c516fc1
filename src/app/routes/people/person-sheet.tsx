import { useNode } from '../../../sdk/react/index.ts'
import { Sheet } from '../../components/sheet.tsx'
import { type GroupPerson, isLastKeeper } from '../../data/group-people.ts'
import type { Claim } from '../../data/use-claims.ts'
import { type ListedGroup, useMayAuthorise } from '../../data/use-groups.ts'
import { whyNot } from '../../data/why-not.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { useInviteWords } from '../../messages/invites.ts'
import { useMessages } from '../../messages/messages.tsx'
import { useNameWords } from '../../messages/names.ts'
import { Panda } from '../../panda/panda.tsx'
import { path } from '../../paths.ts'
import { toast } from '../../state/toasts.ts'
import { succeeds } from '../../state/trouble.ts'
import { CallForm } from './call-form.tsx'
import { Faceless } from './faceless.tsx'
import { Leaving } from './leaving.tsx'
import css from './people.module.css'
import { PetnameForm } from './petname-form.tsx'
import { RoleChoice } from './role-choice.tsx'
import { SixWords } from './six-words.tsx'

/** Somebody in a group: who it is, what I call them, and what they may do here. */
export const PersonSheet = ({
  group,
  person,
  claim,
  name,
  onClose,
}: {
  readonly group: ListedGroup
  readonly person: GroupPerson
  /** What they call themselves, where nobody here gave them a name; of oneself too. */
  readonly claim: Claim | undefined
  readonly name: string
  readonly onClose: () => void
}) => {
  const say = useGroupWords()
  const isFaceless = claim?.notYours !== undefined && !person.isOwn
  const role = say.roles[person.role ?? 'other']
  return (
    <Sheet title={name} onClose={onClose}>
      <div className={css.head}>
        {isFaceless ? <Faceless size={72} /> : <Panda of={person.subject.slice(2)} size={72} />}
        <p>
          {[...(person.isOwn ? [say.you] : []), person.isMember ? role : say.list.gone].join(' · ')}
          {person.isMember && person.role !== undefined && <span className={css.note}>{say.may[person.role]}</span>}
        </p>
      </div>
      {claim !== undefined && !person.isOwn && <Claimed claim={claim} />}
      {person.isOwn && person.isMember && <CallForm key={claim?.name} group={group} name={claim?.name ?? ''} />}
      <SixWords person={person.person} isOwn={person.isOwn} />
      {person.person !== undefined && !person.isOwn && <PetnameForm key={person.person} person={person.person} />}
      <OfRole group={group} person={person} name={name} onClose={onClose} />
      <Leaving group={group} person={person} name={name} onClose={onClose} />
      <p className={css.note}>
        <a href={path.care(group.id)}>{say.sheet.history}</a>
      </p>
    </Sheet>
  )
}

/** What somebody calls themselves, and what that is worth. */
const Claimed = ({ claim: { name, notYours } }: { readonly claim: Claim }) => {
  const { calls } = useInviteWords().knocked
  const say = useNameWords().claim
  return (
    <div className={css.invited}>
      <p dir="auto">{calls(name)}</p>
      <p className={css.note}>{notYours === undefined ? say.unchecked : say.notYoursText(notYours)}</p>
    </div>
  )
}

/** Another role, for those who may give one; for others why they may not. */
const OfRole = ({
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
  const say = useGroupWords()
  const node = useNode()
  const refusal = useMayAuthorise(group)
  const place = person.memberships.find(({ schemaId }) => schemaId === undefined)
  if (refusal === null || place === undefined) return null
  const why =
    refusal !== undefined
      ? whyNot(refusal, say, true)
      : isLastKeeper(group.people, person)
        ? say.sheet[person.isOwn ? 'lastKeeper' : 'theLastKeeper']
        : undefined
  if (why !== undefined)
    return (
      <section className={css.part} aria-label={say.sheet.role}>
        <h3>{say.sheet.role}</h3>
        <p className={css.note}>{why}</p>
      </section>
    )
  return (
    <RoleChoice
      role={person.role ?? 'member'}
      action={person.isMember ? say.sheet.setRole : say.sheet.backIn}
      isDone={(role) => person.isMember && role === person.role}
      onGive={async (role) => {
        const isDone = await succeeds(t, () => node.groups.setRole(group.id, person.subject, role))
        if (!isDone) return
        toast(say.sheet.roleSet(name, say.roles[role]))
        onClose()
      }}
    />
  )
}
