import { ArrowLeft } from 'lucide-react'
import { createContext, type ReactNode, type RefObject, use } from 'react'
import { IconLink } from '../../components/button.tsx'
import { CollectionGlyph } from '../../components/collection-icon.tsx'
import { WhoseList } from '../../components/whose-list.tsx'
import { SyncPill } from '../../components/sync-pill.tsx'
import { useArrival } from '../../components/screen.tsx'
import type { Collection } from '../../data/collection.ts'
import { useMessages } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import css from './thing-frame.module.css'

const HeadingContext = createContext<RefObject<HTMLHeadingElement | null> | undefined>(undefined)

/** A screen whose heading is the thing's own name, further down; the bar only says where one came from. */
export const ThingFrame = ({
  name,
  collection,
  actions,
  children,
}: {
  readonly name: string
  readonly collection: Collection
  readonly actions: ReactNode
  readonly children: ReactNode
}) => {
  const t = useMessages()
  const heading = useArrival(name)
  return (
    <HeadingContext value={heading}>
      <div className={css.frame}>
        <header className={css.bar}>
          <IconLink label={t.shell.back} href={path.collection(collection)} className={css.back ?? ''}>
            <ArrowLeft className="directional" size={24} aria-hidden />
          </IconLink>
          <a className={css.from} href={path.collection(collection)}>
            <CollectionGlyph icon={collection.icon} size={18} />
            <bdi>{collection.name}</bdi>
          </a>
          <div className={css.actions}>
            <SyncPill />
            {actions}
          </div>
        </header>
        <WhoseList of={collection} />
        {children}
      </div>
    </HeadingContext>
  )
}

/** The heading of the screen. It takes the focus on arrival. */
export const ThingName = ({ children }: { readonly children: ReactNode }) => {
  const heading = use(HeadingContext)
  return (
    <h1 ref={heading} tabIndex={-1} className={css.name} dir="auto">
      {children}
    </h1>
  )
}
