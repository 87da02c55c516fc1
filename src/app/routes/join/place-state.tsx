import { QrCode } from 'lucide-react'
import type { GuestState, KnockedPlace, PublicKey } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import { cardOfLink } from '../../data/invites.ts'
import { useSayOnceIn } from '../../data/use-claims.ts'
import { type ListedGroup, useGroups } from '../../data/use-groups.ts'
import { usePeopleNames } from '../../data/use-people-names.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { useInviteWords } from '../../messages/invites.ts'
import { useMessages } from '../../messages/messages.tsx'
import { go, path } from '../../paths.ts'
import { useNow } from '../../state/now.ts'
import { toast } from '../../state/toasts.ts'
import { succeeds } from '../../state/trouble.ts'
import { InviteCard } from './invite-card.tsx'
import css from './join.module.css'

const msPerSecond = 1_000

/** How far the device is with a place that it asks for, what one can do for it, and the way to let it be. */
export const PlaceState = ({ place }: { readonly place: KnockedPlace }) => {
  const t = useMessages()
  const say = useInviteWords()
  const node = useNode()
  const { state, more } = useWordsFor(place)
  const helps = isHelpedByMeeting(place.state)
  const drop = async (): Promise<void> => {
    if (!(await succeeds(t, () => node.invites.drop(place)))) return
    toast(say.place.dropped)
    go(path.groups())
  }
  return (
    <>
      <InviteCard card={cardOfLink(place.link)} label={say.join.unnamed}>
        <div role="status">
          <p className={css.state}>{state}</p>
          {more.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      </InviteCard>
      <div className={css.actions}>
        {helps && (
          <ButtonLink
            tone={place.state.state === 'looking' ? 'primary' : 'soft'}
            href={path.meet()}
            icon={<QrCode size={20} aria-hidden />}
          >
            {t.sync.meet}
          </ButtonLink>
        )}
        <Button tone="plain" onClick={() => void drop()}>
          {say.place.drop}
        </Button>
      </div>
    </>
  )
}

/** It is here: nothing is asked for any more, and the group opens. */
export const GroupHere = ({
  group,
  place,
}: {
  readonly group: ListedGroup
  readonly place: KnockedPlace | undefined
}) => {
  const t = useMessages()
  const say = useInviteWords()
  const node = useNode()
  useSayOnceIn(group)
  return (
    <>
      <InviteCard card={group.card} label={say.join.unnamed}>
        <div role="status">
          <p className={css.state}>{say.place.here}</p>
          <p>{say.place.hereText}</p>
        </div>
      </InviteCard>
      <div className={css.actions}>
        <ButtonLink
          tone="primary"
          isLarge
          href={path.people(group.id)}
          onClick={() => place && void succeeds(t, () => node.invites.drop(place))}
        >
          {say.place.open}
        </ButtonLink>
      </div>
    </>
  )
}

const isHelpedByMeeting = ({ state }: GuestState): boolean =>
  state !== 'here' && state !== 'refused' && state !== 'wrong-group'

/** The state of a place in words: what is so, and what that means. */
const useWordsFor = ({ state, link }: KnockedPlace): { readonly state: string; readonly more: readonly string[] } => {
  const say = useInviteWords().place
  const isLate = link.expiresAt * msPerSecond <= useNow()
  const nameOf = useNameOfKey(state.state === 'let-in' ? state.by : '')
  switch (state.state) {
    case 'looking':
      return { state: say.looking, more: [say.lookingText] }
    case 'kept':
      return { state: say.kept(state.by.length), more: [isLate ? say.keptLate : say.keptText] }
    case 'let-in':
      return { state: say.letIn(nameOf), more: [say.letInText] }
    case 'getting-keys':
      return { state: say.gettingKeys, more: [say.gettingKeysText] }
    case 'here':
      return { state: say.here, more: [say.letInText] }
    case 'refused':
      return { state: say.refused[state.because], more: [say.refusedText] }
    case 'wrong-group':
      return { state: say.wrongGroup, more: [say.wrongGroupText] }
  }
}

/** What the person is called whose key that is; nothing where it is not known. */
const useNameOfKey = (key: string): string => {
  const { persons } = useGroups()
  const person = persons.get(key as PublicKey)
  const nameOf = usePeopleNames(person === undefined ? [] : [`g:${person}`], useGroupWords())
  return person === undefined ? '' : nameOf(`g:${person}`)
}
