import { type CollectionIcon, readIcon } from './collection-icon.ts'
import type { Field } from './field-kind.ts'
import type { DocumentId, DocumentView, KnownSchema, Value } from '../../sdk/index.ts'
import { readFields, readViewConfig, type ViewConfig, type ViewKind, viewKinds } from './view-config.ts'

export interface CollectionView extends ViewConfig {
  readonly id: DocumentId
  readonly name: string
  readonly kind: Exclude<ViewKind, 'form'>
}

/** A collection put together from its `takibi_collection_v1`, the versions of its schema and its `takibi_view_v1` documents. */
export interface Collection {
  readonly id: DocumentId
  /** Whose it is; its views and things are of the same group. `undefined`: one's own. */
  readonly group: DocumentId | undefined
  readonly name: string
  readonly one: string
  readonly many: string
  readonly icon: CollectionIcon
  /** The newest version: new things are made with it. `undefined`: its definition is not on this device (yet). */
  readonly schema: KnownSchema | undefined
  /** All versions, the newest last. */
  readonly versions: readonly KnownSchema[]
  /** Of all versions, in the form's order; `isRemoved` ones are shown under *More* only. */
  readonly fields: readonly Field[]
  /** In their own order; never empty. */
  readonly views: readonly [CollectionView, ...CollectionView[]]
  readonly form: { readonly id: DocumentId; readonly config: string } | undefined
  readonly changedAt: number
}

const text = (value: Value | undefined): string => (typeof value === 'string' ? value : '')
const plainView = (id: DocumentId, name: string): CollectionView => ({
  ...readViewConfig(undefined),
  id,
  name,
  kind: 'table',
})

/** `views`: all `takibi_view_v1` there are; `schemas`: all schemas there are. */
export const readCollection = (
  document: DocumentView,
  views: readonly DocumentView[],
  schemas: readonly KnownSchema[],
): Collection => {
  const definition = text(document.fields['definition'])
  const versions = schemas
    .filter((schema) => schema.definition === definition)
    .toSorted((a, b) => a.version - b.version)
  const own = views
    .filter((view) => view.fields['collection'] === document.id && view.group === document.group)
    .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
  const form = own.find((view) => view.fields['kind'] === 'form')
  const [first, ...others] = own
    .flatMap((view): CollectionView[] => {
      const kind = viewKinds.find((candidate) => candidate === view.fields['kind'])
      if (kind === undefined || kind === 'form') return []
      return [{ ...readViewConfig(view.fields['config']), id: view.id, name: text(view.fields['name']), kind }]
    })
    .toSorted((a, b) => a.order - b.order)
  const name = text(document.fields['name'])
  return {
    id: document.id,
    group: document.group,
    name,
    one: text(document.fields['one']),
    many: text(document.fields['many']),
    icon: readIcon(text(document.fields['icon'])),
    schema: versions.at(-1),
    versions,
    fields: readFields(form?.fields['config'], versions),
    views: first === undefined ? [plainView(document.id, name)] : [first, ...others],
    form: form === undefined ? undefined : { id: form.id, config: text(form.fields['config']) },
    changedAt: document.changedAt,
  }
}

/** The field whose value names a thing: what the view says, else the first text. */
export const titleField = (collection: Collection, view: CollectionView = collection.views[0]): Field | undefined => {
  const fields = collection.fields.filter(({ isRemoved }) => !isRemoved)
  return (
    fields.find(({ name }) => name === view.layout.title) ?? fields.find(({ kind }) => kind === 'text') ?? fields[0]
  )
}

/** A thing's name for people; empty where nobody gave one. */
export const titleOf = (collection: Collection, document: DocumentView): string => {
  const value = document.fields[titleField(collection)?.name ?? '']
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value).trim() : ''
}
