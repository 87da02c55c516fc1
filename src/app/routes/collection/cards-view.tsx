import { memo, useMemo, useRef } from 'react'
import type { DocumentView } from '../../../sdk/index.ts'
import { CollectionGlyph } from '../../components/collection-icon.tsx'
import type { Collection } from '../../data/collection.ts'
import { fieldText } from '../../fields/field-text.ts'
import { FieldGlance } from '../../fields/field-display.tsx'
import { Picture } from '../../fields/picture.tsx'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { WaitingMark } from '../../components/where-line.tsx'
import { useNow } from '../../state/now.ts'
import { type CardParts, cardParts, coverBlob, tellingFields } from './card-parts.ts'
import css from './cards.module.css'
import { Nothing } from './nothing.tsx'
import type { Looking } from './looking.ts'
import { useThingName } from './thing-title.tsx'
import { rememberTrail } from './trail.ts'
import { useKeptScroll } from './use-kept-scroll.ts'
import { useRows } from './use-rows.ts'
import { useRem, useWidth, useWindow } from './use-window.ts'

const gap = 14
const narrowest = 200

/** How many cards stand side by side, and how large each is, in pixels. */
const layOut = (width: number, rem: number, hasCover: boolean) => {
  const fits = Math.floor((width + gap) / (narrowest + gap))
  const columns = Math.max(width < 19 * rem ? 1 : 2, fits)
  const card = (width - gap * (columns - 1)) / columns
  const cover = hasCover ? Math.round(Math.min(card * 0.75, 220)) : 0
  return { columns, cover, height: Math.round(cover + 6.35 * rem) }
}

/** Things as cards: a picture, a name, two or three words. */
export const CardsView = ({ looking }: { readonly looking: Looking }) => {
  const { collection, view } = looking
  const box = useRef<HTMLDivElement>(null)
  const [rows, show] = useRows(looking)
  const parts = useMemo(() => cardParts(collection, view), [collection, view])
  const rem = useRem()
  const width = useWidth(box)
  const { columns, cover, height } = layOut(width, rem, parts.cover !== undefined)
  const lines = Math.ceil(rows.total / columns)
  const shown = useWindow(box, lines, height + gap, (from, to) => show(from * columns, to * columns))
  useKeptScroll(view.id, rows.isCounted && rows.total > 0)
  const first = shown.from * columns
  const last = Math.min(rows.total, shown.to * columns)
  const isEmpty = rows.status !== 'loading' && rows.total === 0

  return (
    <div ref={box} style={{ blockSize: isEmpty ? undefined : lines * (height + gap) }}>
      {rows.total === 0 || width === 0 ? (
        width > 0 && <Nothing looking={looking} rows={rows} />
      ) : (
        <ul
          className={css.grid}
          style={{
            gap,
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            gridAutoRows: height,
            translate: `0 ${shown.above}px`,
          }}
          onClickCapture={() => rememberTrail(rows, first, last)}
        >
          {Array.from({ length: last - first }, (_, at) => {
            const document = rows.rowAt(first + at)
            return (
              <li
                key={document?.id ?? first + at}
                className={css.cell}
                aria-setsize={rows.total}
                aria-posinset={first + at + 1}
              >
                {document !== undefined && (
                  <Card document={document} collection={collection} parts={parts} cover={cover} />
                )}
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}

const Card = memo(
  ({
    document,
    collection,
    parts,
    cover,
  }: {
    readonly document: DocumentView
    readonly collection: Collection
    readonly parts: CardParts
    readonly cover: number
  }) => {
    const { t, format } = useSpeech()
    const now = useNow()
    const name = useThingName(collection)(document)
    const blob = coverBlob(parts, document)
    const { fields } = document
    const badge = parts.badge === undefined ? '' : fieldText(parts.badge, fields, format, t)
    const badgeText = badge !== '' && parts.badge?.kind === 'number' ? `×${badge}` : badge
    const subtitle = parts.subtitle === undefined ? '' : fieldText(parts.subtitle, fields, format, t)
    const [telling] = tellingFields(parts, document, 1)
    return (
      <a className={css.card} href={path.thing(document)} data-thing={document.id}>
        {cover > 0 && (
          <span className={css.cover} style={{ blockSize: cover }}>
            {blob === undefined ? (
              <span className={css.noCover}>
                <CollectionGlyph icon={collection.icon} size={34} />
              </span>
            ) : (
              <Picture blob={blob} className={css.picture} />
            )}
            {badgeText !== '' && <bdi className={css.badge}>{badgeText}</bdi>}
          </span>
        )}
        <span className={css.words}>
          <span className={css.title} dir="auto">
            {name}
            <WaitingMark id={document.id} />
          </span>
          <span className={css.subtitle} dir="auto">
            {subtitle}
          </span>
          <span className={css.foot}>
            <span className={css.telling}>
              {telling !== undefined && <FieldGlance field={telling} values={fields} />}
            </span>
            {cover === 0 && badgeText !== '' && <bdi>{badgeText}</bdi>}
            <span className={css.when}>{format.when(document.createdAt, now)}</span>
          </span>
        </span>
      </a>
    )
  },
)
