import { isWellFormed } from '../bytes/utf8.ts'
import { parseDocumentId, parseDocumentViewId } from '../parse-ids.ts'
import { type Result, fail, ok } from '../result.ts'
import type { Schema } from '../schema/schema.ts'
import { findSystemFault } from '../schema/system/index.ts'
import type { FieldFailure, FieldsFailure } from './failure.ts'
import type { FieldKind, FieldValue, Fields } from './operation.ts'
import { isI64 } from './plain.ts'

/** A field as JavaScript has it: relations are ids, lists arrays of ids, view ids joined by `_`; int is a number where that is exact, a bigint elsewhere. */
export type FieldInput = boolean | number | bigint | string | Uint8Array | readonly string[]

/**
 * JavaScript values to fields of the schema, kinds taken from the schema: `1` becomes a float where the schema says float.
 * `undefined` counts as absent. `partial` (UPDATE) lets any field be absent; otherwise only those a system schema makes optional.
 *
 * @returns the fields (bytes copied), or `operation/field-missing`, `operation/field-unknown`, `operation/field-type`, `operation/field-invalid`.
 */
export function valuesToFields(
  values: Readonly<Record<string, FieldInput | undefined>>,
  schema: Schema,
  { partial }: { readonly partial: boolean },
): Result<Fields, FieldsFailure> {
  const typed: [string, FieldValue][] = []
  for (const { name, kind, isOptional = false } of schema.fields) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) {
      if (partial || isOptional) continue
      return fail({ code: 'operation/field-missing', field: name })
    }
    const field = valueToField(name, value, kind)
    if (!field.ok) return field
    typed.push([name, field.value])
  }
  const names = new Set(schema.fields.map(({ name }) => name))
  const unknown = Object.keys(values).find((name) => !names.has(name))
  if (unknown !== undefined) return fail({ code: 'operation/field-unknown', field: unknown })
  const fields = Object.fromEntries(typed)
  const fault = findSystemFault(schema.id, fields)
  return fault === undefined ? ok(fields) : fail(fault)
}

/** Fields to JavaScript values. The other way round needs the schema. */
export const fieldsToValues = (fields: Fields): Readonly<Record<string, FieldInput>> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldToValue(field)]))

function fieldToValue(field: FieldValue): FieldInput {
  if (field.kind !== 'int') return field.value
  const number = Number(field.value)
  return Number.isSafeInteger(number) ? number : field.value
}

/** One value to a field of this kind. `field` is its name, for the failure. */
export function valueToField(field: string, value: FieldInput, kind: FieldKind): Result<FieldValue, FieldFailure> {
  const wrongType = (): Result<never, FieldFailure> =>
    fail({ code: 'operation/field-type', field, expected: kind, found: typeName(value) })
  const invalid = (expected: string): Result<never, FieldFailure> =>
    fail({ code: 'operation/field-invalid', field, expected })

  switch (kind) {
    case 'bool':
      return typeof value === 'boolean' ? ok({ kind, value }) : wrongType()
    case 'int': {
      if (typeof value !== 'number' && typeof value !== 'bigint') return wrongType()
      if (typeof value === 'number' && !Number.isSafeInteger(value))
        return invalid('a whole number; beyond 2^53 give a bigint')
      const whole = BigInt(value)
      return isI64(whole) ? ok({ kind, value: whole }) : invalid('a whole number of 64 bits')
    }
    case 'float':
      return typeof value === 'number' ? ok({ kind, value }) : wrongType()
    case 'str':
      if (typeof value !== 'string') return wrongType()
      return isWellFormed(value) ? ok({ kind, value }) : invalid('well-formed Unicode')
    case 'bytes':
      return value instanceof Uint8Array ? ok({ kind, value: value.slice() }) : wrongType()
    case 'relation': {
      if (typeof value !== 'string') return wrongType()
      const id = parseDocumentId(value)
      return id.ok ? ok({ kind, value: id.value }) : invalid('a document id')
    }
    case 'relation_list': {
      const ids = isTextList(value) ? parseAll(value, parseDocumentId) : wrongType()
      if (!ids.ok) return ids
      return ids.value === undefined ? invalid('a list of document ids') : ok({ kind, value: ids.value })
    }
    case 'pinned_relation':
    case 'owner': {
      if (typeof value !== 'string') return wrongType()
      const viewId = parseDocumentViewId(value)
      return viewId.ok ? ok({ kind, value: viewId.value }) : invalid('a document view id')
    }
    case 'pinned_relation_list': {
      const viewIds = isTextList(value) ? parseAll(value, parseDocumentViewId) : wrongType()
      if (!viewIds.ok) return viewIds
      return viewIds.value === undefined ? invalid('a list of document view ids') : ok({ kind, value: viewIds.value })
    }
  }
}

const isTextList = (value: FieldInput): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

/** All of them, or nothing when one does not parse. */
function parseAll<T>(
  texts: readonly string[],
  parse: (text: string) => Result<T, unknown>,
): Result<readonly T[] | undefined, never> {
  const all: T[] = []
  for (const text of texts) {
    const parsed = parse(text)
    if (!parsed.ok) return ok(undefined)
    all.push(parsed.value)
  }
  return ok(all)
}

const typeName = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'list' : value instanceof Uint8Array ? 'bytes' : typeof value
