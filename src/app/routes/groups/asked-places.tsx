import { ChevronRight } from 'lucide-react'
import { useEffect } from 'react'
import { useNode } from '../../../sdk/react/index.ts'
import { Row } from '../../components/rows.tsx'
import { Heading } from '../../components/screen.tsx'
import { cardOfLink } from '../../data/invites.ts'
import { useAskedPlaces } from '../../data/use-invites.ts'
import { useInviteWords } from '../../messages/invites.ts'
import { useMessages } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { succeeds } from '../../state/trouble.ts'
import { GroupBadge } from './group-badge.tsx'

/** The places that this device asks for, each leading to how far it is. One that came to its end stands among the groups, and is let be. */
export const AskedPlaces = () => {
  const t = useMessages()
  const say = useInviteWords()
  const node = useNode()
  const { asked } = useAskedPlaces()
  const open = asked.filter(({ place }) => place.state.state !== 'here')
  useEffect(() => {
    // Whoever leaves the group later would ask for it anew.
    for (const { place } of asked) if (place.state.state === 'here') void succeeds(t, () => node.invites.drop(place))
  }, [asked, node, t])
  if (open.length === 0) return null
  return (
    <section>
      <Heading>{say.place.list}</Heading>
      <ul>
        {open.map(({ place, text }) => {
          const card = cardOfLink(place.link)
          return (
            <Row
              key={place.key}
              href={path.join(text)}
              picture={<GroupBadge card={card} />}
              title={card.name || say.join.unnamed}
              edge={<ChevronRight className="directional" size={20} aria-hidden />}
            >
              {say.place.short[place.state.state]}
            </Row>
          )
        })}
      </ul>
    </section>
  )
}
