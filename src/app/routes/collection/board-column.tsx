import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { ArrowRightLeft, Calendar, Image, Plus } from 'lucide-react'
import { memo, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { DocumentView } from '../../../sdk/index.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { classNames } from '../../components/class-names.ts'
import { type Field, type Option, readLinks } from '../../data/field-kind.ts'
import { useListRights } from '../../data/list-rights.tsx'
import { FieldGlance } from '../../fields/field-display.tsx'
import { fieldText } from '../../fields/field-text.ts'
import { Picture } from '../../fields/picture.tsx'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { WaitingMark } from '../../components/where-line.tsx'
import css from './board.module.css'
import { type CardParts, cardParts, coverBlob, tellingFields } from './card-parts.ts'
import type { Looking } from './looking.ts'
import { useThingName } from './thing-title.tsx'
import { rememberTrail } from './trail.ts'
import { useRows } from './use-rows.ts'

export type Column = Option
const shownAtFirst = 40

/** One column: its cards, and where cards can be dropped. It stays when it is empty. */
export const BoardColumn = ({
  looking,
  group,
  column,
  onRows,
  onCount,
  onMove,
}: {
  readonly looking: Looking
  readonly group: Field
  readonly column: Column
  /** The cards it shows. */
  readonly onRows: (documents: readonly DocumentView[]) => void
  readonly onCount: (count: number) => void
  readonly onMove: (document: DocumentView) => void
}) => {
  const { t, format } = useSpeech()
  const say = t.collection.board
  const { collection, view } = looking
  const name = useThingName(collection)
  const where = useMemo(
    () => ({
      [group.name]: column.value === '' ? { notIn: group.options.map(({ value }) => value) } : { eq: column.value },
    }),
    [group, column.value],
  )
  const { add } = useListRights()
  const [rows, show] = useRows(looking, where)
  const [shown, setShown] = useState(shownAtFirst)
  const [isOver, setIsOver] = useState(false)
  const box = useRef<HTMLElement>(null)
  const parts = useMemo(() => cardParts(collection, view), [collection, view])
  const last = Math.min(rows.total, shown)
  const isHidden = column.value === '' && rows.total === 0
  const cards = Array.from({ length: last }, (_, at) => rows.rowAt(at)).filter((card) => card !== undefined)
  const tell = useEffectEvent((now: typeof rows) => {
    if (now.status === 'ready') onCount(now.total)
    onRows(cards)
  })
  useEffect(() => tell(rows), [rows])
  useEffect(() => show(0, shown), [show, shown])
  useEffect(() => {
    const element = box.current
    // Nobody says "none of these" by dragging.
    if (element === null || column.value === '') return
    return dropTargetForElements({
      element,
      getData: () => ({ column: column.value }),
      onDragEnter: () => setIsOver(true),
      onDragLeave: () => setIsOver(false),
      onDrop: () => setIsOver(false),
    })
  }, [column.value])
  if (isHidden) return null
  return (
    <section
      ref={box}
      className={classNames(css.column, isOver && css.over)}
      data-column={column.value}
      aria-label={say.column(column.label, rows.total)}
    >
      <h2 className={css.columnHead}>
        <span className={classNames(css.dot, css[column.tone])} />
        <bdi>{column.label}</bdi>
        <small>{rows.isCounted && format.number(rows.total)}</small>
      </h2>
      {rows.total === 0 && rows.status === 'ready' && <p className={css.nothing}>{say.nothing}</p>}
      <ul className={css.cards} onClickCapture={() => rememberTrail(rows, 0, last)}>
        {cards.map((document) => (
          <BoardCard key={document.id} document={document} name={name(document)} parts={parts} onMove={onMove} />
        ))}
      </ul>
      {rows.total > last && (
        <Button tone="plain" onClick={() => setShown(shown + 100)}>
          {say.more(Math.min(100, rows.total - last))}
        </Button>
      )}
      {add && (
        <a className={css.add} href={`${path.add(collection)}?${new URLSearchParams({ [group.name]: column.value })}`}>
          <Plus size={18} aria-hidden />
          {t.collection.addShort}
        </a>
      )}
    </section>
  )
}

const BoardCard = memo(
  ({
    document,
    name,
    parts,
    onMove,
  }: {
    readonly document: DocumentView
    readonly name: string
    readonly parts: CardParts
    readonly onMove: (document: DocumentView) => void
  }) => {
    const { t, format } = useSpeech()
    const card = useRef<HTMLLIElement>(null)
    const { change } = useListRights()
    const [isDragged, setIsDragged] = useState(false)
    useEffect(() => {
      const element = card.current
      if (element === null || !change) return
      return draggable({
        element,
        getInitialData: () => ({ thing: document.id }),
        onDragStart: () => setIsDragged(true),
        onDrop: () => setIsDragged(false),
      })
    }, [document.id, change])
    const blob = coverBlob(parts, document)
    const pictures = parts.cover === undefined ? 0 : readLinks(document.fields[parts.cover.name]).length
    const subtitle = parts.subtitle === undefined ? '' : fieldText(parts.subtitle, document.fields, format, t)
    const telling = tellingFields(parts, document, 2)
    return (
      <li ref={card} className={classNames(css.card, isDragged && css.dragged)} data-thing={document.id}>
        {blob !== undefined && <Picture blob={blob} className={css.cover} />}
        <a className={css.title} href={path.thing(document)} dir="auto" draggable={false}>
          {name}
          <WaitingMark id={document.id} />
        </a>
        <div className={css.foot}>
          {subtitle !== '' && <Chip>{subtitle}</Chip>}
          {telling.map((field) => (
            <span key={field.name} className={css.detail}>
              {(field.kind === 'date' || field.kind === 'dateTime') && <Calendar size={15} aria-hidden />}
              <FieldGlance field={field} values={document.fields} />
            </span>
          ))}
          {pictures > 1 && (
            <span className={css.detail}>
              <Image size={15} aria-hidden />
              <span className="visually-hidden">{t.form.values.photos(pictures)}</span>
              <span aria-hidden>{format.number(pictures)}</span>
            </span>
          )}
          {change && (
            <IconButton
              label={t.collection.board.move(name)}
              className={css.moveButton ?? ''}
              onClick={() => onMove(document)}
            >
              <ArrowRightLeft size={17} aria-hidden />
            </IconButton>
          )}
        </div>
      </li>
    )
  },
)
