import { assert } from '../core/assert.ts'
import type { DocumentId, PublicKey, SchemaId } from '../core/ids.ts'
import type { Operation } from '../core/operation/operation.ts'
import { valuesToFields } from '../core/operation/values.ts'
import { type Result, fail, ok } from '../core/result.ts'
import type { Schema } from '../core/schema/schema.ts'
import { systemSchemaId } from '../core/schema/system/id.ts'
import type { Draft, Published } from './api.ts'
import type { DraftDocument } from './draft-document.ts'
import { isReference, resolveValues } from './draft-references.ts'
import type { DraftSchemas } from './draft-schemas.ts'
import type { Failure } from './failure.ts'
import type { DraftSealing } from './sealed/draft-sealing.ts'

/** What drafts of a batch are written by. All that they name is signed already. */
export interface WritingDesk {
  readonly documents: ReadonlyMap<DocumentId, DraftDocument>
  readonly schemas: DraftSchemas
  readonly sealing: DraftSealing
  /** Signed drafts by the name their batch gave them. */
  readonly made: ReadonlyMap<string, Published>
}

/** A draft as an operation. */
export interface WrittenDraft {
  /** What it says: inside, where it is sealed. */
  readonly said: Operation
  /** What everybody sees. */
  readonly operation: Operation
  /** The document it goes on with. */
  readonly document: DraftDocument | undefined
  readonly secretGroup: DocumentId | undefined
}

type Said = Omit<WrittenDraft, 'operation'> & { readonly expiresAt?: number | undefined }
type Written<T> = Promise<Result<T, Failure>>

/** The document a draft changes; `undefined` where the draft that makes it is not signed yet. */
export const documentIdOf = (
  made: ReadonlyMap<string, Published>,
  draft: Exclude<Draft, { action: 'create' }>,
): DocumentId | undefined => (isReference(draft.document) ? made.get(draft.document.ref)?.documentId : draft.document)

/** A draft to its operation, sealed where it is a group's. */
export async function writeDraft(desk: WritingDesk, draft: Draft, publicKey: PublicKey): Written<WrittenDraft> {
  const written = draft.action === 'create' ? await writeCreate(desk, draft) : await writeChange(desk, draft)
  if (!written.ok) return written
  const { said, document, secretGroup } = written.value
  const operation = await asEverybodySees(desk, written.value, publicKey)
  return operation.ok ? ok({ said, operation: operation.value, document, secretGroup }) : operation
}

/** A DELETE says nothing that could be sealed. */
async function asEverybodySees(
  { sealing }: WritingDesk,
  { said, secretGroup, expiresAt }: Said,
  publicKey: PublicKey,
): Written<Operation> {
  if (secretGroup === undefined) return ok(said)
  if (said.action === 'delete') return ok({ ...said, schemaId: systemSchemaId('secret_v1') })
  return sealing.seal(said, publicKey, secretGroup, { expiresAt })
}

async function writeCreate(desk: WritingDesk, draft: Extract<Draft, { action: 'create' }>): Written<Said> {
  const schema = isReference(draft.schema)
    ? await desk.schemas.ofDraft(draft.schema.ref)
    : await desk.schemas.find(draft.schema)
  if (!schema.ok) return schema
  const fields = valuesToFields(resolveValues(draft.fields, schema.value, desk.made), schema.value, { partial: false })
  if (!fields.ok) return fields
  const secretGroup = draft.group === undefined ? ok(undefined) : await desk.sealing.groupOf(draft.group, desk.made)
  if (!secretGroup.ok) return secretGroup
  return ok({
    said: { action: 'create', schemaId: schema.value.id, fields: fields.value },
    document: undefined,
    secretGroup: secretGroup.value,
    expiresAt: draft.expiresAt,
  })
}

async function writeChange(desk: WritingDesk, draft: Exclude<Draft, { action: 'create' }>): Written<Said> {
  const documentId = documentIdOf(desk.made, draft)
  const document = documentId && desk.documents.get(documentId)
  assert(document, 'the document of a draft was opened, or made before it')
  if (document.isDeleted) return fail({ code: 'document/deleted', documentId: document.documentId })
  const missing = draft.previous?.find((id) => !document.operationIds.has(id))
  if (missing) return fail({ code: 'operation/previous-missing', previous: missing })
  const previous = draft.previous ? [...new Set(draft.previous)].sort() : document.tips
  const { schemaId, secretGroup } = document
  if (draft.action === 'delete') return ok({ said: { action: 'delete', schemaId, previous }, document, secretGroup })
  const schema = await versionFor(desk, document, draft.schema ?? schemaId)
  if (!schema.ok) return schema
  const fields = valuesToFields(resolveValues(draft.fields, schema.value, desk.made), schema.value, { partial: true })
  if (!fields.ok) return fields
  const said: Operation = { action: 'update', schemaId: schema.value.id, previous, fields: fields.value }
  return ok({ said, document, secretGroup })
}

/** The schema an UPDATE is written by: that of the document, or, where it is sealed, another version of the same family (decisions.md 23). */
async function versionFor(
  { schemas }: WritingDesk,
  { schemaId, secretGroup }: DraftDocument,
  wanted: SchemaId,
): Written<Schema> {
  const schema = await schemas.find(wanted)
  if (!schema.ok || wanted === schemaId) return schema
  const own = secretGroup === undefined ? undefined : await schemas.find(schemaId)
  const family = own?.ok === true ? own.value.definition : undefined
  return family !== undefined && family === schema.value.definition
    ? schema
    : fail({ code: 'schema/not-matching', expected: schemaId, found: wanted })
}
