import { ArrowDown, ArrowUp } from 'lucide-react'
import { memo, type MouseEvent, useMemo, useRef } from 'react'
import type { DocumentView } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { classNames } from '../../components/class-names.ts'
import { titleField } from '../../data/collection.ts'
import { editThing } from '../../data/edit-thing.ts'
import type { Field } from '../../data/field-kind.ts'
import { useListRights } from '../../data/list-rights.tsx'
import { FieldGlance } from '../../fields/field-display.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { go, path } from '../../paths.ts'
import { useLists } from '../../state/list-state.ts'
import { shownFields, sortFields } from './list-options.ts'
import type { Looking } from './looking.ts'
import { Nothing } from './nothing.tsx'
import { WaitingMark } from '../../components/where-line.tsx'
import css from './table.module.css'
import { useThingName } from './thing-title.tsx'
import { rememberTrail } from './trail.ts'
import { useKeptScroll } from './use-kept-scroll.ts'
import { useRows } from './use-rows.ts'
import { useRem, useWindow } from './use-window.ts'

/** Widths in rem, so that they grow with the text. */
const columnWidth: Readonly<Record<Field['kind'], number>> = {
  text: 9.5,
  longText: 10,
  number: 6,
  rating: 7.5,
  yesNo: 6,
  choice: 8,
  tags: 11,
  date: 8,
  dateTime: 11.5,
  place: 13,
  link: 6.5,
  links: 6.5,
  exact: 6.5,
  photo: 6.5,
  file: 6.5,
  voice: 8.5,
}
const titleWidth = 13
/** What a row has no room for; a tap opens it. */
const tooLarge: readonly Field['kind'][] = ['photo', 'file', 'voice']

/** The height of a row: dense for a mouse, a finger's width else, and never too low for large text. */
const useRowHeight = (): number => {
  const rem = useRem()
  const isDense = matchMedia('(pointer: fine) and (min-width: 900px)').matches
  return Math.round(Math.max(isDense ? 46 : 56, 2.6 * rem))
}

/** Things as rows. The head and the first column stay in sight; the box scrolls both ways. */
export const TableView = ({ looking }: { readonly looking: Looking }) => {
  const t = useMessages()
  const { collection, view, sort } = looking
  const node = useNode()
  const name = useThingName(collection)
  const set = useLists((lists) => lists.set)
  const [rows, show] = useRows(looking)
  const scroller = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  const rowHeight = useRowHeight()
  const shown = useWindow(body, rows.total, rowHeight, show, scroller)
  useKeptScroll(view.id, rows.isCounted && rows.total > 0, scroller)

  const title = titleField(collection, view)
  const columns = useMemo(
    () =>
      shownFields(collection).filter(
        ({ name: field, kind }) =>
          field !== title?.name && !view.layout.hidden.includes(field) && !tooLarge.includes(kind),
      ),
    [collection, view, title],
  )
  const canSort = new Set(sortFields(collection).map((field) => field.name))
  const tick = useMemo(
    () => (document: DocumentView, field: string, isOn: boolean) =>
      void editThing(node, document, { [field]: isOn }, t),
    [node, t],
  )
  const order = (field: Field): void =>
    set(view.id, {
      scroll: 0,
      sort: [{ by: field.name, direction: sort.by === field.name && sort.direction === 'asc' ? 'desc' : 'asc' }],
    })
  const width = columns.reduce((sum, { kind }) => sum + columnWidth[kind], titleWidth)
  const head = (field: Field, isFirst: boolean) => {
    const isSorted = sort.by === field.name
    const Arrow = sort.direction === 'asc' ? ArrowUp : ArrowDown
    return (
      <th
        key={field.name}
        scope="col"
        className={classNames(isFirst && css.first, field.kind === 'number' && css.number)}
        aria-sort={isSorted ? (sort.direction === 'asc' ? 'ascending' : 'descending') : undefined}
      >
        {canSort.has(field.name) ? (
          <button type="button" className={css.sort} onClick={() => order(field)}>
            <bdi>{field.label}</bdi>
            {isSorted && <Arrow size={15} strokeWidth={2.6} aria-hidden />}
          </button>
        ) : (
          <bdi>{field.label}</bdi>
        )}
      </th>
    )
  }

  if (rows.total === 0) return <Nothing looking={looking} rows={rows} />
  return (
    // It scrolls, so keyboards must reach it.
    <div ref={scroller} className={css.box} tabIndex={0} role="region" aria-label={collection.name}>
      <table
        className={css.table}
        style={{ minInlineSize: `${width}rem`, ['--row' as string]: `${rowHeight}px` }}
        aria-rowcount={rows.total + 1}
      >
        <colgroup>
          <col style={{ inlineSize: `${titleWidth}rem` }} />
          {columns.map(({ name: field, kind }) => (
            <col key={field} style={{ inlineSize: `${columnWidth[kind]}rem` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {title !== undefined && head(title, true)}
            {columns.map((field) => head(field, false))}
          </tr>
        </thead>
        <tbody ref={body} onClickCapture={() => rememberTrail(rows, shown.from, shown.to)} onClick={openRow}>
          <Space height={shown.above} />
          {Array.from({ length: shown.to - shown.from }, (_, at) => {
            const index = shown.from + at
            const document = rows.rowAt(index)
            return (
              <Row
                key={document?.id ?? index}
                index={index}
                document={document}
                name={document === undefined ? '' : name(document)}
                columns={columns}
                onTick={tick}
              />
            )
          })}
          <Space height={shown.below} />
        </tbody>
      </table>
      <p className={css.total}>
        {looking.hits === undefined
          ? t.collection.table.total(rows.total, collection.one, collection.many)
          : t.collection.found(rows.total)}
      </p>
    </div>
  )
}

const Space = ({ height }: { readonly height: number }) =>
  height > 0 && (
    <tr className={css.space} aria-hidden style={{ blockSize: height }}>
      <td />
    </tr>
  )

/** A click anywhere on a row opens it, unless it meant something in it, or was marking text. */
const openRow = (event: MouseEvent<HTMLElement>): void => {
  if (!(event.target instanceof Element) || event.target.closest('a, button, input, label') !== null) return
  if (getSelection()?.isCollapsed === false) return
  const id = event.target.closest<HTMLElement>('[data-thing]')?.dataset['thing']
  if (id !== undefined) go(path.thing(id))
}

const Row = memo(
  ({
    index,
    document,
    name,
    columns,
    onTick,
  }: {
    readonly index: number
    readonly document: DocumentView | undefined
    readonly name: string
    readonly columns: readonly Field[]
    readonly onTick: (document: DocumentView, field: string, isOn: boolean) => void
  }) => {
    const t = useMessages()
    const { change } = useListRights()
    if (document === undefined)
      return (
        <tr aria-rowindex={index + 2}>
          <td className={css.first}>
            <span className={css.ghost} />
          </td>
          <td colSpan={columns.length} />
        </tr>
      )
    return (
      <tr aria-rowindex={index + 2} data-thing={document.id}>
        <th scope="row" className={css.first}>
          <a className={css.name} href={path.thing(document)} dir="auto">
            {name}
            <WaitingMark id={document.id} />
          </a>
        </th>
        {columns.map((field) => (
          <td key={field.name} className={classNames(field.kind === 'number' && css.number)}>
            {field.kind === 'yesNo' && Object.hasOwn(document.fields, field.name) ? (
              <label className={css.tickLabel}>
                <input
                  type="checkbox"
                  className={css.tick}
                  aria-label={t.collection.table.tick(field.label, name)}
                  checked={document.fields[field.name] === true}
                  disabled={!change}
                  onChange={(event) => onTick(document, field.name, event.target.checked)}
                />
              </label>
            ) : (
              <FieldGlance field={field} values={document.fields} />
            )}
          </td>
        ))}
      </tr>
    )
  },
)
