import type { DocumentId, Draft, KnownSchema, TakibiNode } from '../../sdk/index.ts'
import { type CollectionDefinition, schemaFields, schemaNameFor, sortableFields } from './definition.ts'
import { type Field, typeText } from './field-kind.ts'
import type { Collection } from './collection.ts'
import { collectionSchema, viewSchema } from './system-schemas.ts'
import { writeFields, writeViewConfig } from './view-config.ts'

/**
 * Signs a collection into being: its schema, then the collection and its views in one batch.
 *
 * @param group whose it is; absent: one's own. Only keepers may make one in a group, which the screens say before
 * @returns the collection's document id
 */
export const createCollection = async (
  node: TakibiNode,
  definition: CollectionDefinition,
  group?: DocumentId,
): Promise<DocumentId> => {
  const inGroup = group === undefined ? {} : { group }
  const schema = await node.defineSchema(
    schemaNameFor(definition.name),
    definition.name.slice(0, 256),
    schemaFields(definition.fields),
    { sortable: sortableFields(definition), ...inGroup },
  )
  const view = (name: string, kind: string, config: string): Draft => ({
    action: 'create',
    schema: viewSchema,
    fields: { collection: { ref: 'collection' }, name, kind, config },
    ...inGroup,
  })
  const [collection] = await node.publishBatch([
    {
      action: 'create',
      as: 'collection',
      schema: collectionSchema,
      fields: {
        name: definition.name,
        one: definition.one,
        many: definition.many,
        icon: definition.icon,
        definition: schema.definition ?? '',
      },
      ...inGroup,
    },
    view(definition.name, 'form', writeFields(definition.fields)),
    ...definition.views.map(({ name, kind, ...config }, order) =>
      view(name, kind, writeViewConfig({ order, ...config })),
    ),
  ])
  return collection!.documentId
}

/** What a change of fields does to the things that are there. `retyped`: a new field took the old one's place and label. */
export type Effect =
  | { readonly kind: 'added' | 'removed' | 'retyped' | 'back'; readonly field: Field }
  | { readonly kind: 'words' }

const asText = (fields: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1)))
const typesOf = (schema: KnownSchema): Readonly<Record<string, string>> =>
  Object.fromEntries(schema.fields.map((field) => [field.name, typeText(field)]))

/** Says beforehand what `changeFields` will do. Empty: nothing changed. */
export const effectsOf = (before: readonly Field[], after: readonly Field[]): readonly Effect[] => {
  const old = new Map(before.map((field) => [field.name, field]))
  const added = after.filter(({ name, isRemoved }) => !isRemoved && !old.has(name))
  const removed = after.filter(({ name, isRemoved }) => isRemoved && old.get(name)?.isRemoved === false)
  const back = after.filter(({ name, isRemoved }) => !isRemoved && old.get(name)?.isRemoved === true)
  const isSwapped = (field: Field, others: readonly Field[]): boolean =>
    others.some(({ label }) => label === field.label)
  const effects: readonly Effect[] = [
    ...added.map((field) => ({ kind: isSwapped(field, removed) ? ('retyped' as const) : ('added' as const), field })),
    ...removed.filter((field) => !isSwapped(field, added)).map((field) => ({ kind: 'removed' as const, field })),
    ...back.map((field) => ({ kind: 'back' as const, field })),
  ]
  if (effects.length > 0) return effects
  return writeFields(before) === writeFields(after) ? [] : [{ kind: 'words' }]
}

/**
 * Changes a collection's fields and words. Where what is stored changes, that is a new version of its schema; things keep theirs.
 * New words, options and hints need no new version.
 */
export const changeFields = async (
  node: TakibiNode,
  collection: Collection,
  change: Pick<CollectionDefinition, 'name' | 'one' | 'many' | 'icon' | 'fields'>,
): Promise<void> => {
  const { schema } = collection
  const fields = schemaFields(change.fields)
  if (schema !== undefined && asText(typesOf(schema)) !== asText(fields))
    await node.defineSchema(schema.name, schema.description, fields, {
      newVersionOf: schema,
      sortable: sortableFields({ fields: change.fields, views: [] }),
    })
  const drafts: Draft[] = []
  const { name, one, many, icon } = change
  const isRenamed =
    name !== collection.name || one !== collection.one || many !== collection.many || icon !== collection.icon
  if (isRenamed) drafts.push({ action: 'update', document: collection.id, fields: { name, one, many, icon } })
  const config = writeFields(change.fields)
  if (collection.form === undefined)
    drafts.push({
      action: 'create',
      schema: viewSchema,
      fields: { collection: collection.id, name, kind: 'form', config },
      ...(collection.group !== undefined && { group: collection.group }),
    })
  else if (config !== collection.form.config)
    drafts.push({ action: 'update', document: collection.form.id, fields: { config } })
  if (drafts.length > 0) await node.publishBatch(drafts)
}
