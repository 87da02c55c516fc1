import { Plus } from 'lucide-react'
import { ButtonLink } from '../../components/button.tsx'
import { CollectionGroups } from '../../components/collection-groups.tsx'
import { Empty, Screen } from '../../components/screen.tsx'
import { useCollections } from '../../data/use-collections.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import css from './collections.module.css'

/** Every collection, one row each. */
export const Collections = () => {
  const t = useMessages()
  const say = t.collections.list
  const { status, collections } = useCollections()
  const make = (
    <ButtonLink tone="primary" href={path.newCollection()} icon={<Plus size={20} aria-hidden />}>
      {t.shell.newCollection}
    </ButtonLink>
  )
  return (
    <Screen title={say.title} back={path.home()} width="narrow">
      {status === 'ready' && collections.length === 0 ? (
        <Empty title={say.empty} action={make}>
          {say.emptyText}
        </Empty>
      ) : (
        <>
          <CollectionGroups collections={collections} />
          <div className={css.foot}>
            {make}
            <ButtonLink tone="plain" href={path.removed()}>
              {t.shell.removed}
            </ButtonLink>
          </div>
        </>
      )}
    </Screen>
  )
}
