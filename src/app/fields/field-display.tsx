import { Check, MapPin, Star } from 'lucide-react'
import type { Values } from '../../sdk/index.ts'
import { Chip } from '../components/chip.tsx'
import { type Field, readLinks, readTags } from '../data/field-kind.ts'
import { useSpeech } from '../messages/messages.tsx'
import { useNow } from '../state/now.ts'
import { fieldText, isEmptyField, optionOf } from './field-text.ts'
import css from './fields.module.css'
import { FileLine } from './file-line.tsx'
import { LinkChip } from './link-chip.tsx'

interface Props {
  readonly field: Field
  readonly values: Values
}

/** A field's value where there is room: on a thing's own screen. Empty ones draw nothing. */
export const FieldDisplay = ({ field, values }: Props) => {
  const { t, format } = useSpeech()
  const value = values[field.name]
  if (isEmptyField(field, values)) return null
  switch (field.kind) {
    case 'choice':
    case 'rating':
    case 'place':
      return <FieldGlance field={field} values={values} />
    case 'tags':
      return (
        <span className={css.chips}>
          {readTags(value).map((tag) => (
            <Chip key={tag}>{tag}</Chip>
          ))}
        </span>
      )
    case 'link':
    case 'links':
    case 'exact':
      return (
        <span className={css.chips}>
          {readLinks(value).map((link) => (
            <LinkChip key={link} link={link} isExact={field.kind === 'exact'} />
          ))}
        </span>
      )
    case 'file':
    case 'voice':
      return (
        <ul className={css.fileList}>
          {readLinks(value).map((blob) => (
            <FileLine key={blob} blob={blob} />
          ))}
        </ul>
      )
    case 'longText':
      return (
        <span className={css.longText} dir="auto">
          {typeof value === 'string' ? value : ''}
        </span>
      )
    default:
      return <bdi className={css.value}>{fieldText(field, values, format, t)}</bdi>
  }
}

/** The same at a glance, on one line: in a table, on a card. */
export const FieldGlance = ({ field, values }: Props) => {
  const { t, format } = useSpeech()
  if (isEmptyField(field, values)) return null
  const text = fieldText(field, values, format, t)
  switch (field.kind) {
    case 'choice': {
      const option = optionOf(field, values[field.name])
      return <Chip tone={option?.tone ?? 'plain'}>{text}</Chip>
    }
    case 'rating':
      return (
        <span className={css.rating} role="img" aria-label={text}>
          {[1, 2, 3, 4, 5].map((at) => (
            <Star key={at} size={16} fill={at <= Number(values[field.name]) ? 'currentColor' : 'none'} aria-hidden />
          ))}
        </span>
      )
    case 'yesNo':
      return values[field.name] === true ? <Check size={18} aria-label={text} /> : null
    case 'place':
      return (
        <span className={css.placeGlance}>
          <MapPin size={16} aria-hidden />
          {text}
        </span>
      )
    case 'date':
    case 'dateTime':
      return <DayGlance value={String(values[field.name])} text={text} />
    default:
      return <bdi>{text}</bdi>
  }
}

/** A day near now is told by its name; the whole date stands behind it. */
const DayGlance = ({ value, text }: { readonly value: string; readonly text: string }) => {
  const { format } = useSpeech()
  const now = useNow()
  const time = Date.parse(value.length === 10 ? `${value}T12:00` : value)
  if (Number.isNaN(time)) return <bdi>{text}</bdi>
  return (
    <time dateTime={value} title={text}>
      {format.day(time, now)}
    </time>
  )
}
