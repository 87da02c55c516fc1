import { ChevronRight, Link, UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { Invite, Subject } from '../../../sdk/index.ts'
import { Button } from '../../components/button.tsx'
import { Heading } from '../../components/screen.tsx'
import { subjectOfKey } from '../../data/group-people.ts'
import { type GroupsState, type ListedGroup, useIsOwn, useMayAuthorise } from '../../data/use-groups.ts'
import type { Claims } from '../../data/use-claims.ts'
import { useInvites } from '../../data/use-invites.ts'
import { usePeopleNames } from '../../data/use-people-names.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { useInviteWords } from '../../messages/invites.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { InviteSheet } from './invite-sheet.tsx'
import { NewInvite } from './new-invite.tsx'
import css from './people.module.css'

/** Inviting, for those who may let in; and the invites that live, which everybody in the group may see. */
export const Invites = ({
  group,
  persons,
  claims,
}: {
  readonly group: ListedGroup
  readonly persons: GroupsState['persons']
  readonly claims: Claims
}) => {
  const say = useInviteWords()
  const mayInvite = useMayAuthorise(group) === undefined
  const { invites } = useInvites(group.id)
  const factsOf = useFacts(claims, invites, persons)
  const [open, setOpen] = useState<'new' | Invite>()
  const close = (): void => setOpen(undefined)
  // One that was just made may not be among them yet.
  const shown = typeof open === 'object' ? (invites.find(({ id }) => id === open.id) ?? open) : undefined
  return (
    <>
      {mayInvite && (
        <div>
          <Button tone="primary" icon={<UserPlus size={20} aria-hidden />} onClick={() => setOpen('new')}>
            {say.invite}
          </Button>
        </div>
      )}
      {invites.length > 0 && (
        <section>
          <Heading>{say.living}</Heading>
          <ul>
            {invites.map((invite) => (
              <InviteLine key={invite.id} invite={invite} facts={factsOf(invite)} onOpen={() => setOpen(invite)} />
            ))}
          </ul>
        </section>
      )}
      {open === 'new' && <NewInvite group={group} onMade={setOpen} onClose={close} />}
      {shown !== undefined && (
        <InviteSheet group={group} invite={shown} facts={factsOf(shown)} mayWithdraw={mayInvite} onClose={close} />
      )}
    </>
  )
}

const InviteLine = ({
  invite,
  facts,
  onOpen,
}: {
  readonly invite: Invite
  readonly facts: string
  readonly onOpen: () => void
}) => {
  const say = useInviteWords().one
  const { roles } = useGroupWords()
  return (
    <li>
      <button type="button" className={css.line} aria-haspopup="dialog" onClick={onOpen}>
        <span className={css.invite}>
          <Link size={22} aria-hidden />
        </span>
        <span className={css.words}>
          <span className={css.name}>{say.as(roles[invite.role])}</span>
          <span className={css.note}>{facts}</span>
        </span>
        <span className={css.edge}>
          <ChevronRight className="directional" size={20} aria-hidden />
        </span>
      </button>
    </li>
  )
}

/** How many came in, until when it holds, and whose it is: one line. */
const useFacts = (
  claims: Claims,
  invites: readonly Invite[],
  persons: GroupsState['persons'],
): ((invite: Invite) => string) => {
  const { format } = useSpeech()
  const say = useInviteWords().one
  const isOwn = useIsOwn()
  const makerOf = ({ by }: Invite): Subject => subjectOfKey(by, persons)
  const nameOf = usePeopleNames(invites.map(makerOf), useGroupWords(), claims)
  return (invite) => {
    const maker = makerOf(invite)
    return [
      say.used(invite.used, invite.uses),
      say.until(format.dateTime(invite.expiresAt * msPerSecond)),
      isOwn(maker) ? say.byYou : say.by(nameOf(maker)),
    ].join(' · ')
  }
}

const msPerSecond = 1_000
