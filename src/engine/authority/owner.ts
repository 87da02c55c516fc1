import type { DocumentRule } from '../../core/authority/refusal.ts'
import type { DocumentId, OperationId, PublicKey, SchemaId } from '../../core/ids.ts'
import type { PlainFields } from '../../core/operation/operation.ts'
import type { Schema } from '../../core/schema/schema.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { Store } from '../../ports/store.ts'
import type { SchemaRegistry } from '../schema-registry.ts'
import { type ReadDocument, readStored, schemaIdOf } from '../stored-document.ts'

/** Documents from an owned one to its key group (identity.md R2). */
const maxOwnerChain = 16

/** Where the owners of a document lead. */
export type Root =
  | { readonly is: 'group'; readonly group: DocumentId; readonly owner: DocumentId }
  /** Some owner is not here yet: neither valid nor invalid (R2). */
  | { readonly is: 'pending'; readonly awaits: OperationId }
  /** To something that has no owner and is no group, or too far. */
  | { readonly is: 'nowhere' }

const groupSchema = systemSchemaId('key_group_v1')

const rules: Readonly<Record<string, DocumentRule>> = {
  key_group_v1: 'levels',
  key_group_membership_request_v1: 'levels',
  key_group_membership_v1: 'levels',
  key_group_membership_limit_v1: 'levels',
  group_invite_v1: 'keeper',
  group_node_v1: 'keeper',
  secret_group_v1: 'keeper',
  secret_v1: 'sealed',
  secret_piece_v1: 'sealed',
  group_knock_v1: 'author',
  key_package_v1: 'author',
}

/** By which rule documents of a schema are judged. `areOpen`: those without owner may be changed by anybody. */
export const ruleOf = ({ id, fields }: Schema, areOpen: boolean): DocumentRule =>
  rules[id] ?? (fields.some(({ kind }) => kind === 'owner') ? 'grant' : areOpen ? 'anybody' : 'author')

/** Whether only its creator may change a sealed document (decisions.md 16). */
export const isOwnDocument = (schemaId: SchemaId, create: PlainFields): boolean =>
  schemaId === 'secret_piece_v1' || (schemaId === 'secret_v1' && create['own']?.value === true)

/** The CREATE of a document, as it was stored. */
export interface Beginning {
  readonly fields: PlainFields
  readonly publicKey: PublicKey
}
export function beginningOf(document: ReadDocument): Beginning | undefined {
  for (const { operation, entry } of document.operations)
    if (operation?.action === 'create') return { fields: operation.fields, publicKey: entry.publicKey }
  return undefined
}

/** The operations by which fields name an owner; `undefined`: they name none. */
export function ownerIn(fields: PlainFields, schema: Schema): readonly OperationId[] | undefined {
  const name = schema.fields.find(({ kind }) => kind === 'owner')?.name
  const value = name !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined
  return value?.plain === 'hashes' && value.value.length > 0 ? value.value : undefined
}

/** Follows owners to their group. What was found once is found for ever: CREATE fixes it. */
export interface OwnerChains {
  readonly rootOf: (fields: PlainFields, schema: Schema) => Promise<Root>
  /** The document of these operations: one, or `undefined`. */
  readonly documentOf: (ids: readonly OperationId[]) => Promise<DocumentId | undefined>
}

export function createOwnerChains(store: Store, schemas: Pick<SchemaRegistry, 'definition'>): OwnerChains {
  const documents = new Map<OperationId, DocumentId>()
  /** Groups of documents that own others; a group is its own. */
  const groups = new Map<DocumentId, DocumentId>()

  const findDocuments = async (ids: readonly OperationId[]): Promise<readonly (DocumentId | undefined)[]> => {
    const unknown = ids.filter((id) => !documents.has(id))
    if (unknown.length > 0)
      for (const [at, found] of (await store.documentsOf(unknown)).entries())
        if (found !== undefined) documents.set(unknown[at] as OperationId, found)
    return ids.map((id) => documents.get(id))
  }
  const documentOf = async (ids: readonly OperationId[]): Promise<DocumentId | undefined> => {
    const [found, ...others] = new Set(await findDocuments(ids))
    return others.length === 0 ? found : undefined
  }

  /** The group of a document that owns another one. */
  const groupOf = async (id: DocumentId, left: number): Promise<Root | DocumentId> => {
    const known = groups.get(id)
    if (known !== undefined) return known
    const stored = left === 0 ? undefined : await store.document(id)
    const document = stored && readStored(stored)
    const schemaId = document && !('code' in document) ? schemaIdOf(document) : undefined
    if (!document || 'code' in document || schemaId === undefined) return { is: 'nowhere' }
    if (schemaId === groupSchema) {
      groups.set(id, id)
      return id
    }
    const schema = (await schemas.definition(schemaId))?.schema
    const fields = beginningOf(document)?.fields
    if (schema === undefined || fields === undefined) return { is: 'nowhere' }
    const root = await follow(fields, schema, left - 1)
    if (root.is !== 'group') return root
    groups.set(id, root.group)
    return root.group
  }
  const follow = async (fields: PlainFields, schema: Schema, left: number): Promise<Root> => {
    const ids = ownerIn(fields, schema)
    if (ids === undefined) return { is: 'nowhere' }
    const found = await findDocuments(ids)
    const missing = ids.find((_, at) => found[at] === undefined)
    if (missing !== undefined) return { is: 'pending', awaits: missing }
    const [owner, ...others] = new Set(found)
    if (owner === undefined || others.length > 0) return { is: 'nowhere' }
    const root = await groupOf(owner, left)
    return typeof root === 'string' ? { is: 'group', group: root, owner } : root
  }
  return { rootOf: (fields, schema) => follow(fields, schema, maxOwnerChain), documentOf }
}
