import { assert } from '../../core/assert.ts'
import type { SchemaId } from '../../core/ids.ts'
import type { Schema } from '../../core/schema/schema.ts'
import { systemSchema } from '../../core/schema/system/index.ts'
import { awaitsOperation, awaitsSchema } from '../ingest-judge.ts'
import { openOperation } from '../open-operation.ts'
import type { Definition } from '../schema-definition.ts'
import type { SchemaRegistry } from '../schema-registry.ts'
import { type ReadDocument, innerSchemaIdOf } from '../stored-document.ts'

/** What it takes to read the operations of a document. */
export interface Reading {
  readonly definition: Definition
  /** The schema by which everybody judges it: that of the envelope, where it is sealed. */
  readonly outer: Schema
  /** Later versions of the same family that its operations name, where it is sealed (decisions.md 23). */
  readonly versions: ReadonlyMap<SchemaId, Schema>
  /** What would tell more of it, once it comes. */
  readonly awaits?: string
}

/** `awaits`: what is missing, where it can come; nothing where its CREATE has no payload, does not open, or says nothing sound. */
export type NoReading = { readonly awaits?: string }

/** Finds the schemas of a document that was opened, if it is sealed. */
export async function readingOf(
  schemas: Pick<SchemaRegistry, 'definition'>,
  document: ReadDocument,
): Promise<Reading | NoReading> {
  const { sealed } = document
  const schemaId = innerSchemaIdOf(document)
  if (schemaId === undefined) {
    const isUnknown = sealed !== undefined && document.operations.some(({ inside }) => inside === 'locked')
    return isUnknown ? { awaits: awaitsOperation(sealed.secretGroup) } : {}
  }
  const definition = await schemas.definition(schemaId)
  if (definition === undefined) return { awaits: awaitsSchema(schemaId) }
  if (sealed === undefined) return { definition, outer: definition.schema, versions: none }
  const outer = systemSchema('secret_v1')
  assert(outer, 'sealed documents have a schema that is built in')
  return { definition, outer, ...(await versionsOf(schemas, document, definition.schema)) }
}

export const isReading = (found: Reading | NoReading): found is Reading => 'definition' in found

const none: ReadonlyMap<SchemaId, Schema> = new Map()

/** Versions that are not known here may be of this family or not: the document is read without them, and again once they are known. */
async function versionsOf(
  schemas: Pick<SchemaRegistry, 'definition'>,
  { operations }: ReadDocument,
  { id, definition }: Schema,
): Promise<Pick<Reading, 'versions' | 'awaits'>> {
  const named = new Set(operations.flatMap((stored) => openOperation(stored)?.schemaId ?? []))
  named.delete(id)
  if (definition === undefined) return { versions: none }
  const versions = new Map<SchemaId, Schema>()
  let awaits: string | undefined
  for (const other of named) {
    const found = await schemas.definition(other)
    if (found === undefined) awaits = awaitsSchema(other)
    else if (found.schema.definition === definition) versions.set(other, found.schema)
  }
  return { versions, ...(awaits !== undefined && { awaits }) }
}
