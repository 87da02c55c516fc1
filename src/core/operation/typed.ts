import { type Result, fail, ok } from '../result.ts'
import type { Schema } from '../schema/schema.ts'
import { findSystemFault } from '../schema/system/index.ts'
import type { FieldsFailure, ReadOperationFailure } from './failure.ts'
import type { FieldValue, Fields, Operation, PlainFields, PlainOperation } from './operation.ts'
import { toFieldValue } from './plain.ts'

/**
 * A plain operation to one whose fields are those of the schema: all of them in CREATE (but those a system schema makes optional), any of
 * them in UPDATE (wire.md §4.5). System schemas then add their own rules (§4.4).
 * Does not look whether related documents exist or have the schema the field names.
 *
 * @returns the operation, or `schema/not-matching`, `operation/field-missing`, `operation/field-unknown`, `operation/field-type`,
 * `operation/field-invalid`.
 */
export function readOperation(plain: PlainOperation, schema: Schema): Result<Operation, ReadOperationFailure> {
  if (plain.schemaId !== schema.id)
    return fail({ code: 'schema/not-matching', expected: schema.id, found: plain.schemaId })
  if (plain.action === 'delete') return ok(plain)
  const fields = validateFields(plain.fields, schema, { partial: plain.action === 'update' })
  return fields.ok ? ok({ ...plain, fields: fields.value }) : fields
}

/**
 * Plain fields to the typed fields of the schema (wire.md §4.5). `partial` (UPDATE) lets any field be absent; otherwise only those a system
 * schema makes optional. Does not look whether related documents exist.
 *
 * @returns the fields, or `operation/field-missing`, `operation/field-unknown`, `operation/field-type`, `operation/field-invalid`.
 */
export function validateFields(
  plain: PlainFields,
  schema: Schema,
  { partial }: { readonly partial: boolean },
): Result<Fields, FieldsFailure> {
  const typed: [string, FieldValue][] = []
  for (const { name, kind, isOptional = false } of schema.fields) {
    const value = Object.hasOwn(plain, name) ? plain[name] : undefined
    if (value === undefined) {
      if (partial || isOptional) continue
      return fail({ code: 'operation/field-missing', field: name })
    }
    const read = toFieldValue(name, value, kind)
    if (!read.ok) return read
    typed.push([name, read.value])
  }
  const fields = Object.fromEntries(typed)
  const unknown = Object.keys(plain).find((name) => !Object.hasOwn(fields, name))
  if (unknown !== undefined) return fail({ code: 'operation/field-unknown', field: unknown })
  const fault = findSystemFault(schema.id, fields)
  return fault === undefined ? ok(fields) : fail(fault)
}
