import { Plus, Users } from 'lucide-react'
import { useEffect } from 'react'
import { useQuery } from '../../../sdk/react/index.ts'
import { ButtonLink } from '../../components/button.tsx'
import { ChangeRow } from '../../components/change-row.tsx'
import { CollectionGroups } from '../../components/collection-groups.tsx'
import { OnlyHere, OnlyHerePill } from '../../components/only-here.tsx'
import { Heading, useArrival } from '../../components/screen.tsx'
import { SyncPill } from '../../components/sync-pill.tsx'
import { isPeopleGroup } from '../../data/group-people.ts'
import { groupSchema } from '../../data/system-schemas.ts'
import { useChanges } from '../../data/use-changes.ts'
import { useCollections } from '../../data/use-collections.tsx'
import { everything } from '../../data/use-persons.ts'
import { useSync } from '../../data/use-sync.tsx'
import { FireMark } from '../../fire/fire-mark.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { OwnPanda } from '../../panda/own-panda.tsx'
import { go, path } from '../../paths.ts'
import { useNow } from '../../state/now.ts'
import { FireCard } from './fire-card.tsx'
import css from './home.module.css'
import { QuietCards } from './quiet-cards.tsx'

/** Where one arrives: a greeting, the fire, what there is, what changed. Who has nothing yet is welcomed instead. */
export const Home = () => {
  const { status, collections } = useCollections()
  if (collections.length > 0) return <Arrived />
  return status === 'ready' ? <WithoutLists /> : null
}

/** Whoever is in a group has something, though there may be no list: a device that was linked a moment ago, a guest who came in. */
const WithoutLists = () => {
  const { status, documents } = useQuery(groupSchema, everything)
  const hasGroup = documents.some(isPeopleGroup)
  const isNew = status === 'ready' && !hasGroup
  useEffect(() => {
    if (isNew) go(path.welcome(), { replace: true })
  }, [isNew])
  return hasGroup ? <Arrived /> : null
}

const Arrived = () => {
  const t = useMessages()
  const say = t.start.home
  const now = useNow()
  const heading = useArrival(say.title)
  const { collections } = useCollections()
  const { changes } = useChanges()
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  const today = changes.filter(({ document }) => document.changedAt >= midnight).length
  const last = changes[0]
  return (
    <div className={css.home}>
      <div className={css.bar}>
        <span className={css.brand}>
          <FireMark size={30} />
          {t.shell.name}
        </span>
        <HomePill className={css.pillPhone} isWide={false} />
        <a className={css.you} href={path.you()} aria-label={t.shell.you}>
          <OwnPanda size={44} />
        </a>
      </div>
      <header>
        <HomePill className={css.pillDesk} isWide />
        <h1 ref={heading} tabIndex={-1} className={css.greeting}>
          {say.greeting(new Date(now).getHours())}
        </h1>
        <p className={css.summary}>{say.summary(collections.length, today)}</p>
      </header>
      {last !== undefined && <FireCard last={last} />}
      <div className={css.columns}>
        <div className={css.stack}>
          <section>
            <Heading>{say.collections}</Heading>
            <CollectionGroups collections={collections} />
            <div className={css.pair}>
              <ButtonLink href={path.newCollection()} icon={<Plus size={20} aria-hidden />}>
                {t.shell.newCollection}
              </ButtonLink>
              <ButtonLink href={path.groups()} icon={<Users size={20} aria-hidden />}>
                {t.shell.groups}
              </ButtonLink>
            </div>
          </section>
        </div>
        <div className={css.stack}>
          {changes.length > 0 && (
            <section>
              <Heading>{say.lately}</Heading>
              <ul>
                {changes.slice(0, 4).map((change) => (
                  <ChangeRow key={change.document.id} change={change} />
                ))}
              </ul>
              <ButtonLink tone="plain" href={path.changes()}>
                {say.seeAll}
              </ButtonLink>
            </section>
          )}
          <OnlyHere />
          <QuietCards />
        </div>
      </div>
    </div>
  )
}

/** How things stand with others; where nothing is shared, that they are only here. */
const HomePill = ({ className, isWide }: { readonly className: string | undefined; readonly isWide: boolean }) => {
  const { shared, peers, summary } = useSync()
  if (shared.length === 0 && peers.length === 0) return <OnlyHerePill className={className} />
  // Beside the name of the app there is room for a few words only.
  return <SyncPill isWorded={isWide || summary.state === 'waiting'} className={className} />
}
