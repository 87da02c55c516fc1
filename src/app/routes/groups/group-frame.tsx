import { Flame, Layers, ScrollText, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { ButtonLink } from '../../components/button.tsx'
import { Empty, Screen } from '../../components/screen.tsx'
import { useSayOnceIn } from '../../data/use-claims.ts'
import type { GroupsState, ListedGroup } from '../../data/use-groups.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { path } from '../../paths.ts'
import css from './groups.module.css'

/** A screen of one group: its name, what it is about, and the ways between its places. Says so where the group is not here. */
export const GroupFrame = ({
  state: { status, group },
  here,
  width = 'narrow',
  actions,
  children,
}: {
  readonly state: Pick<GroupsState, 'status'> & { readonly group: ListedGroup | undefined }
  readonly here: 'fire' | 'lists' | 'people' | 'care'
  readonly width?: 'narrow' | 'full'
  readonly actions?: ReactNode
  readonly children: (group: ListedGroup) => ReactNode
}) => {
  const say = useGroupWords()
  useSayOnceIn(group)
  if (group === undefined)
    return (
      <Screen title={status === 'ready' ? say.notHere : say.title} back={path.groups()} width="narrow">
        {status === 'ready' && (
          <Empty title={say.notHere} action={<ButtonLink href={path.groups()}>{say.title}</ButtonLink>}>
            {say.notHereText}
          </Empty>
        )}
      </Screen>
    )
  const { id, card } = group
  const places = [
    { name: 'fire', href: path.fire(id), icon: <Flame size={18} aria-hidden /> },
    { name: 'lists', href: path.collections(id), icon: <Layers size={18} aria-hidden /> },
    { name: 'people', href: path.people(id), icon: <Users size={18} aria-hidden /> },
    { name: 'care', href: path.care(id), icon: <ScrollText size={18} aria-hidden /> },
  ] as const
  return (
    <Screen
      title={card.name}
      {...(card.about === '' ? {} : { subtitle: <bdi>{card.about}</bdi> })}
      back={path.groups()}
      width={width}
      actions={actions}
    >
      <nav className={css.nav} aria-label={say.places(card.name)}>
        {places.map(({ name, href, icon }) => (
          <a key={name} className={css.place} href={href} aria-current={name === here ? 'page' : undefined}>
            {icon}
            {say.nav[name]}
          </a>
        ))}
      </nav>
      {children(group)}
    </Screen>
  )
}
