import { Star } from 'lucide-react'
import { useId, useState } from 'react'
import type { Values } from '../../sdk/index.ts'
import { Button } from '../components/button.tsx'
import { TextField } from '../components/field.tsx'
import { useMessages, useSpeech } from '../messages/messages.tsx'
import { readNumber } from './check-field.ts'
import { EditorLabel, type EditorProps, Group } from './editor-group.tsx'
import css from './fields.module.css'

export const NumberEditor = ({ field, values, onChange, error, isBare }: EditorProps) => {
  const { format } = useSpeech()
  const value = values[field.name]
  const shown = typeof value === 'string' ? value : value === undefined ? '' : plainNumber(value, format.locale)
  // What is being typed stays as it is typed ("1." on the way to "1.5").
  const [typed, setTyped] = useState<string>()
  const isTyped = typed !== undefined && String(readNumber(typed, field.isWhole)) === String(value)
  return (
    <TextField
      label={<EditorLabel field={field} isBare={isBare ?? false} />}
      hint={field.hint}
      {...(error === undefined ? {} : { error })}
      inputMode={field.isWhole ? 'numeric' : 'decimal'}
      value={isTyped ? typed : shown}
      onFocus={(event) => event.target.select()}
      onChange={(event) => {
        setTyped(event.target.value)
        onChange({ [field.name]: readNumber(event.target.value, field.isWhole) })
      }}
    />
  )
}
const plainNumber = (value: Values[string], locale: string): string =>
  typeof value === 'number' || typeof value === 'bigint'
    ? value.toLocaleString(locale, { useGrouping: false, maximumFractionDigits: 12 })
    : ''

export const RatingEditor = ({ field, values, onChange, error, isBare }: EditorProps) => {
  const t = useMessages()
  const name = useId()
  const given = Math.max(0, Math.min(5, Number(values[field.name] ?? 0)))
  return (
    <Group field={field} isBare={isBare} error={error}>
      <div className={css.stars}>
        {[1, 2, 3, 4, 5].map((stars) => (
          <label key={stars} className={css.star} data-on={stars <= given || undefined}>
            <input
              type="radio"
              name={name}
              className="visually-hidden"
              checked={stars === given}
              onChange={() => onChange({ [field.name]: stars })}
            />
            <Star size={28} fill={stars <= given ? 'currentColor' : 'none'} aria-hidden />
            <span className="visually-hidden">{t.form.values.rating(stars)}</span>
          </label>
        ))}
        {given > 0 && (
          <Button tone="plain" onClick={() => onChange({ [field.name]: 0 })}>
            {t.form.clear}
          </Button>
        )}
      </div>
    </Group>
  )
}
