import type { KnownSchema, SchemaId, Value, Values } from '../../sdk/index.ts'

/** The kinds of field people choose from. What each is stored as: `storedTypes`. */
export const fieldKinds = [
  'text',
  'longText',
  'number',
  'rating',
  'yesNo',
  'choice',
  'tags',
  'date',
  'dateTime',
  'place',
  'link',
  'links',
  'exact',
  'photo',
  'file',
  'voice',
] as const
export type FieldKind = (typeof fieldKinds)[number]

export const tones = ['plain', 'leaf', 'sky', 'honey', 'ember', 'berry', 'iris'] as const
export type Tone = (typeof tones)[number]

/** `value` is what is stored and stays; `label` is what people see and may change. */
export interface Option {
  readonly value: string
  readonly label: string
  readonly tone: Tone
}

/** A field as people see it: what the form view says about a field of the schema. */
export interface Field {
  /** In the schema; a place's parts have it as their first half. */
  readonly name: string
  readonly kind: FieldKind
  readonly label: string
  readonly hint: string
  readonly options: readonly Option[]
  readonly default: boolean | number | string | undefined
  readonly isRequired: boolean
  /** Fills itself when a thing is made: with the time, or where this device is. */
  readonly fill: 'none' | 'now' | 'here'
  /** Number: whole ones only, stored as `int`. */
  readonly isWhole: boolean
  /** Links: the schema they lead to. */
  readonly target: SchemaId | undefined
  /** Taken out of the form; things that have it keep it, under *More*. */
  readonly isRemoved: boolean
}

/** A field with nothing said but its kind and label. */
export const makeField = (
  name: string,
  kind: Field['kind'],
  label: string,
  more: Partial<Omit<Field, 'name' | 'kind' | 'label'>> = {},
): Field => ({
  name,
  kind,
  label,
  hint: '',
  options: [],
  default: undefined,
  isRequired: false,
  fill: 'none',
  isWhole: false,
  target: undefined,
  isRemoved: false,
  ...more,
})

export const placeParts = (name: string) => ({
  latitude: `${name}_lat`,
  longitude: `${name}_lon`,
  accuracy: `${name}_acc`,
})

/** The schema's fields that one field of the form is stored in, by name. A link without target cannot be stored: no fields. */
export const storedTypes = (field: Pick<Field, 'name' | 'kind' | 'isWhole' | 'target'>): Record<string, string> => {
  switch (field.kind) {
    case 'number':
      return { [field.name]: field.isWhole ? 'int' : 'float' }
    case 'rating':
      return { [field.name]: 'int' }
    case 'yesNo':
      return { [field.name]: 'bool' }
    case 'place': {
      const { latitude, longitude, accuracy } = placeParts(field.name)
      return { [latitude]: 'float', [longitude]: 'float', [accuracy]: 'float' }
    }
    // A link to one is a list of none or one: a plain relation could never be empty.
    case 'link':
    case 'links':
      return field.target === undefined ? {} : { [field.name]: `relation_list(${field.target})` }
    case 'exact':
      return field.target === undefined ? {} : { [field.name]: `pinned_relation_list(${field.target})` }
    case 'photo':
    case 'file':
    case 'voice':
      return { [field.name]: 'relation_list(blob_v1)' }
    default:
      return { [field.name]: 'str' }
  }
}

type SchemaField = KnownSchema['fields'][number]
export const typeText = ({ kind, schemaId }: SchemaField): string =>
  schemaId === undefined ? kind : `${kind}(${schemaId})`

/** The kinds that can show what a schema field holds, the most natural first. None: only Under the hood shows it. */
export const kindsFor = ({ kind, schemaId }: SchemaField): readonly FieldKind[] => {
  switch (kind) {
    case 'bool':
      return ['yesNo']
    case 'int':
      return ['number', 'rating']
    case 'float':
      return ['number']
    case 'str':
      return ['text', 'longText', 'choice', 'tags', 'date', 'dateTime']
    case 'relation':
      return ['link']
    case 'relation_list':
      return schemaId === 'blob_v1' ? ['file', 'photo', 'voice'] : ['links', 'link']
    case 'pinned_relation':
    case 'pinned_relation_list':
    case 'owner':
      return ['exact']
    default:
      return []
  }
}

/** What CREATE writes where nobody said anything: p2panda has no "absent", so each type has its nothing. */
export const emptyValue = (field: SchemaField): Value => {
  switch (field.kind) {
    case 'bool':
      return false
    case 'int':
    case 'float':
      return field.name.endsWith('_acc') ? noPlace : 0
    case 'str':
    case 'relation':
    case 'pinned_relation':
    case 'owner':
      return ''
    case 'bytes':
      return new Uint8Array()
    default:
      return []
  }
}

/** The accuracy that says "no place". */
const noPlace = -1
export interface Place {
  readonly latitude: number
  readonly longitude: number
  /** Metres. */
  readonly accuracy: number
}

const asNumber = (value: Value | undefined): number =>
  typeof value === 'number' || typeof value === 'bigint' ? Number(value) : 0

export const readPlace = (name: string, values: Values): Place | undefined => {
  const parts = placeParts(name)
  const accuracy = values[parts.accuracy]
  if (accuracy === undefined || asNumber(accuracy) < 0) return undefined
  return {
    latitude: asNumber(values[parts.latitude]),
    longitude: asNumber(values[parts.longitude]),
    accuracy: asNumber(accuracy),
  }
}
export const writePlace = (name: string, place: Place | undefined): Values => {
  const parts = placeParts(name)
  return {
    [parts.latitude]: place?.latitude ?? 0,
    [parts.longitude]: place?.longitude ?? 0,
    [parts.accuracy]: place?.accuracy ?? noPlace,
  }
}

/** Document ids (links, files) or view ids (exact) of a link field, whichever way its schema stores them. */
export const readLinks = (value: Value | undefined): readonly string[] => {
  if (typeof value === 'string') return value === '' ? [] : [value]
  return Array.isArray(value) ? (value as readonly string[]) : []
}

/** Tags are one text, so that any p2panda client can show and search them. */
export const readTags = (value: Value | undefined): readonly string[] =>
  typeof value !== 'string'
    ? []
    : value
        .split(',')
        .map((tag) => tag.trim())
        .filter((tag) => tag !== '')
export const writeTags = (tags: readonly string[]): string => [...new Set(tags)].join(', ')

const two = (value: number): string => String(Math.trunc(value)).padStart(2, '0')
/** Local date, as a Date field stores it. */
export const writeDate = (time: Date): string =>
  `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
/** Local date and time with this zone's offset, as a Date and time field stores it. */
export const writeDateTime = (time: Date): string => {
  const offset = -time.getTimezoneOffset()
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`
  return `${writeDate(time)}T${two(time.getHours())}:${two(time.getMinutes())}${zone}`
}
