import { ImagePlus } from 'lucide-react'
import { useState } from 'react'
import { classNames } from '../../components/class-names.ts'
import { type Field, readLinks } from '../../data/field-kind.ts'
import { FieldEditor } from '../../fields/field-editor.tsx'
import { Picture } from '../../fields/picture.tsx'
import { Button } from '../../components/button.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { Lightbox } from './lightbox.tsx'
import css from './photos.module.css'
import type { Edits } from './use-edits.ts'
import type { Values } from '../../../sdk/index.ts'

/** The first photo, large, and how many more there are. */
export const Hero = ({ blobs }: { readonly blobs: readonly string[] }) => {
  const t = useMessages()
  const [at, setAt] = useState<number>()
  const [first] = blobs
  if (first === undefined) return null
  return (
    <>
      <button
        type="button"
        className={css.hero}
        aria-label={t.thing.openPhoto(1, blobs.length)}
        onClick={() => setAt(0)}
      >
        <Picture blob={first} edge={1280} className={css.heroPicture} />
        {blobs.length > 1 && (
          <span className={css.dots} aria-hidden>
            {blobs.slice(0, 7).map((blob, dot) => (
              <span key={blob} className={classNames(css.dot, dot === 0 && css.dotOn)} />
            ))}
          </span>
        )}
      </button>
      {at !== undefined && <Lightbox blobs={blobs} start={at} onClose={() => setAt(undefined)} />}
    </>
  )
}

/** All photos of one field, small; a tap opens them, the last tile adds or changes. */
export const PhotoStrip = ({
  field,
  values,
  edits,
}: {
  readonly field: Field
  readonly values: Values
  /** Absent: looking at the past. */
  readonly edits?: Edits | undefined
}) => {
  const t = useMessages()
  const say = t.thing
  const [at, setAt] = useState<number>()
  const blobs = readLinks(values[field.name])
  if (edits?.open === field.name)
    return (
      <div className={css.editor}>
        <FieldEditor field={field} values={edits.values} onChange={(change) => edits.change(field, change)} />
        <div className={css.foot}>
          <Button tone="primary" onClick={edits.done}>
            {t.shell.done}
          </Button>
        </div>
      </div>
    )
  if (blobs.length === 0 && edits === undefined) return null
  return (
    <>
      <ul className={css.strip} aria-label={field.label}>
        {blobs.map((blob, index) => (
          <li key={blob}>
            <button
              type="button"
              className={css.tile}
              aria-label={say.openPhoto(index + 1, blobs.length)}
              onClick={() => setAt(index)}
            >
              <Picture blob={blob} edge={240} className={css.tilePicture} />
            </button>
          </li>
        ))}
        {edits !== undefined && (
          <li>
            <button
              type="button"
              className={classNames(css.tile, css.add)}
              aria-label={blobs.length === 0 ? say.addPhotos : say.editPhotos}
              onClick={() => edits.start(field)}
            >
              <ImagePlus size={22} aria-hidden />
              {blobs.length === 0 ? say.addPhotos : say.editPhotos}
            </button>
          </li>
        )}
      </ul>
      {at !== undefined && <Lightbox blobs={blobs} start={at} onClose={() => setAt(undefined)} />}
    </>
  )
}
