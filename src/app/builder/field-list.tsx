import { ArrowDown, ArrowUp, EyeOff, GripVertical, Pencil, Plus } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { Button } from '../components/button.tsx'
import { Menu } from '../components/menu.tsx'
import { Heading } from '../components/screen.tsx'
import type { Field } from '../data/field-kind.ts'
import { useCollections } from '../data/use-collections.tsx'
import { useSpeech } from '../messages/messages.tsx'
import { aboutField } from './about-field.ts'
import { FieldIcon } from './field-icon.tsx'
import css from './field-list.module.css'
import { FieldSheet } from './field-sheet.tsx'
import { moved } from './move.ts'
import { replaceField } from './replace-field.ts'

/** The fields of a collection, made or still to be made: order by dragging, arrow keys or menu; everything else in a sheet. */
export const FieldList = ({
  fields,
  saved,
  onChange,
}: {
  readonly fields: readonly Field[]
  /** As they are stored now; empty for a new collection. */
  readonly saved: readonly Field[]
  readonly onChange: (fields: readonly Field[]) => void
}) => {
  const { t } = useSpeech()
  const { builder } = t.collections
  const [edited, setEdited] = useState<Field | 'new'>()
  const shown = fields.filter(({ isRemoved }) => !isRemoved)
  const removed = fields.filter(({ isRemoved }) => isRemoved)
  const reorder = (from: number, to: number): void => onChange([...moved(shown, from, to), ...removed])
  const hide = (field: Field): void =>
    onChange(
      saved.some(({ name }) => name === field.name)
        ? fields.map((other) => (other === field ? { ...field, isRemoved: true } : other))
        : fields.filter((other) => other !== field),
    )
  return (
    <section>
      <Heading>{t.collections.create.fields}</Heading>
      <div className={css.card}>
        <Rows fields={shown} onMove={reorder} onEdit={setEdited} onRemove={hide} />
        <Button tone="plain" className={css.add} icon={<Plus size={20} aria-hidden />} onClick={() => setEdited('new')}>
          {builder.add}
        </Button>
      </div>
      {removed.length > 0 && (
        <>
          <br />
          <Heading>{builder.removed}</Heading>
          {removed.map((field) => (
            <div key={field.name} className={css.removed}>
              <span dir="auto">{field.label}</span>
              <Button
                onClick={() =>
                  onChange(fields.map((other) => (other === field ? { ...field, isRemoved: false } : other)))
                }
              >
                {builder.bringBack}
              </Button>
            </div>
          ))}
        </>
      )}
      {edited !== undefined && (
        <FieldSheet
          field={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
          onSave={(field) => {
            onChange(replaceField(fields, saved, edited === 'new' ? undefined : edited, field))
            setEdited(undefined)
          }}
        />
      )}
    </section>
  )
}

const Rows = ({
  fields,
  onMove,
  onEdit,
  onRemove,
}: {
  readonly fields: readonly Field[]
  readonly onMove: (from: number, to: number) => void
  readonly onEdit: (field: Field) => void
  readonly onRemove: (field: Field) => void
}) => {
  const { t, format } = useSpeech()
  const { builder } = t.collections
  const { collections } = useCollections()
  const list = useRef<HTMLOListElement>(null)
  const [dragged, setDragged] = useState<string>()
  const [said, setSaid] = useState('')
  const titleName = fields.find(({ kind }) => kind === 'text')?.name

  const move = (from: number, to: number): void => {
    const field = fields[from]
    if (field === undefined || to < 0 || to >= fields.length) return
    onMove(from, to)
    setSaid(builder.movedTo(field.label, to + 1, fields.length))
  }
  const onKey = (event: KeyboardEvent, at: number): void => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    move(at, at + step)
  }
  /** The row the pointer is over takes the dragged one's place. */
  const onDrag = (event: PointerEvent): void => {
    const from = fields.findIndex(({ name }) => name === dragged)
    const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect())
    const to = rows.findIndex(({ top, bottom }) => event.clientY >= top && event.clientY < bottom)
    if (from >= 0 && to >= 0 && to !== from) move(from, to)
  }
  return (
    <>
      <ol ref={list}>
        {fields.map((field, at) => (
          <li key={field.name} className={css.row} data-dragged={dragged === field.name ? '' : undefined}>
            <button
              type="button"
              className={css.grip}
              aria-label={builder.drag(field.label)}
              onKeyDown={(event) => onKey(event, at)}
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId)
                setDragged(field.name)
              }}
              onPointerMove={dragged === field.name ? onDrag : undefined}
              onPointerUp={() => setDragged(undefined)}
              onPointerCancel={() => setDragged(undefined)}
            >
              <GripVertical size={18} aria-hidden />
            </button>
            <button type="button" className={css.field} onClick={() => onEdit(field)}>
              <span className={css.icon}>
                <FieldIcon kind={field.kind} />
              </span>
              <span className={css.words}>
                <span className={css.label} dir="auto">
                  {field.label}
                </span>
                <span className={css.about}>
                  {aboutField(field, field.name === titleName, collections, t.collections)}
                </span>
              </span>
            </button>
            <Menu
              label={builder.of(field.label)}
              className={css.menu ?? ''}
              items={[
                { label: builder.edit, icon: <Pencil size={20} aria-hidden />, onChoose: () => onEdit(field) },
                { label: builder.moveUp, icon: <ArrowUp size={20} aria-hidden />, onChoose: () => move(at, at - 1) },
                {
                  label: builder.moveDown,
                  icon: <ArrowDown size={20} aria-hidden />,
                  onChoose: () => move(at, at + 1),
                },
                ...(fields.length > 1
                  ? [
                      {
                        label: builder.removeField,
                        icon: <EyeOff size={20} aria-hidden />,
                        isDangerous: true,
                        onChoose: () => onRemove(field),
                      },
                    ]
                  : []),
              ]}
            />
          </li>
        ))}
      </ol>
      <p className="visually-hidden" aria-live="polite" lang={format.locale}>
        {said}
      </p>
    </>
  )
}
