import { History, Layers, Plus, RefreshCw, Trash2, Users } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { CollectionGlyph } from '../components/collection-icon.tsx'
import { byGroup, Whose } from '../components/group-lists.tsx'
import { OnlyHere } from '../components/only-here.tsx'
import { syncWords } from '../components/sync-pill.tsx'
import type { Collection } from '../data/collection.ts'
import { useCollections } from '../data/use-collections.tsx'
import { useSync } from '../data/use-sync.tsx'
import { useThings } from '../data/use-things.ts'
import { useMessages, useSpeech } from '../messages/messages.tsx'
import { path } from '../paths.ts'
import css from './shell.module.css'

/** Beside the rail: everything of the group one is in; until there are groups, of this person. */
export const Sidebar = () => {
  const t = useMessages()
  const [place] = useLocation()
  const { collections } = useCollections()
  const { shared, summary } = useSync()
  return (
    <nav className={css.side} aria-label={t.shell.yours}>
      <p className={css.sideTitle}>{t.shell.yours}</p>
      <p className={css.sideText}>{shared.length === 0 ? t.shell.onlyHere : syncWords(summary, t)}</p>
      <SideLink href={path.collections()} icon={<Layers size={20} strokeWidth={1.8} aria-hidden />} place={place}>
        {t.shell.collections}
      </SideLink>
      <SideLink href={path.changes()} icon={<History size={20} strokeWidth={1.8} aria-hidden />} place={place}>
        {t.shell.whatChanged}
      </SideLink>
      <SideLink href={path.sync()} icon={<RefreshCw size={20} strokeWidth={1.8} aria-hidden />} place={place}>
        {t.sync.title}
      </SideLink>
      <SideLink href={path.removed()} icon={<Trash2 size={20} strokeWidth={1.8} aria-hidden />} place={place}>
        {t.shell.removed}
      </SideLink>
      <SideLink href={path.groups()} icon={<Users size={20} strokeWidth={1.8} aria-hidden />} place={place} hasChildren>
        {t.shell.groups}
      </SideLink>
      <p className={css.sideHeading}>{t.shell.collections}</p>
      {byGroup(collections).map(([group, own]) => (
        <Fragment key={group ?? ''}>
          <Whose group={group} className={css.sideHeading} />
          {own.map((collection) => (
            <CollectionLink key={collection.id} collection={collection} place={place} />
          ))}
        </Fragment>
      ))}
      <SideLink href={path.newCollection()} icon={<Plus size={20} strokeWidth={1.8} aria-hidden />} place={place}>
        {t.shell.newCollection}
      </SideLink>
      <span className={css.spring} />
      <OnlyHere isSmall />
    </nav>
  )
}

const CollectionLink = ({ collection, place }: { readonly collection: Collection; readonly place: string }) => {
  const { format } = useSpeech()
  const { totalCount } = useThings(collection)
  return (
    <SideLink
      href={path.collection(collection)}
      icon={<CollectionGlyph icon={collection.icon} />}
      place={place}
      hasChildren
      count={totalCount === null ? '' : format.number(totalCount)}
    >
      {collection.name}
    </SideLink>
  )
}

const SideLink = ({
  href,
  icon,
  place,
  hasChildren = false,
  count,
  children,
}: {
  readonly href: string
  readonly icon: ReactNode
  readonly place: string
  readonly hasChildren?: boolean
  readonly count?: string
  readonly children: string
}) => {
  const target = href.slice(1)
  const isHere = place === target || (hasChildren && place.startsWith(`${target}/`))
  return (
    <a className={css.sideLink} href={href} aria-current={isHere ? 'page' : undefined}>
      {icon}
      <bdi>{children}</bdi>
      {count !== undefined && count !== '' && <small>{count}</small>}
    </a>
  )
}
