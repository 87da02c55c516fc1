import { type Field, type Option, readLinks, readPlace, readTags } from '../data/field-kind.ts'
import type { Format } from '../messages/format.ts'
import type { Messages } from '../messages/messages.tsx'
import type { Value, Values } from '../../sdk/index.ts'

export const optionOf = (field: Field, value: Value | undefined): Option | undefined =>
  typeof value !== 'string' || value === ''
    ? undefined
    : (field.options.find((option) => option.value === value) ?? { value, label: value, tone: 'plain' })

const isNumber = (value: Value | undefined): value is number | bigint =>
  typeof value === 'number' || typeof value === 'bigint'

/** Nothing was said here: what the empty form stores. A number always says something. */
export const isEmptyField = (field: Field, values: Values): boolean => {
  const value = values[field.name]
  switch (field.kind) {
    case 'place':
      return readPlace(field.name, values) === undefined
    case 'rating':
      return !isNumber(value) || Number(value) <= 0
    case 'number':
      return value === undefined || value === ''
    case 'yesNo':
      return value === undefined
    case 'tags':
      return readTags(value).length === 0
    case 'link':
    case 'links':
    case 'exact':
    case 'photo':
    case 'file':
    case 'voice':
      return readLinks(value).length === 0
    default:
      return typeof value !== 'string' || value.trim() === ''
  }
}

/** `2026-11-22` as this language writes a day; anything else as it stands. */
const dayText = (value: string, format: Format): string => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T12:00`) : Number.NaN
  return Number.isNaN(time) ? value : format.date(time)
}
const timeText = (value: string, format: Format): string => {
  const time = Date.parse(value)
  return Number.isNaN(time) ? value : format.dateTime(time)
}

/** A field's value as plain words of one line; empty where nothing was said. */
export const fieldText = (field: Field, values: Values, format: Format, t: Messages): string => {
  const say = t.form.values
  const value = values[field.name]
  if (isEmptyField(field, values)) return ''
  switch (field.kind) {
    case 'number':
      return isNumber(value) ? format.number(value) : String(value)
    case 'rating':
      return say.rating(Number(value))
    case 'yesNo':
      return value === true ? say.yes : say.no
    case 'choice':
      return optionOf(field, value)?.label ?? ''
    case 'tags':
      return format.list(readTags(value))
    case 'date':
      return dayText(String(value), format)
    case 'dateTime':
      return timeText(String(value), format)
    case 'place': {
      const place = readPlace(field.name, values)
      return place === undefined ? '' : say.place(place.latitude, place.longitude)
    }
    case 'link':
    case 'links':
    case 'exact':
      return say.links(readLinks(value).length)
    case 'photo':
      return say.photos(readLinks(value).length)
    case 'file':
      return say.files(readLinks(value).length)
    case 'voice':
      return say.voices(readLinks(value).length)
    default:
      return String(value).trim().replaceAll(/\s+/g, ' ')
  }
}
