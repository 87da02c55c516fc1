import type { ReactNode } from 'react'
import { Button } from '../components/button.tsx'
import { Switch, TextArea, TextField } from '../components/field.tsx'
import { writeDate, writeDateTime } from '../data/field-kind.ts'
import { useMessages } from '../messages/messages.tsx'
import { ChoiceEditor, TagsEditor } from './choice-editor.tsx'
import { EditorLabel, type EditorProps } from './editor-group.tsx'
import css from './fields.module.css'
import { FilesEditor } from './files-editor.tsx'
import { LinksEditor } from './links-editor.tsx'
import { NumberEditor, RatingEditor } from './number-editor.tsx'
import { PlaceEditor } from './place-editor.tsx'

/** Changes one field of a thing, whatever its kind. It says what changed; when that is stored is its owner's matter. */
export const FieldEditor = (props: EditorProps) => (
  <div className={css.editor} data-field={props.field.name}>
    <EditorOf {...props} />
  </div>
)

const EditorOf = (props: EditorProps) => {
  const { field, values, onChange, error, isBare } = props
  const value = values[field.name]
  const words = {
    label: <EditorLabel field={field} isBare={isBare ?? false} />,
    hint: field.hint,
    ...(error === undefined ? {} : { error }),
  }
  const set = (next: string): void => onChange({ [field.name]: next })
  const text = typeof value === 'string' ? value : ''
  switch (field.kind) {
    case 'number':
      return <NumberEditor {...props} />
    case 'rating':
      return <RatingEditor {...props} />
    case 'yesNo':
      return (
        <Switch
          label={words.label}
          {...(field.hint === '' ? {} : { hint: field.hint })}
          checked={value === true}
          onChange={(event) => onChange({ [field.name]: event.target.checked })}
        />
      )
    case 'choice':
      return <ChoiceEditor {...props} />
    case 'tags':
      return <TagsEditor {...props} />
    case 'date':
      return (
        <WithNow isEmpty={text === ''} onNow={() => set(writeDate(new Date()))} isDay>
          <TextField {...words} type="date" value={text} onChange={(event) => set(event.target.value)} />
        </WithNow>
      )
    case 'dateTime':
      return (
        <WithNow isEmpty={text === ''} onNow={() => set(writeDateTime(new Date()))}>
          <TextField
            {...words}
            type="datetime-local"
            value={localTime(text)}
            onChange={(event) => set(zonedTime(event.target.value))}
          />
        </WithNow>
      )
    case 'place':
      return <PlaceEditor {...props} />
    case 'link':
    case 'links':
    case 'exact':
      return <LinksEditor {...props} />
    case 'photo':
    case 'file':
    case 'voice':
      return <FilesEditor {...props} />
    case 'longText':
      return <TextArea {...words} value={text} onChange={(event) => set(event.target.value)} />
    default:
      return <TextField {...words} value={text} onChange={(event) => set(event.target.value)} />
  }
}

/** `2026-11-22T07:42+01:00` as the control of this device's zone shows it. */
const localTime = (text: string): string => {
  const time = Date.parse(text)
  return Number.isNaN(time) ? '' : writeDateTime(new Date(time)).slice(0, 16)
}
const zonedTime = (text: string): string => {
  const time = Date.parse(text)
  return Number.isNaN(time) ? '' : writeDateTime(new Date(time))
}

const WithNow = ({
  isEmpty,
  isDay = false,
  onNow,
  children,
}: {
  readonly isEmpty: boolean
  readonly isDay?: boolean
  readonly onNow: () => void
  readonly children: ReactNode
}) => {
  const t = useMessages()
  return (
    <div className={css.withButton}>
      <div>{children}</div>
      {isEmpty && <Button onClick={onNow}>{isDay ? t.form.today : t.form.now}</Button>}
    </div>
  )
}
