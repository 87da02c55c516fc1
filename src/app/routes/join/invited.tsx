import { type InviteLink, P2pandaError } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { BadLink } from '../../components/bad-link.tsx'
import { ButtonLink } from '../../components/button.tsx'
import { Empty, Screen } from '../../components/screen.tsx'
import { placeOfLink } from '../../data/invites.ts'
import { useAnswer } from '../../data/use-answer.ts'
import { useGroup } from '../../data/use-groups.ts'
import { useAskedPlaces } from '../../data/use-invites.ts'
import { useInviteWords } from '../../messages/invites.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { codeOf } from '../../state/trouble.ts'
import { AskForPlace } from './ask-for-place.tsx'
import { GroupHere, PlaceState } from './place-state.tsx'

const msPerSecond = 1_000

/** Where an invite leads: what its link claims and how to ask; then, however often it is opened, how far that is. */
export const Invited = ({ text }: { readonly text: string }) => {
  const say = useInviteWords().join
  const node = useNode()
  const { value: link, error } = useAnswer(() => node.invites.read(text), [node, text])
  const { status, asked } = useAskedPlaces()
  const place = placeOfLink(asked, text, link)?.place
  const known: InviteLink | undefined = place?.link ?? link
  const { status: groupStatus, group } = useGroup(known?.group ?? '')
  const name = known?.name || say.unnamed
  if (status === 'loading' || groupStatus === 'loading' || (link === undefined && error === undefined))
    return (
      <Screen title={say.title(name)} width="narrow">
        {null}
      </Screen>
    )
  if (known === undefined) return <Unusable error={error} />
  const isMember = group?.own?.isMember === true
  return (
    <Screen
      // What one pressed is gone with what it led to: the next takes the focus.
      key={isMember ? 'here' : place === undefined ? 'offer' : 'asked'}
      title={group === undefined ? say.title(name) : group.card.name}
      back={isMember || place !== undefined ? path.groups() : path.home()}
      width="narrow"
    >
      {isMember ? (
        <GroupHere group={group} place={place} />
      ) : place === undefined ? (
        <AskForPlace link={known} text={text} />
      ) : (
        <PlaceState place={place} />
      )}
    </Screen>
  )
}

/** An invite whose time is over, or that is none. */
const Unusable = ({ error }: { readonly error: unknown }) => {
  const { t, format } = useSpeech()
  const say = useInviteWords().join
  if (!(error instanceof P2pandaError) || error.failure.code !== 'link/expired') return <BadLink code={codeOf(error)} />
  return (
    <Screen title={say.expired} width="narrow">
      <Empty title={say.expired} action={<ButtonLink href={path.home()}>{t.shell.notFound.home}</ButtonLink>}>
        {say.expiredText(format.dateTime(error.failure.expiresAt * msPerSecond))}
      </Empty>
    </Screen>
  )
}
