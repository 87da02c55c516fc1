import { LayoutGrid, ListChecks, type LucideIcon, Plus, SquareKanban, Table2 } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../components/button.tsx'
import type { Collection, CollectionView } from '../../data/collection.ts'
import { useListRights } from '../../data/list-rights.tsx'
import { useLeaving } from '../../data/removal.ts'
import { useMessages } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { AddViewSheet } from './add-view-sheet.tsx'
import css from './collection.module.css'

const drawings: Readonly<Record<CollectionView['kind'], LucideIcon>> = {
  cards: LayoutGrid,
  table: Table2,
  board: SquareKanban,
  checklist: ListChecks,
}

const ViewGlyph = ({ kind }: { readonly kind: CollectionView['kind'] }) => {
  const Drawing = drawings[kind]
  return <Drawing size={20} strokeWidth={1.9} aria-hidden />
}

/** The collection's views, side by side; links, so that each has its address. On phones only the one in sight is spelled out. */
export const ViewTabs = ({ collection, view }: { readonly collection: Collection; readonly view: CollectionView }) => {
  const t = useMessages()
  const leaving = useLeaving((state) => state.ids)
  const { arrange } = useListRights()
  const [isAdding, setIsAdding] = useState(false)
  const [first] = collection.views
  return (
    <nav className={css.tabs} aria-label={t.collection.views}>
      {collection.views
        .filter(({ id }) => !leaving.has(id))
        .map(({ id, name, kind }) => (
          <a
            key={id}
            className={css.tab}
            href={id === first.id ? path.collection(collection) : path.view(collection, id)}
            aria-current={id === view.id ? 'page' : undefined}
            title={name}
          >
            <ViewGlyph kind={kind} />
            <bdi>{name === '' ? t.collection.view.kindName(kind) : name}</bdi>
          </a>
        ))}
      {arrange && (
        <IconButton label={t.collection.view.add} className={css.addView} onClick={() => setIsAdding(true)}>
          <Plus size={20} aria-hidden />
        </IconButton>
      )}
      {isAdding && <AddViewSheet collection={collection} onClose={() => setIsAdding(false)} />}
    </nav>
  )
}
