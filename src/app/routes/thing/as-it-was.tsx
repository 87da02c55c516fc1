import { History } from 'lucide-react'
import type { Change, DocumentView } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import { Empty } from '../../components/screen.tsx'
import { type Collection, titleOf } from '../../data/collection.ts'
import { editThing } from '../../data/edit-thing.ts'
import { type Field, readLinks } from '../../data/field-kind.ts'
import { useListRights } from '../../data/list-rights.tsx'
import { isSameValues, valuesOf } from '../../fields/stored-names.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { useNow } from '../../state/now.ts'
import { StillRow } from './field-row.tsx'
import { Hero, PhotoStrip } from './photos.tsx'
import css from './thing.module.css'
import { ThingName } from './thing-frame.tsx'
import { thingFields } from './thing-fields.ts'
import { useAsItWas } from './use-as-it-was.ts'

/** A thing as it was at an earlier time. Nothing can be changed there; single values can be brought back into now. */
export const AsItWas = ({
  document,
  at,
  changes,
  collection,
}: {
  readonly document: DocumentView
  readonly at: string
  readonly changes: readonly Change[]
  readonly collection: Collection
}) => {
  const { t, format } = useSpeech()
  const say = t.thing
  const node = useNode()
  const now = useNow()
  const { change: mayChange } = useListRights()
  const was = useAsItWas(at)
  const change = changes.find(({ viewId }) => viewId === at)
  const banner = (
    <div className={css.banner} role="status">
      <History size={20} aria-hidden />
      <p>{change === undefined ? say.past.bannerPlain : say.past.banner(format.when(change.receivedAt, now))}</p>
      <ButtonLink href={path.thing(document)}>{say.past.back}</ButtonLink>
    </div>
  )
  if (was === undefined) return banner
  if (was === null)
    return (
      <>
        {banner}
        <Empty title={say.past.notHere} />
      </>
    )
  const { title, lead, photos, rows, files, more } = thingFields(collection, was)
  const differs = (field: Field): boolean =>
    mayChange && !document.isDeleted && !isSameValues(valuesOf(field, was.fields), valuesOf(field, document.fields))
  const back = (field: Field) =>
    differs(field) && (
      <Button
        tone="outline"
        onClick={() =>
          void editThing(node, document, valuesOf(field, was.fields), t, say.past.broughtBack(field.label))
        }
      >
        {say.past.bringBack(field.label)}
      </Button>
    )
  const name = titleOf(collection, was)
  return (
    <>
      {banner}
      <Hero blobs={photos.flatMap((field) => readLinks(was.fields[field.name]))} />
      <div className={css.head}>
        <ThingName>{name === '' ? say.unnamed(collection.one) : name}</ThingName>
        {title !== undefined && back(title)}
      </div>
      <dl className={css.rows} aria-label={say.fields}>
        {[...(lead === undefined ? [] : [lead]), ...rows, ...files, ...more].map((field) => (
          <StillRow key={field.name} field={field} values={was.fields}>
            {back(field)}
          </StillRow>
        ))}
      </dl>
      {photos.map((field) => (
        <section key={field.name}>
          <PhotoStrip field={field} values={was.fields} />
          {back(field)}
        </section>
      ))}
    </>
  )
}
