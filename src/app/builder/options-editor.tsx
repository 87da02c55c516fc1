import { Plus, X } from 'lucide-react'
import { useRef } from 'react'
import { Button, IconButton } from '../components/button.tsx'
import fieldCss from '../components/field.module.css'
import { type Option, type Tone, tones } from '../data/field-kind.ts'
import { useMessages } from '../messages/messages.tsx'
import css from './field-sheet.module.css'

/** The options of a choice. What is stored is the option's first label; a later label only changes what people see. */
export const OptionsEditor = ({
  options,
  error,
  onChange,
}: {
  readonly options: readonly Option[]
  readonly error?: string
  readonly onChange: (options: readonly Option[]) => void
}) => {
  const t = useMessages().collections
  const say = t.field
  const added = useRef<HTMLInputElement>(null)
  const change = (at: number, part: Partial<Option>): void =>
    onChange(options.map((option, index) => (index === at ? { ...option, ...part } : option)))
  const add = (): void => {
    const label = added.current?.value.trim() ?? ''
    if (label === '' || options.some(({ value }) => value === label)) return
    const used = options.map(({ tone }) => tone)
    const tone = tones.find((candidate) => candidate !== 'plain' && !used.includes(candidate)) ?? 'plain'
    onChange([...options, { value: label, label, tone }])
    if (added.current !== null) added.current.value = ''
    added.current?.focus()
  }
  return (
    <fieldset className={css.options}>
      <legend className={fieldCss.label}>{say.options}</legend>
      {options.map((option, at) => (
        <div key={option.value} className={css.option}>
          <input
            className={fieldCss.input}
            aria-label={say.option(at + 1)}
            dir="auto"
            maxLength={80}
            value={option.label}
            onChange={(event) => change(at, { label: event.target.value })}
          />
          <select
            className={`${fieldCss.input} ${css.tone}`}
            aria-label={say.colour(option.label)}
            value={option.tone}
            onChange={(event) => change(at, { tone: event.target.value as Tone })}
          >
            {tones.map((tone) => (
              <option key={tone} value={tone}>
                {t.tones[tone]}
              </option>
            ))}
          </select>
          <IconButton
            label={say.removeOption(option.label)}
            onClick={() => onChange(options.filter((_, index) => index !== at))}
          >
            <X size={20} aria-hidden />
          </IconButton>
        </div>
      ))}
      <div className={css.option}>
        <input
          ref={added}
          className={fieldCss.input}
          aria-label={say.newOption}
          placeholder={say.newOption}
          dir="auto"
          maxLength={80}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
            event.preventDefault()
            add()
          }}
        />
        <Button icon={<Plus size={18} aria-hidden />} onClick={add}>
          {say.addOption}
        </Button>
      </div>
      {error !== undefined && (
        <p className={fieldCss.error} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}
