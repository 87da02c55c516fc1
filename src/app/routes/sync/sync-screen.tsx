import { FileUp, QrCode, Send, Settings2 } from 'lucide-react'
import { useOutbox } from '../../../sdk/react/index.ts'
import { ButtonLink } from '../../components/button.tsx'
import { CollectionTile } from '../../components/collection-icon.tsx'
import { Switch } from '../../components/field.tsx'
import { Row } from '../../components/rows.tsx'
import { Heading, Screen } from '../../components/screen.tsx'
import { titleOf } from '../../data/collection.ts'
import { useCollections } from '../../data/use-collections.tsx'
import { useSync } from '../../data/use-sync.tsx'
import { useMessages, useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { useNow } from '../../state/now.ts'
import { useSettings } from '../../state/settings.ts'
import { Refused } from './refused.tsx'
import { SharedRow } from './shared-row.tsx'
import { StateCard } from './state-card.tsx'
import css from './sync.module.css'
import { Talking } from './talking.tsx'

/** Who has what: what waits, by name; with whom this device talks, and how; what is shared. */
export const SyncScreen = () => {
  const t = useMessages()
  const say = t.sync
  const { isReady, shared, nodes } = useSync()
  const outbox = useOutbox()
  if (!isReady)
    return (
      <Screen title={say.title} back={path.home()} width="narrow" hasSync={false}>
        {null}
      </Screen>
    )
  return (
    <Screen title={say.title} back={path.home()} width="narrow" hasSync={false}>
      <StateCard />
      <Talking />
      {shared.length > 0 && (
        <section aria-labelledby="shared">
          <Heading id="shared">{say.shared}</Heading>
          <ul>
            {shared.map((one) => (
              <SharedRow key={one.scope.scope} shared={one} />
            ))}
          </ul>
        </section>
      )}
      <Waiting />
      <Refused />
      {shared.length === 0 && <ToShare />}
      <ShowMe />
      <div className={css.ways}>
        <ButtonLink href={path.meet()} icon={<QrCode size={20} aria-hidden />}>
          {say.meet}
        </ButtonLink>
        <ButtonLink href={path.settings('files')} icon={<FileUp size={20} aria-hidden />}>
          {say.file}
        </ButtonLink>
        {(nodes.length > 0 || outbox.nodes.length > 0) && (
          <ButtonLink href={path.outgoing()} icon={<Send size={20} aria-hidden />}>
            {t.outgoing.title}
          </ButtonLink>
        )}
        <ButtonLink tone="plain" href={path.settings('connections')} icon={<Settings2 size={20} aria-hidden />}>
          {say.manage}
        </ButtonLink>
      </div>
    </Screen>
  )
}

/** Whether others see that this device is here, and what is open on it. */
const ShowMe = () => {
  const { here } = useMessages()
  const { presence, set } = useSettings()
  return (
    <Switch
      label={here.show}
      hint={here.showText}
      checked={presence}
      onChange={(event) => set({ presence: event.target.checked })}
    />
  )
}

const shown = 12

/** Things that are on this device only, by their names. */
const Waiting = () => {
  const { t, format } = useSpeech()
  const now = useNow()
  const { collections } = useCollections()
  const { things, hasMore } = useSync().waiting
  if (things.length === 0) return null
  const rest = things.length - shown
  return (
    <section aria-labelledby="waiting">
      <Heading id="waiting">{t.sync.waiting}</Heading>
      <ul>
        {things.slice(0, shown).map((thing) => {
          const collection = collections.find(({ versions }) => versions.some(({ id }) => id === thing.schemaId))
          if (collection === undefined) return null
          const title = titleOf(collection, thing)
          return (
            <Row
              key={thing.id}
              href={path.thing(thing.id)}
              picture={<CollectionTile icon={collection.icon} />}
              title={title === '' ? t.you.changes.untitled(collection.one) : title}
              edge={format.when(thing.changedAt, now)}
            >
              {t.you.changes.what(!thing.isEdited, collection.name)}
            </Row>
          )
        })}
      </ul>
      {(rest > 0 || hasMore) && <p className={css.more}>{t.sync.andMore(Math.max(rest, 1), hasMore)}</p>}
    </section>
  )
}

/** Nothing is shared yet: what could be. */
const ToShare = () => {
  const t = useMessages()
  // Lists of a group go to those who are in it.
  const collections = useCollections().collections.filter(
    ({ schema, group }) => schema !== undefined && group === undefined,
  )
  if (collections.length === 0) return null
  return (
    <section aria-labelledby="to-share">
      <Heading id="to-share">{t.sync.shareOne}</Heading>
      <ul>
        {collections.map((collection) => (
          <Row
            key={collection.id}
            href={path.share(collection)}
            picture={<CollectionTile icon={collection.icon} />}
            title={collection.name}
          >
            {t.shell.onlyHere}
          </Row>
        ))}
      </ul>
    </section>
  )
}
