import type { SchemaId } from '../../ids.ts'
import type { FieldFailure } from '../../operation/failure.ts'
import type { Fields } from '../../operation/operation.ts'
import type { Schema } from '../schema.ts'
import { blob } from './blob.ts'
import { blobPiece } from './blob-piece.ts'
import { defineSystemSchema } from './define.ts'
import type { FieldRule, SystemSchemaText } from './define.ts'
import { schemaDefinition } from './schema-definition.ts'
import { schemaFieldDefinition } from './schema-field-definition.ts'
import { takibiCollection } from './takibi-collection.ts'
import { takibiView } from './takibi-view.ts'

/** Every schema that is built in. p2panda-js and aquadoggo know the first four. */
const texts = {
  schema_definition_v1: schemaDefinition,
  schema_field_definition_v1: schemaFieldDefinition,
  blob_v1: blob,
  blob_piece_v1: blobPiece,
  takibi_collection_v1: takibiCollection,
  takibi_view_v1: takibiView,
} as const satisfies Readonly<Record<string, SystemSchemaText>>

/** The ids of the schemas that are built in. */
export type SystemSchemaId = keyof typeof texts

const schemas: ReadonlyMap<string, Schema> = new Map(
  Object.entries(texts).map(([id, text]) => [id, defineSystemSchema(id, text)]),
)
const rules: ReadonlyMap<string, Readonly<Record<string, FieldRule>>> = new Map(
  Object.entries<SystemSchemaText>(texts).map(([id, text]) => [id, text.rules ?? {}]),
)

/** The id of a built-in schema. The type knows which there are. */
export const systemSchemaId = (id: SystemSchemaId): SchemaId => id as string as SchemaId

/** The built-in schema of that id, if there is one. */
export const systemSchema = (id: SchemaId | SystemSchemaId): Schema | undefined => schemas.get(id)

/** All built-in schemas. */
export const systemSchemas = (): readonly Schema[] => [...schemas.values()]

/** What a built-in schema's own rules find wrong with fields that have the right kinds (wire.md §4.4), or `undefined`. */
export function findSystemFault(id: SchemaId, fields: Fields): FieldFailure | undefined {
  for (const [field, rule] of Object.entries(rules.get(id) ?? {})) {
    const value = fields[field]
    const expected = value === undefined ? undefined : rule(value)
    if (expected !== undefined) return { code: 'operation/field-invalid', field, expected }
  }
  return undefined
}
