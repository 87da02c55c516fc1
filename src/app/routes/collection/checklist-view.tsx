import { Check, ChevronRight, Plus } from 'lucide-react'
import { memo, useMemo, useRef, useState } from 'react'
import type { DocumentView } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { IconButton } from '../../components/button.tsx'
import { titleField } from '../../data/collection.ts'
import { editThing } from '../../data/edit-thing.ts'
import type { Field } from '../../data/field-kind.ts'
import { useListRights } from '../../data/list-rights.tsx'
import type { ThingListState } from '../../data/thing-list.ts'
import { startValues } from '../../data/view-config.ts'
import { fieldText } from '../../fields/field-text.ts'
import { useMessages, useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { attempt } from '../../state/trouble.ts'
import { cardParts } from './card-parts.ts'
import { WaitingMark } from '../../components/where-line.tsx'
import css from './checklist.module.css'
import { type Looking, tickField } from './looking.ts'
import { Nothing } from './nothing.tsx'
import { useThingName } from './thing-title.tsx'
import { rememberTrail } from './trail.ts'
import { useKeptScroll } from './use-kept-scroll.ts'
import { useRows } from './use-rows.ts'
import { useRem, useWindow } from './use-window.ts'

/** Things with a big tick each. What is done sinks below what is not. */
export const ChecklistView = ({ looking }: { readonly looking: Looking }) => {
  const t = useMessages()
  const { collection, view } = looking
  const tick = tickField(collection, view)!
  const [open, showOpen] = useRows(
    looking,
    useMemo(() => ({ [tick.name]: { eq: false } }), [tick.name]),
  )
  const [done, showDone] = useRows(
    looking,
    useMemo(() => ({ [tick.name]: { eq: true } }), [tick.name]),
  )
  const isReady = open.status !== 'loading' && done.status !== 'loading'
  useKeptScroll(view.id, isReady && open.isCounted && done.isCounted && open.total + done.total > 0)
  const { add } = useListRights()
  const canAdd = add && looking.hits === undefined && !looking.isFiltered
  return (
    <div className={css.list}>
      {canAdd && <QuickAdd looking={looking} />}
      {isReady && open.total + done.total === 0 && !canAdd && <Nothing looking={looking} rows={open} />}
      <Ticks looking={looking} tick={tick} rows={open} show={showOpen} />
      {isReady && open.total === 0 && done.total > 0 && canAdd && (
        <p className={css.allDone}>{t.collection.checklist.allDone}</p>
      )}
      {done.total > 0 && (
        <>
          <h2 className={css.heading}>{t.collection.checklist.done(done.total)}</h2>
          <Ticks looking={looking} tick={tick} rows={done} show={showDone} />
        </>
      )}
    </div>
  )
}

const Ticks = ({
  looking,
  tick,
  rows,
  show,
}: {
  readonly looking: Looking
  readonly tick: Field
  readonly rows: ThingListState
  readonly show: (from: number, to: number) => void
}) => {
  const { t, format } = useSpeech()
  const node = useNode()
  const { collection, view } = looking
  const name = useThingName(collection)
  const { subtitle } = useMemo(() => cardParts(collection, view), [collection, view])
  const box = useRef<HTMLDivElement>(null)
  const rem = useRem()
  const rowHeight = Math.round(Math.max(56, 3.4 * rem))
  const shown = useWindow(box, rows.total, rowHeight, show)
  const onTick = useMemo(
    () => (document: DocumentView, isOn: boolean) => void editThing(node, document, { [tick.name]: isOn }, t),
    [node, tick.name, t],
  )
  return (
    <div ref={box} style={{ blockSize: rows.total * rowHeight }}>
      <ul
        className={css.rows}
        style={{ translate: `0 ${shown.above}px`, ['--row' as string]: `${rowHeight}px` }}
        onClickCapture={() => rememberTrail(rows, shown.from, shown.to)}
      >
        {Array.from({ length: shown.to - shown.from }, (_, at) => {
          const document = rows.rowAt(shown.from + at)
          if (document === undefined) return <li key={shown.from + at} className={css.row} />
          return (
            <TickRow
              key={document.id}
              document={document}
              isDone={document.fields[tick.name] === true}
              name={name(document)}
              text={subtitle === undefined ? '' : fieldText(subtitle, document.fields, format, t)}
              onTick={onTick}
            />
          )
        })}
      </ul>
    </div>
  )
}

const TickRow = memo(
  ({
    document,
    isDone,
    name,
    text,
    onTick,
  }: {
    readonly document: DocumentView
    readonly isDone: boolean
    readonly name: string
    readonly text: string
    readonly onTick: (document: DocumentView, isOn: boolean) => void
  }) => {
    const t = useMessages()
    const { change } = useListRights()
    return (
      <li className={css.row} data-thing={document.id}>
        <label className={css.label}>
          <input
            type="checkbox"
            className={css.tick}
            checked={isDone}
            disabled={!change}
            onChange={(event) => onTick(document, event.target.checked)}
          />
          <Check className={css.mark} size={20} strokeWidth={3} aria-hidden />
          <span className={css.words}>
            <bdi className={css.name}>{name}</bdi>
            {text !== '' && <bdi className={css.text}>{text}</bdi>}
          </span>
        </label>
        <WaitingMark id={document.id} />
        <a className={css.open} href={path.thing(document)} aria-label={t.collection.table.open(name)}>
          <ChevronRight className="directional" size={20} aria-hidden />
        </a>
      </li>
    )
  },
)

/** One line for one more: write, Enter, write the next. Only where a name is all a thing needs. */
const QuickAdd = ({ looking: { collection, view } }: { readonly looking: Looking }) => {
  const t = useMessages()
  const say = t.collection.checklist
  const node = useNode()
  const [text, setText] = useState('')
  const title = titleField(collection, view)
  const { schema, group } = collection
  if (schema === undefined || title?.kind !== 'text') return null
  const add = async (): Promise<void> => {
    const name = text.trim()
    if (name === '') return
    setText('')
    const fields = { ...startValues(collection.fields, schema), [title.name]: name }
    const id = await attempt(t, () => node.create(schema, fields, group === undefined ? {} : { group }))
    if (id === undefined) setText((now) => (now === '' ? name : now))
  }
  return (
    <form
      className={css.add}
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <Plus size={22} aria-hidden />
      <input
        dir="auto"
        autoComplete="off"
        enterKeyHint="done"
        aria-label={say.add(collection.one)}
        placeholder={say.add(collection.one)}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {text.trim() !== '' && (
        <IconButton label={say.add(collection.one)} type="submit">
          <Check size={22} aria-hidden />
        </IconButton>
      )}
    </form>
  )
}
