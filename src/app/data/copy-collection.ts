import type { DocumentId, DocumentView, Draft, KnownSchema, TakibiNode } from '../../sdk/index.ts'
import { isStoredIn, valuesOf } from '../fields/stored-names.ts'
import type { Collection } from './collection.ts'
import type { Field, FieldKind } from './field-kind.ts'
import { startValues } from './view-config.ts'
import { createCollection } from './write-collection.ts'

/** Things read and written at once. */
const atOnce = 500
/** They lead to things that are not in the group. */
const links: readonly FieldKind[] = ['link', 'links', 'exact']
/** Their files do not travel with a group. */
const files: readonly FieldKind[] = ['photo', 'file', 'voice']

/**
 * Makes a list anew in a group, with its things as they are now: whose something is does not change, so nothing moves (flows.md, 7). Links, and the
 * files of things, are left out; so is what was taken out of the form. What was there stays as it is.
 *
 * @returns the new list, and how many things it has
 */
export const copyCollection = async (
  node: TakibiNode,
  from: Collection & { readonly schema: KnownSchema },
  group: DocumentId,
): Promise<{ readonly id: DocumentId; readonly things: number }> => {
  const { name, one, many, icon, views } = from
  const fields = from.fields.filter(({ kind, isRemoved }) => !isRemoved && !links.includes(kind))
  const id = await createCollection(node, { name, one, many, icon, fields, views }, group)
  const schema = await schemaOf(node, id)
  const told = fields.filter(({ kind }) => !files.includes(kind))
  let things = 0
  let after: string | undefined
  for (;;) {
    const page = await node
      .query(from.schema, { orderBy: ['CREATED_AT'], first: atOnce, ...(after !== undefined && { after }) })
      .once()
    const own = page.documents.filter((thing) => thing.group === from.group)
    const drafts = own.map((thing): Draft => ({
      action: 'create',
      schema: schema.id,
      fields: { ...startValues(fields, schema), ...valuesIn(thing, from, told) },
      group,
    }))
    if (drafts.length > 0) await node.publishBatch(drafts)
    things += drafts.length
    after = page.documents.at(-1)?.cursor
    if (!page.hasNextPage || after === undefined) return { id, things }
  }
}

/** What a thing says of these fields; one of an older version may lack some. */
const valuesIn = (thing: DocumentView, { versions }: Collection, fields: readonly Field[]) => {
  const version = versions.find(({ id }) => id === thing.schemaId)
  return version === undefined
    ? {}
    : Object.assign(
        {},
        ...fields.filter((field) => isStoredIn(field, version)).map((field) => valuesOf(field, thing.fields)),
      )
}

const schemaOf = async (node: TakibiNode, collection: DocumentId): Promise<KnownSchema> => {
  const { document } = await node.document(collection).once()
  const { schemas } = await node.schemas().once()
  const schema = schemas.find(
    ({ definition }) => definition !== undefined && definition === document?.fields['definition'],
  )
  if (schema === undefined) throw new Error('a collection that was just made has its schema')
  return schema
}
