import { X } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { classNames } from '../components/class-names.ts'
import { LabelledField, TextField } from '../components/field.tsx'
import { readTags, writeTags } from '../data/field-kind.ts'
import { useMessages } from '../messages/messages.tsx'
import { EditorLabel, type EditorProps, Group } from './editor-group.tsx'
import { optionOf } from './field-text.ts'
import css from './fields.module.css'

/** Few options stand side by side as chips; many are a list. A second tap on the chosen one lets it go. */
export const ChoiceEditor = ({ field, values, onChange, error, isBare }: EditorProps) => {
  const t = useMessages()
  const name = useId()
  const value = values[field.name]
  const current = optionOf(field, value)
  const options =
    current === undefined || field.options.some((option) => option.value === current.value)
      ? field.options
      : [...field.options, current]
  const set = (next: string): void => onChange({ [field.name]: next })
  if (options.length > 12)
    return (
      <LabelledField
        label={<EditorLabel field={field} isBare={isBare ?? false} />}
        hint={field.hint}
        {...(error === undefined ? {} : { error })}
      >
        {(props) => (
          <select {...props} value={current?.value ?? ''} onChange={(event) => set(event.target.value)}>
            <option value="">{t.form.nothing}</option>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        )}
      </LabelledField>
    )
  return (
    <Group field={field} isBare={isBare} error={error}>
      <div className={css.options}>
        {options.map((option) => (
          <label key={option.value} className={classNames(css.option, css[option.tone])}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => set(option.value)}
              onClick={() => {
                if (option.value === value && !field.isRequired) set('')
              }}
            />
            <bdi>{option.label}</bdi>
          </label>
        ))}
      </div>
    </Group>
  )
}

/** Words, each entered with a comma or Enter. */
export const TagsEditor = ({ field, values, onChange, error, isBare }: EditorProps) => {
  const t = useMessages()
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const tags = readTags(values[field.name])
  const set = (next: readonly string[]): void => onChange({ [field.name]: writeTags(next) })
  const enter = (typed: string): void => {
    if (typed.trim() !== '') set([...tags, ...readTags(typed)])
    setText('')
  }
  return (
    <div className={css.tags}>
      <TextField
        ref={input}
        label={<EditorLabel field={field} isBare={isBare ?? false} />}
        hint={field.hint}
        {...(error === undefined ? {} : { error })}
        placeholder={t.form.tags.placeholder}
        value={text}
        enterKeyHint="done"
        onChange={(event) =>
          event.target.value.includes(',') ? enter(event.target.value) : setText(event.target.value)
        }
        onBlur={() => enter(text)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && text.trim() !== '') {
            event.preventDefault()
            enter(text)
          }
          if (event.key === 'Backspace' && text === '') set(tags.slice(0, -1))
        }}
      />
      {tags.length > 0 && (
        <ul className={css.chips}>
          {tags.map((tag) => (
            <li key={tag}>
              <button
                type="button"
                className={css.chip}
                aria-label={t.form.remove(tag)}
                onClick={() => {
                  set(tags.filter((other) => other !== tag))
                  input.current?.focus()
                }}
              >
                <bdi>{tag}</bdi>
                <X size={16} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
