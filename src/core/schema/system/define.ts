import { assert } from '../../assert.ts'
import { isHex } from '../../bytes/hex.ts'
import type { SchemaId } from '../../ids.ts'
import type { FieldKind, FieldValue } from '../../operation/operation.ts'
import { parseFieldType } from '../field-type.ts'
import type { Schema, SchemaField } from '../schema.ts'

/** What a value of one field must be beyond its kind. Answers what was expected, or `undefined` when all is well. */
export type FieldRule = (value: FieldValue) => string | undefined

/**
 * Who may create and change a sealed document, as far as those with the key judge (decisions.md 16): whoever may in the group at all; only its
 * creator's; who may authorise; who may delete.
 */
export type InnerRule = 'open' | 'own' | 'keeper' | 'moderator'

/** A system schema as its file states it. */
export interface SystemSchemaText {
  readonly description: string
  /** Field types by name, written as in schemas.md: `name?` may be absent in CREATE; a relation without parentheses leads anywhere. */
  readonly fields: Readonly<Record<string, string>>
  /** Fields that CREATE alone sets: an UPDATE may name them, without effect. Owners are so without being named here. */
  readonly fixed?: readonly string[]
  readonly rules?: Readonly<Record<string, FieldRule>>
  /** Of documents inside sealed ones; `open` where nothing is said. */
  readonly rule?: InnerRule
}

/** The schema that `<name>_v<n>` and its text make. */
export function defineSystemSchema(id: string, { description, fields }: SystemSchemaText): Schema {
  return {
    id: id as SchemaId,
    name: id.replace(/_v\d+$/, ''),
    description,
    fields: Object.entries(fields)
      .map(([name, type]) => defineField(name, type))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

function defineField(notation: string, typeText: string): SchemaField {
  const isOptional = notation.endsWith('?')
  const name = isOptional ? notation.slice(0, -1) : notation
  if (typeText === 'relation' || typeText === 'relation_list') return withOption(name, { kind: typeText }, isOptional)
  const type = parseFieldType(typeText)
  assert(type.ok, `${typeText} is a field type`)
  return withOption(name, type.value, isOptional)
}

const withOption = (name: string, type: { kind: FieldKind; schemaId?: SchemaId }, isOptional: boolean): SchemaField =>
  isOptional ? { name, ...type, isOptional } : { name, ...type }

/** Text that matches. */
export const matches =
  (pattern: RegExp, expected: string): FieldRule =>
  (field) =>
    field.kind === 'str' && !pattern.test(field.value) ? expected : undefined

/** Text of at most that many Unicode scalar values. */
export const atMostCharacters =
  (limit: number): FieldRule =>
  (field) =>
    field.kind === 'str' && Array.from(field.value).length > limit ? `at most ${limit} characters` : undefined

/** Bytes, at most that many. */
export const atMostBytes =
  (limit: number): FieldRule =>
  (field) =>
    field.kind === 'bytes' && field.value.length > limit ? `at most ${limit} bytes` : undefined

/** Bytes, exactly that many. */
export const exactlyBytes =
  (count: number): FieldRule =>
  (field) =>
    field.kind === 'bytes' && field.value.length !== count ? `${count} bytes` : undefined

/** Lowercase hex of that many bytes. */
export const hexOfBytes =
  (count: number): FieldRule =>
  (field) =>
    field.kind === 'str' && !isHex(field.value, count) ? `${count} bytes in lowercase hex` : undefined

/** One of these texts. */
export const oneOf =
  (...texts: readonly string[]): FieldRule =>
  (field) =>
    field.kind === 'str' && !texts.includes(field.value) ? `one of ${texts.join(', ')}` : undefined

/** A whole number from `least` on. */
export const atLeast =
  (least: bigint): FieldRule =>
  (field) =>
    field.kind === 'int' && field.value < least ? `at least ${least}` : undefined

/** A whole number from `least` to `most`. */
export const between =
  (least: bigint, most: bigint): FieldRule =>
  (field) =>
    field.kind === 'int' && (field.value < least || field.value > most) ? `${least} to ${most}` : undefined

/** True, where it is said at all. */
export const isTrue: FieldRule = (field) =>
  field.kind === 'bool' && !field.value ? 'true, or no such field' : undefined

/** Text that is not empty. */
export const notEmptyText: FieldRule = (field) =>
  field.kind === 'str' && field.value === '' ? 'at least one character' : undefined

/** A view of one operation. */
export const oneOperation: FieldRule = (field) =>
  field.kind === 'pinned_relation' && field.value.includes('_') ? 'one operation id' : undefined

/** Ids in order, each once. */
export const sortedIds: FieldRule = (field) =>
  field.kind === 'relation_list' && field.value.some((id, i, ids) => i > 0 && id <= (ids[i - 1] as string))
    ? 'sorted ids, each once'
    : undefined

/** Both rules; the first that finds something speaks. */
export const both =
  (first: FieldRule, second: FieldRule): FieldRule =>
  (field) =>
    first(field) ?? second(field)

/** A list of at most that many items. */
export const atMostItems =
  (limit: number): FieldRule =>
  (field) =>
    Array.isArray(field.value) && field.value.length > limit ? `at most ${limit} items` : undefined

/** A list with something in it. */
export const notEmpty: FieldRule = (field) =>
  Array.isArray(field.value) && field.value.length === 0 ? 'at least one item' : undefined
