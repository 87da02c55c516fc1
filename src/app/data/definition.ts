import type { CollectionIcon } from './collection-icon.ts'
import { type Field, placeParts, storedTypes } from './field-kind.ts'
import type { Layout, Sort, ViewKind } from './view-config.ts'

/** A view still to be made. The form is not among them: every collection gets one, it holds the fields. */
export interface ViewDraft {
  readonly name: string
  readonly kind: Exclude<ViewKind, 'form'>
  readonly sort?: readonly Sort[]
  readonly layout?: Partial<Layout>
}

/** A collection still to be made: what a template gives, and the builder changes. */
export interface CollectionDefinition {
  readonly name: string
  /** One of its things, and several: "observation", "observations". */
  readonly one: string
  readonly many: string
  readonly icon: CollectionIcon
  readonly fields: readonly Field[]
  readonly views: readonly ViewDraft[]
}

/** Letters, digits and underscores of a label, beginning with a letter: what p2panda takes as a name. At most 40 characters. */
const plainName = (label: string, otherwise: string): string => {
  const name = label
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toUpperCase() // and so ß becomes ss
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_+$/g, '')
    .slice(0, 40)
  return name.length < 2 ? otherwise : name
}

/** What a field of this name may occupy in a schema: itself, or the three parts of a place. */
const occupied = (name: string): readonly string[] => [name, ...Object.values(placeParts(name))]

/** A name for a new field that collides with none of `taken`, whatever kinds they are. */
export const fieldNameFor = (label: string, taken: readonly string[]): string => {
  const name = plainName(label, 'field')
  const used = new Set(taken.flatMap(occupied))
  const isFree = (candidate: string): boolean => !occupied(candidate).some((part) => used.has(part))
  if (isFree(name)) return name
  for (let n = 2; ; n += 1) if (isFree(`${name}${n}`)) return `${name}${n}`
}

/** p2panda's name for the schema of a collection: 2 to 64 characters, no underscore at the end. */
export const schemaNameFor = (collection: string): string => plainName(collection, 'things').replace(/_+$/, '')

/** The fields of the schema that a list of fields is stored in, name to type. */
export const schemaFields = (fields: readonly Field[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    fields.filter(({ isRemoved }) => !isRemoved).flatMap((field) => Object.entries(storedTypes(field))),
  )

const sortableKinds: readonly Field['kind'][] = ['text', 'number', 'rating', 'yesNo', 'choice', 'date', 'dateTime']

/** The fields worth an index from the start: what the views order and group by, and what stands first. At most three. */
export const sortableFields = (definition: Pick<CollectionDefinition, 'fields' | 'views'>): readonly string[] => {
  const wanted = [
    ...definition.views.flatMap(({ sort, layout }) => [
      ...(sort ?? []).map(({ by }) => by),
      layout?.group,
      layout?.tick,
    ]),
    ...definition.fields.map(({ name }) => name),
  ]
  const can = new Set(
    definition.fields
      .filter(({ kind, isRemoved }) => !isRemoved && sortableKinds.includes(kind))
      .map(({ name }) => name),
  )
  return [...new Set(wanted)].filter((name): name is string => name !== undefined && can.has(name)).slice(0, 3)
}
