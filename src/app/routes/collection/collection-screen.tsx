import { lazy, Suspense } from 'react'
import { useParams } from 'wouter'
import { ButtonLink } from '../../components/button.tsx'
import { Empty, Screen } from '../../components/screen.tsx'
import type { Collection } from '../../data/collection.ts'
import { ListRightsProvider } from '../../data/list-rights.tsx'
import { useCollection, useCollections } from '../../data/use-collections.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { CardsView } from './cards-view.tsx'
import { ChecklistView } from './checklist-view.tsx'
import { type Looking, useLooking } from './looking.ts'
import { TableView } from './table-view.tsx'
import { ViewFrame } from './view-frame.tsx'

// Only a board drags cards.
const BoardView = lazy(async () => ({ default: (await import('./board-view.tsx')).BoardView }))

/** A collection as one of its views: cards, table, board or checklist. */
export const CollectionScreen = () => {
  const t = useMessages()
  const { col = '', view } = useParams()
  const { status } = useCollections()
  const collection = useCollection(col)
  if (collection === undefined)
    return (
      <Screen title={t.collection.title} back={path.collections()}>
        {status !== 'loading' && (
          <Empty
            title={t.shell.notFound.title}
            action={<ButtonLink href={path.collections()}>{t.shell.collections}</ButtonLink>}
          />
        )}
      </Screen>
    )
  if (collection.schema === undefined)
    return (
      <Screen title={collection.name} back={path.collections(collection.group)}>
        <Empty title={t.collection.notReadable} />
      </Screen>
    )
  return (
    <ListRightsProvider key={collection.id} of={collection}>
      <Readable collection={collection} viewId={view} />
    </ListRightsProvider>
  )
}

const Readable = ({ collection, viewId }: { readonly collection: Collection; readonly viewId: string | undefined }) => {
  const looking = useLooking(collection, viewId)
  return (
    <ViewFrame looking={looking}>
      <Suspense fallback={null}>
        <ViewOf key={looking.view.id} looking={looking} />
      </Suspense>
    </ViewFrame>
  )
}

const ViewOf = ({ looking }: { readonly looking: Looking }) => {
  switch (looking.kind) {
    case 'cards':
      return <CardsView looking={looking} />
    case 'table':
      return <TableView looking={looking} />
    case 'board':
      return <BoardView looking={looking} />
    case 'checklist':
      return <ChecklistView looking={looking} />
  }
}
