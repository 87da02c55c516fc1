import { useEffect, useState } from 'react'
import type { DocumentView } from '../../sdk/index.ts'
import { useNode, useQuery } from '../../sdk/react/index.ts'
import { TextField } from '../components/field.tsx'
import { Sheet } from '../components/sheet.tsx'
import { type Collection, titleOf } from '../data/collection.ts'
import { useMessages } from '../messages/messages.tsx'
import css from './fields.module.css'
import { coverOf } from './link-chip.tsx'
import { Picture } from './picture.tsx'

/** A sheet to choose one thing of a collection: the ones changed last, or what a search finds. */
export const PickThing = ({
  collection,
  onPick,
  onClose,
}: {
  readonly collection: Collection
  readonly onPick: (document: DocumentView) => void
  readonly onClose: () => void
}) => {
  const t = useMessages()
  const node = useNode()
  const schema = collection.schema?.id ?? ''
  const newest = useQuery(schema, { orderBy: ['-CHANGED_AT'], first: 50 })
  const [text, setText] = useState('')
  const [hits, setHits] = useState<readonly DocumentView[]>()
  useEffect(() => {
    const stop = new AbortController()
    if (text.trim() === '') return
    const timer = setTimeout(() => {
      void node.search(text, { schemas: [schema], limit: 50, signal: stop.signal }).then(
        (found) => setHits(found.map(({ document }) => document)),
        () => undefined,
      )
    }, 120)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [node, schema, text])
  const shown = text.trim() === '' ? newest.documents : (hits ?? [])
  return (
    <Sheet title={t.form.links.pick(collection.one)} onClose={onClose}>
      <TextField
        label={t.form.links.search}
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className={css.pickList}>
        {shown.map((document) => {
          const cover = coverOf(collection, document)
          const title = titleOf(collection, document)
          return (
            <li key={document.id}>
              <button type="button" className={css.pickRow} onClick={() => onPick(document)}>
                {cover !== undefined && <Picture blob={cover} edge={120} className={css.linkPicture} />}
                <bdi>{title === '' ? t.form.unnamed(collection.one) : title}</bdi>
              </button>
            </li>
          )
        })}
      </ul>
      {shown.length === 0 && <p role="status">{t.form.links.none}</p>}
    </Sheet>
  )
}
