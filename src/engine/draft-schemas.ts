import { documentViewId } from '../core/document/view-id.ts'
import type { DocumentId, DocumentViewId, OperationId, SchemaId } from '../core/ids.ts'
import type { Fields } from '../core/operation/operation.ts'
import { type Result, fail, ok } from '../core/result.ts'
import { buildSchema } from '../core/schema/build.ts'
import type { Schema } from '../core/schema/schema.ts'
import { systemSchemaId } from '../core/schema/system/id.ts'
import type { EngineDeps } from './deps.ts'
import type { Failure } from './failure.ts'
import { definitionFields, pinnedFields } from './schema-definition.ts'

/** A draft that was signed, as far as schemas care. */
interface Note {
  readonly as: string | undefined
  readonly operationId: OperationId
  readonly documentId: DocumentId
  readonly schemaId: SchemaId
  readonly fields: Fields
}

/** The schemas a batch is written by: those of this device, and those the batch defines itself. */
export interface DraftSchemas {
  readonly find: (id: SchemaId) => Promise<Result<Schema, Failure>>
  /** The schema that the draft of this name defines. */
  readonly ofDraft: (ref: string) => Promise<Result<Schema, Failure>>
  readonly note: (note: Note) => void
  readonly made: () => ReadonlyMap<SchemaId, Schema>
}

const schemaDefinition = systemSchemaId('schema_definition_v1')
const fieldDefinition = systemSchemaId('schema_field_definition_v1')

export function openDraftSchemas(deps: Pick<EngineDeps, 'store' | 'schemas' | 'opener'>): DraftSchemas {
  const made = new Map<SchemaId, Schema>()
  const definitions = new Map<string, Note>()
  const fieldsByView = new Map<DocumentViewId, Fields>()
  const schemaByRef = new Map<string, Schema>()

  const find = async (id: SchemaId): Promise<Result<Schema, Failure>> => {
    const schema = made.get(id) ?? (await deps.schemas.definition(id))?.schema
    return schema ? ok(schema) : fail({ code: 'schema/unknown', schemaId: id })
  }

  /** A new version says what changed; the rest is as it was. */
  const wholeDefinition = async ({ documentId, operationId, fields }: Note): Promise<Fields> =>
    documentId === operationId ? fields : { ...(await definitionFields(deps, documentId)), ...fields }

  const ofDraft = async (ref: string): Promise<Result<Schema, Failure>> => {
    const built = schemaByRef.get(ref)
    if (built) return ok(built)
    const note = definitions.get(ref)
    if (!note) return fail({ code: 'schema/definition-invalid', reason: `the draft "${ref}" defines no schema` })
    const definition = await wholeDefinition(note)
    const pinned = definition['fields']
    const viewIds = pinned?.kind === 'pinned_relation_list' ? pinned.value : []
    const stored = await pinnedFields(
      deps,
      viewIds.filter((viewId) => !fieldsByView.has(viewId)),
    )
    const fields: Fields[] = []
    for (const viewId of viewIds) {
      const known = stored.get(viewId)
      const field = fieldsByView.get(viewId) ?? (known?.is === 'found' ? known.fields : undefined)
      if (!field) return fail({ code: 'schema/definition-invalid', reason: `the field ${viewId} is not here` })
      fields.push(field)
    }
    const schema = buildSchema(documentViewId([note.operationId]), definition, fields, note.documentId)
    if (!schema.ok) return schema
    schemaByRef.set(ref, schema.value)
    made.set(schema.value.id, schema.value)
    return schema
  }

  return {
    find,
    ofDraft,
    note: (note) => {
      if (note.schemaId === fieldDefinition && note.documentId === note.operationId)
        fieldsByView.set(documentViewId([note.operationId]), note.fields)
      if (note.schemaId === schemaDefinition && note.as !== undefined) definitions.set(note.as, note)
    },
    made: () => made,
  }
}
