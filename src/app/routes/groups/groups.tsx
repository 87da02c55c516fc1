import { ChevronRight, Plus } from 'lucide-react'
import { ButtonLink } from '../../components/button.tsx'
import { Row } from '../../components/rows.tsx'
import { Empty, Screen } from '../../components/screen.tsx'
import { type ListedGroup, useGroups } from '../../data/use-groups.ts'
import { type GroupMessages, useGroupWords } from '../../messages/groups.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { AskedPlaces } from './asked-places.tsx'
import { GroupBadge } from './group-badge.tsx'

/** Every group this device knows, and how one stands in it. */
export const Groups = () => {
  const say = useGroupWords()
  const { format } = useSpeech()
  const { status, groups } = useGroups()
  const make = (
    <ButtonLink tone="primary" href={path.newGroup()} icon={<Plus size={20} aria-hidden />}>
      {say.new}
    </ButtonLink>
  )
  return (
    <Screen title={say.title} subtitle={say.text} back={path.home()} width="narrow">
      <AskedPlaces />
      {groups.length > 0 && (
        <>
          <ul>
            {groups
              .toSorted((a, b) => format.compare(a.card.name, b.card.name))
              .map((group) => (
                <Row
                  key={group.id}
                  href={path.people(group.id)}
                  picture={<GroupBadge card={group.card} />}
                  title={group.card.name}
                  edge={<ChevronRight className="directional" size={20} aria-hidden />}
                >
                  {standing(group, say)}
                </Row>
              ))}
          </ul>
          <div>{make}</div>
        </>
      )}
      {status === 'ready' && groups.length === 0 && (
        <Empty title={say.none} action={make}>
          {say.noneText}
        </Empty>
      )}
    </Screen>
  )
}

/** How many there are, what one is oneself, who asks to join: one line. */
const standing = ({ people, pending, own, summary }: ListedGroup, say: GroupMessages): string => {
  if (summary.isEnded) return say.ended
  const members = people.filter(({ isMember }) => isMember)
  return [
    say.people(members.length),
    own?.isMember === true ? say.youAre(say.roles[own.role ?? 'other']) : say.notIn,
    ...(pending.length > 0 ? [say.asking(pending.length)] : []),
  ].join(' · ')
}
