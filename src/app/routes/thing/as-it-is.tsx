import { GitFork } from 'lucide-react'
import { useMemo } from 'react'
import type { Change, DocumentView } from '../../../sdk/index.ts'
import { Heading } from '../../components/screen.tsx'
import { WhereLine } from '../../components/where-line.tsx'
import type { Collection } from '../../data/collection.ts'
import { readLinks } from '../../data/field-kind.ts'
import { useListRights } from '../../data/list-rights.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { useOpenThing } from '../../state/doing.ts'
import { useKeys } from '../../shell/use-keys.ts'
import { Editable, FieldRow } from './field-row.tsx'
import { Hero, PhotoStrip } from './photos.tsx'
import css from './thing.module.css'
import { ThingName } from './thing-frame.tsx'
import { thingFields } from './thing-fields.ts'
import { useEdits } from './use-edits.ts'
import { splitsOf, tipsOf } from './versions.ts'
import { VersionsCard } from './versions-card.tsx'
import { WhoLine } from './who-line.tsx'

/** A thing as it is now: photos, name, what was changed in two ways, fields, files. Everything is changed where it stands. */
export const AsItIs = ({
  document,
  changes,
  collection,
  name,
}: {
  readonly document: DocumentView
  readonly changes: readonly Change[]
  readonly collection: Collection
  readonly name: string
}) => {
  const t = useMessages()
  const say = t.thing
  const { change } = useListRights()
  const edits = useEdits(document)
  useOpenThing(document.id, document.schemaId, edits.open)
  const { title, lead, photos, rows, files, more } = thingFields(collection, document)
  const splits = useMemo(() => splitsOf(collection.fields, changes), [collection, changes])
  const tips = useMemo(() => tipsOf(changes), [changes])
  const isSplit = new Set(splits.map(({ field }) => field.name))
  const first = title ?? rows[0]
  useKeys({
    e: () => {
      if (first !== undefined && change) edits.start(first)
    },
  })
  const blobs = photos.flatMap((field) => readLinks(document.fields[field.name]))
  const note = (field: string) =>
    isSplit.has(field) && (
      <span className={css.split}>
        <GitFork size={15} aria-hidden />
        {say.versions}
      </span>
    )
  return (
    <>
      <Hero blobs={blobs} />
      <div className={css.head}>
        {title === undefined ? (
          <ThingName>{name}</ThingName>
        ) : edits.open === title.name ? (
          <Editable field={title} edits={edits}>
            {name}
          </Editable>
        ) : (
          <ThingName>
            <Editable field={title} edits={edits} className={css.nameButton}>
              <bdi>{name}</bdi>
            </Editable>
          </ThingName>
        )}
        {title !== undefined && note(title.name)}
        {lead !== undefined && (
          <div className={css.lead}>
            <Editable field={lead} edits={edits}>
              <span className={css.leadText} dir="auto">
                {String(document.fields[lead.name])}
              </span>
            </Editable>
          </div>
        )}
      </div>
      <WhereLine document={document} />
      <WhoLine document={document} collection={collection} />
      {change &&
        splits.map((split) => <VersionsCard key={split.field.name} document={document} split={split} tips={tips} />)}
      {rows.length > 0 && (
        <dl className={css.rows} aria-label={say.fields}>
          {rows.map((field) => (
            <FieldRow key={field.name} field={field} edits={edits} note={note(field.name)} />
          ))}
        </dl>
      )}
      {photos.map((field) => (
        <section key={field.name}>
          <Heading>
            <bdi>{field.label}</bdi>
          </Heading>
          <PhotoStrip field={field} values={edits.values} edits={change ? edits : undefined} />
        </section>
      ))}
      {files.length > 0 && (
        <dl className={css.rows}>
          {files.map((field) => (
            <FieldRow key={field.name} field={field} edits={edits} />
          ))}
        </dl>
      )}
      {more.length > 0 && (
        <details className={css.more}>
          <summary>{say.moreFields}</summary>
          <p className={css.quiet}>{say.moreText}</p>
          <dl className={css.rows}>
            {more.map((field) => (
              <FieldRow key={field.name} field={field} edits={edits} />
            ))}
          </dl>
        </details>
      )}
    </>
  )
}
