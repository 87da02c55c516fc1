import { Pencil, Plus } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import type { Values } from '../../../sdk/index.ts'
import { AsWhom } from '../../components/as-whom.tsx'
import { Button, IconButton } from '../../components/button.tsx'
import { classNames } from '../../components/class-names.ts'
import type { Field } from '../../data/field-kind.ts'
import { useListRights } from '../../data/list-rights.tsx'
import { FieldDisplay } from '../../fields/field-display.tsx'
import { FieldEditor } from '../../fields/field-editor.tsx'
import { isEmptyField } from '../../fields/field-text.ts'
import { useMessages } from '../../messages/messages.tsx'
import css from './thing.module.css'
import type { Edits } from './use-edits.ts'

/** Kinds whose values are links and buttons themselves: a pencil beside them opens them for changing. */
const busyKinds: readonly Field['kind'][] = ['link', 'links', 'exact', 'photo', 'file', 'voice']

/** A field of a thing: its label, and its value, which a tap opens for changing. */
export const FieldRow = ({
  field,
  edits,
  note,
}: {
  readonly field: Field
  readonly edits: Edits
  readonly note?: ReactNode
}) => {
  const { values } = edits
  return (
    <div className={classNames(css.row, edits.open === field.name && css.openRow)}>
      <dt className={css.label} dir="auto">
        {field.label}
      </dt>
      <dd className={css.value}>
        <Editable field={field} edits={edits}>
          {isEmptyField(field, values) ? undefined : <FieldDisplay field={field} values={values} />}
        </Editable>
        {note}
      </dd>
    </div>
  )
}

/** A field as it was: nothing to tap but what it holds. */
export const StillRow = ({
  field,
  values,
  children,
}: {
  readonly field: Field
  readonly values: Values
  readonly children?: ReactNode
}) => {
  const t = useMessages()
  return (
    <div className={css.row}>
      <dt className={css.label} dir="auto">
        {field.label}
      </dt>
      <dd className={css.value}>
        <span className={css.still}>
          {field.kind === 'photo' || isEmptyField(field, values) ? (
            <span className={css.quiet}>{t.thing.emptyValue}</span>
          ) : (
            <FieldDisplay field={field} values={values} />
          )}
        </span>
        {children}
      </dd>
    </div>
  )
}

/** A value that becomes its editor where it stands. Without children: the offer to add one. */
export const Editable = ({
  field,
  edits,
  className,
  children,
}: {
  readonly field: Field
  readonly edits: Edits
  readonly className?: string | undefined
  readonly children: ReactNode
}) => {
  const t = useMessages()
  const say = t.thing
  const button = useRef<HTMLButtonElement>(null)
  const { change } = useListRights()
  const isOpen = change && edits.open === field.name
  const wasOpen = useRef(false)
  useEffect(() => {
    // The focus comes back to the value, unless its person went on to something else.
    if (wasOpen.current && !isOpen && (document.activeElement === null || document.activeElement === document.body))
      button.current?.focus()
    wasOpen.current = isOpen
  }, [isOpen])
  if (isOpen) return <Open field={field} edits={edits} />
  if (field.kind === 'yesNo')
    return (
      <input
        type="checkbox"
        className={css.tick}
        aria-label={field.label}
        checked={edits.values[field.name] === true}
        disabled={!change}
        onChange={(event) => edits.set(field, { [field.name]: event.target.checked })}
      />
    )
  if (!change)
    return <span className={css.still}>{children ?? <span className={css.quiet}>{say.emptyValue}</span>}</span>
  if (children === undefined)
    return (
      <button
        ref={button}
        type="button"
        className={classNames(css.tap, css.quiet)}
        aria-label={say.add(field.label)}
        onClick={() => edits.start(field)}
      >
        <Plus size={18} aria-hidden />
        {say.empty}
      </button>
    )
  if (busyKinds.includes(field.kind))
    return (
      <span className={css.busy}>
        <span className={css.busyValue}>{children}</span>
        <IconButton ref={button} label={say.edit(field.label)} onClick={() => edits.start(field)}>
          <Pencil size={18} aria-hidden />
        </IconButton>
      </span>
    )
  return (
    <button ref={button} type="button" className={classNames(css.tap, className)} onClick={() => edits.start(field)}>
      <span className="visually-hidden">{say.edit(field.label)}: </span>
      {children}
    </button>
  )
}

const Open = ({ field, edits }: { readonly field: Field; readonly edits: Edits }) => {
  const t = useMessages()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const control = box.current?.querySelector<HTMLInputElement>(
      'input:checked, input:not([type=radio], [type=file]), textarea, select, input, button',
    )
    control?.focus()
  }, [])
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault()
      edits.cancel()
    }
    const isLine = event.target instanceof HTMLInputElement && event.target.type !== 'radio' && field.kind !== 'tags'
    if (event.key === 'Enter' && (isLine || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      edits.done()
    }
  }
  return (
    // Keys that end the editing, wherever in it the focus is.
    <div ref={box} className={css.open} data-composes onKeyDown={onKey}>
      <AsWhom />
      <FieldEditor
        field={field}
        values={edits.values}
        isBare
        onChange={(change) => edits.change(field, change)}
        error={edits.problem === undefined ? undefined : t.form.problem(edits.problem)}
      />
      <div className={css.openFoot}>
        <Button onClick={edits.cancel}>{t.shell.cancel}</Button>
        <Button tone="primary" onClick={edits.done}>
          {t.shell.done}
        </Button>
      </div>
    </div>
  )
}
