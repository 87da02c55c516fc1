import {
  emptyValue,
  type Field,
  type FieldKind,
  fieldKinds,
  kindsFor,
  makeField,
  type Option,
  tones,
} from './field-kind.ts'
import type { KnownSchema, Values } from '../../sdk/index.ts'

/**
 * `takibi_view_v1.config` is JSON that anybody may have written. Reading it never fails: what is missing, broken or too long is left
 * out, and the schema itself says what to show instead.
 */
export const viewKinds = ['cards', 'table', 'board', 'checklist', 'form'] as const
export type ViewKind = (typeof viewKinds)[number]

export interface Sort {
  readonly by: string
  readonly direction: 'asc' | 'desc'
}
export interface Layout {
  /** Field names. `title` stands first everywhere; `group` makes a board's columns; `tick` is what a checklist ticks. */
  readonly title: string | undefined
  readonly subtitle: string | undefined
  readonly cover: string | undefined
  readonly badge: string | undefined
  readonly group: string | undefined
  readonly tick: string | undefined
  /** Not shown in this view. */
  readonly hidden: readonly string[]
}
export interface ViewConfig {
  /** Views of one collection stand in this order. */
  readonly order: number
  readonly sort: readonly Sort[]
  /** Field name → values of which one must be there; the chips above a list. */
  readonly filter: Readonly<Record<string, readonly (string | boolean)[]>>
  readonly layout: Layout
}

const longest = { config: 262_144, text: 256, options: 200, fields: 256, list: 64 } as const

type Json = Readonly<Record<string, unknown>>
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const parse = (config: unknown): Json => {
  if (typeof config !== 'string' || config.length > longest.config) return {}
  try {
    const json: unknown = JSON.parse(config)
    return isJson(json) ? json : {}
  } catch {
    return {}
  }
}
const own = (json: Json, key: string): unknown => (Object.hasOwn(json, key) ? json[key] : undefined)
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= longest.text ? value : undefined
const list = (value: unknown, atMost: number): readonly unknown[] =>
  Array.isArray(value) ? (value as unknown[]).slice(0, atMost) : []
const oneOf = <const T extends string>(values: readonly T[], value: unknown): T | undefined =>
  values.find((candidate) => candidate === value)
const present = <T>(value: T | undefined): value is T => value !== undefined

const readOption = (value: unknown): Option | undefined => {
  if (!isJson(value)) return undefined
  const stored = text(own(value, 'value'))
  if (stored === undefined || stored === '') return undefined
  return {
    value: stored,
    label: text(own(value, 'label')) ?? stored,
    tone: oneOf(tones, own(value, 'tone')) ?? 'plain',
  }
}

const readDefault = (value: unknown): Field['default'] =>
  typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)) ? value : text(value)

/** Letters and underscores of a schema's field name, as a label for people. */
const labelFor = (name: string): string => {
  const words = name.replaceAll('_', ' ').trim()
  return words === '' ? name : words[0]!.toUpperCase() + words.slice(1)
}

const readField = (value: unknown): { readonly field: Field; readonly wanted: FieldKind } | undefined => {
  if (!isJson(value)) return undefined
  const name = text(own(value, 'name'))
  const kind = oneOf(fieldKinds, own(value, 'kind'))
  if (name === undefined || kind === undefined) return undefined
  const options = list(own(value, 'options'), longest.options).map(readOption).filter(present)
  return {
    wanted: kind,
    field: {
      name,
      kind,
      label: text(own(value, 'label')) ?? labelFor(name),
      hint: text(own(value, 'hint')) ?? '',
      options: [...new Map(options.map((option) => [option.value, option])).values()],
      default: readDefault(own(value, 'default')),
      isRequired: own(value, 'required') === true,
      fill: oneOf(['none', 'now', 'here'], own(value, 'fill')) ?? 'none',
      isWhole: false,
      target: undefined,
      isRemoved: own(value, 'removed') === true,
    },
  }
}

/**
 * The fields of a family as people see them, in the order of the form view.
 *
 * @param config of the collection's form view; hostile and broken ones are fine
 * @param schemas every version of the family, the newest last
 */
export const readFields = (config: unknown, schemas: readonly KnownSchema[]): readonly Field[] => {
  const stored = new Map(schemas.flatMap((schema) => schema.fields.map((field) => [field.name, field] as const)))
  const newest = new Set(schemas.at(-1)?.fields.map(({ name }) => name))
  const shown = new Map<string, Field>()
  const used = new Set<string>()
  for (const { field, wanted } of list(own(parse(config), 'fields'), longest.fields)
    .map(readField)
    .filter(present)) {
    if (shown.has(field.name)) continue
    if (wanted === 'place') {
      const parts = [`${field.name}_lat`, `${field.name}_lon`, `${field.name}_acc`]
      if (!parts.every((part) => stored.get(part)?.kind === 'float' && !used.has(part))) continue
      for (const part of parts) used.add(part)
      shown.set(field.name, { ...field, isRemoved: field.isRemoved || !parts.every((part) => newest.has(part)) })
      continue
    }
    const type = stored.get(field.name)
    if (type === undefined || used.has(field.name)) continue
    const kinds = kindsFor(type)
    const kind = oneOf(kinds, wanted) ?? kinds[0]
    if (kind === undefined) continue
    used.add(field.name)
    shown.set(field.name, {
      ...field,
      kind,
      isWhole: type.kind === 'int',
      target: type.schemaId,
      isRemoved: field.isRemoved || !newest.has(field.name),
    })
  }
  // What nobody described yet: a schema made by another program, or a newer version of ours.
  for (const [name, type] of stored) {
    const kind = kindsFor(type)[0]
    if (used.has(name) || kind === undefined) continue
    shown.set(name, {
      ...makeField(name, kind, labelFor(name)),
      isWhole: type.kind === 'int',
      target: type.schemaId,
      isRemoved: !newest.has(name),
    })
  }
  return [...shown.values()]
}

/** How one view shows its collection. Field names are not checked here: a view of an older version may name what is gone. */
export const readViewConfig = (config: unknown): ViewConfig => {
  const json = parse(config)
  const layout = own(json, 'layout')
  const place = (key: string): string | undefined => (isJson(layout) ? text(own(layout, key)) : undefined)
  const filter = own(json, 'filter')
  const isChoice = (value: unknown): value is string | boolean =>
    typeof value === 'boolean' || text(value) !== undefined
  const order = own(json, 'order')
  return {
    order: typeof order === 'number' && Number.isFinite(order) ? order : 0,
    sort: list(own(json, 'sort'), 4)
      .map((value): Sort | undefined => {
        const by = isJson(value) ? text(own(value, 'by')) : undefined
        if (by === undefined || !isJson(value)) return undefined
        return { by, direction: own(value, 'direction') === 'desc' ? 'desc' : 'asc' }
      })
      .filter(present),
    filter: Object.fromEntries(
      (isJson(filter) ? Object.entries(filter) : [])
        .slice(0, longest.list)
        .map(([name, values]) => [name, list(values, longest.list).filter(isChoice)] as const)
        .filter(([, values]) => values.length > 0),
    ),
    layout: {
      title: place('title'),
      subtitle: place('subtitle'),
      cover: place('cover'),
      badge: place('badge'),
      group: place('group'),
      tick: place('tick'),
      hidden: list(isJson(layout) ? own(layout, 'hidden') : [], longest.list)
        .map(text)
        .filter(present),
    },
  }
}

/** The form view's config: the description of every field. The other way round: `readFields`. */
export const writeFields = (fields: readonly Field[]): string =>
  JSON.stringify({
    fields: fields.map((field) => ({
      name: field.name,
      kind: field.kind,
      label: field.label,
      hint: field.hint === '' ? undefined : field.hint,
      options: field.options.length === 0 ? undefined : field.options,
      default: field.default,
      required: field.isRequired ? true : undefined,
      fill: field.fill === 'none' ? undefined : field.fill,
      removed: field.isRemoved ? true : undefined,
    })),
  })

/** The other way round: `readViewConfig`. */
export const writeViewConfig = (config: {
  readonly order?: number
  readonly sort?: readonly Sort[]
  readonly filter?: ViewConfig['filter']
  readonly layout?: Partial<Layout>
}): string => JSON.stringify(config)

const fits = (value: Field['default'], kind: KnownSchema['fields'][number]['kind']): boolean => {
  switch (kind) {
    case 'bool':
      return typeof value === 'boolean'
    case 'int':
      return Number.isSafeInteger(value)
    case 'float':
      return typeof value === 'number'
    case 'str':
      return typeof value === 'string'
    default:
      return false
  }
}

/** Everything a CREATE under this version needs: each field at its default, or at its type's nothing. */
export const startValues = (fields: readonly Field[], schema: KnownSchema): Values => {
  const defaults = new Map(fields.map((field) => [field.name, field.default]))
  return Object.fromEntries(
    schema.fields.map((stored) => {
      const value = defaults.get(stored.name)
      return [stored.name, value !== undefined && fits(value, stored.kind) ? value : emptyValue(stored)]
    }),
  )
}
