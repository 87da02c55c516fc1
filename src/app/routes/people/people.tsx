import { ChevronRight, ShieldCheck } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useParams } from 'wouter'
import type { DocumentId, OpenKnock, Subject } from '../../../sdk/index.ts'
import { usePetnames } from '../../../sdk/react/index.ts'
import { Chip } from '../../components/chip.tsx'
import { Heading } from '../../components/screen.tsx'
import { type GroupPerson, subjectOfKey } from '../../data/group-people.ts'
import { type Claim, useClaims } from '../../data/use-claims.ts'
import { type GroupsState, type ListedGroup, useGroup } from '../../data/use-groups.ts'
import { useKnocks } from '../../data/use-invites.ts'
import { type NameOf, usePeopleNames } from '../../data/use-people-names.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { useInviteWords } from '../../messages/invites.ts'
import { useNameWords } from '../../messages/names.ts'
import { Panda } from '../../panda/panda.tsx'
import { GroupFrame } from '../groups/group-frame.tsx'
import { NotSealed } from '../groups/not-sealed.tsx'
import { Faceless } from './faceless.tsx'
import { Invites } from './invites.tsx'
import { Nodes } from './nodes.tsx'
import css from './people.module.css'
import { PersonSheet } from './person-sheet.tsx'
import { RequestSheet } from './request-sheet.tsx'

/** Who is in a group, who asks to be, and who was. */
export const People = () => {
  const { group: id = '' } = useParams()
  const state = useGroup(id)
  return (
    <GroupFrame state={state} here="people">
      {(group) => <Lists group={group} persons={state.persons} />}
    </GroupFrame>
  )
}

const Lists = ({ group, persons }: { readonly group: ListedGroup; readonly persons: GroupsState['persons'] }) => {
  const say = useGroupWords()
  const { knocked } = useInviteWords()
  const { petnames } = usePetnames()
  const { people, pending } = group
  const claims = useClaims(group.id, persons)
  const { knocks } = useKnocks(group.id)
  const makers = knocks.map(({ by }) => subjectOfKey(by, persons))
  const nameOf = usePeopleNames([...[...people, ...pending].map(({ subject }) => subject), ...makers], say, claims)
  const knockOf = (request: DocumentId): OpenKnock | undefined => knocks.find((knock) => knock.request === request)
  const notesOf = (knock: OpenKnock | undefined): string =>
    [say.list.asks, ...(knock === undefined || knock.name === '' ? [] : [knocked.calls(knock.name)])].join(' · ')
  const [open, setOpen] = useState<Subject>()
  const close = (): void => setOpen(undefined)
  /** What somebody calls themselves, which one's own name for them makes idle; one's own. */
  const claimOf = ({ person: one, isOwn }: GroupPerson): Claim | undefined =>
    one === undefined || (!isOwn && petnames.has(one)) ? undefined : claims.get(one)
  const members = people.filter(({ isMember }) => isMember)
  const gone = people.filter(({ isMember }) => !isMember)
  const person = people.find(({ subject }) => subject === open)
  const request = pending.find(({ subject }) => subject === open)
  return (
    <>
      {pending.length > 0 && (
        <section>
          <Heading>{say.list.asking}</Heading>
          <ul>
            {pending.map(({ id, subject }) => (
              <Line key={id} subject={subject} name={nameOf(subject)} onOpen={() => setOpen(subject)}>
                {notesOf(knockOf(id))}
              </Line>
            ))}
          </ul>
        </section>
      )}
      <Invites group={group} persons={persons} claims={claims} />
      <section>
        <Heading>{say.list.inIt}</Heading>
        <ul>
          {members.map((one) => (
            <PersonLine
              key={one.subject}
              person={one}
              claim={claimOf(one)}
              nameOf={nameOf}
              onOpen={() => setOpen(one.subject)}
            />
          ))}
        </ul>
        {members.length === 1 && members[0]?.isOwn === true && <p className={css.quiet}>{say.list.alone}</p>}
      </section>
      {gone.length > 0 && (
        <section>
          <Heading>{say.list.gone}</Heading>
          <ul>
            {gone.map((one) => (
              <PersonLine
                key={one.subject}
                person={one}
                claim={claimOf(one)}
                nameOf={nameOf}
                onOpen={() => setOpen(one.subject)}
              />
            ))}
          </ul>
        </section>
      )}
      <Nodes group={group} />
      <NotSealed />
      {person !== undefined && (
        <PersonSheet
          group={group}
          person={person}
          claim={claimOf(person)}
          name={nameOf(person.subject)}
          onClose={close}
        />
      )}
      {request !== undefined && (
        <RequestSheet
          group={group}
          request={request}
          name={nameOf(request.subject)}
          knock={knockOf(request.id)}
          maker={(knock) => subjectOfKey(knock.by, persons)}
          nameOf={nameOf}
          onClose={close}
        />
      )}
    </>
  )
}

const PersonLine = ({
  person,
  claim,
  nameOf,
  onOpen,
}: {
  readonly person: GroupPerson
  readonly claim: Claim | undefined
  readonly nameOf: NameOf
  readonly onOpen: () => void
}) => {
  const say = useGroupWords()
  const { calls } = useInviteWords().knocked
  const { notYours } = useNameWords().claim
  const { petnames } = usePetnames()
  const { subject, isOwn, isMember, role, memberships } = person
  const isChecked = person.person !== undefined && petnames.get(person.person)?.isVerified === true
  const notes = [
    ...(isOwn ? [say.you] : []),
    ...(claim !== undefined && !isOwn ? [calls(claim.name)] : []),
    ...(claim?.notYours !== undefined && !isOwn ? [notYours(claim.notYours)] : []),
    ...(isMember && role === undefined && memberships.some(({ schemaId }) => schemaId !== undefined)
      ? [say.list.forOne]
      : []),
    ...(isChecked && !isOwn ? [say.list.checked] : []),
  ]
  return (
    <Line
      subject={subject}
      name={nameOf(subject)}
      onOpen={onOpen}
      isFaint={!isMember}
      isFaceless={claim?.notYours !== undefined && !isOwn}
      edge={
        <>
          {isChecked && !isOwn && <ShieldCheck className={css.shield} size={20} aria-hidden />}
          {isMember && <Chip tone={role === 'keeper' ? 'leaf' : 'plain'}>{say.roles[role ?? 'other']}</Chip>}
        </>
      }
    >
      {notes.join(' · ')}
    </Line>
  )
}

/** One person: the whole line opens what there is to know and do. */
const Line = ({
  subject,
  name,
  edge,
  isFaint = false,
  isFaceless = false,
  onOpen,
  children,
}: {
  readonly subject: Subject
  readonly name: string
  readonly edge?: ReactNode
  readonly isFaint?: boolean
  /** Could be taken for somebody else: no panda. */
  readonly isFaceless?: boolean
  readonly onOpen: () => void
  readonly children: string
}) => (
  <li>
    <button type="button" className={css.line} aria-haspopup="dialog" onClick={onOpen}>
      <span className={isFaint ? css.faint : undefined}>
        {isFaceless ? <Faceless size={48} /> : <Panda of={subject.slice(2)} size={48} />}
      </span>
      <span className={css.words}>
        <bdi className={css.name}>{name}</bdi>
        {children !== '' && <span className={css.note}>{children}</span>}
      </span>
      <span className={css.edge}>
        {edge}
        <ChevronRight className="directional" size={20} aria-hidden />
      </span>
    </button>
  </li>
)
