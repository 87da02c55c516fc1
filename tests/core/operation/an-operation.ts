import * as fc from 'fast-check'
import { bytesToHex } from '../../../src/core/bytes/hex.ts'
import { isWellFormed } from '../../../src/core/bytes/utf8.ts'
import { documentViewId } from '../../../src/core/document/view-id.ts'
import { hashBytes } from '../../../src/core/hash/yasmf.ts'
import type { DocumentId, DocumentViewId, OperationId, SchemaId } from '../../../src/core/ids.ts'
import type { FieldKind, FieldValue, Operation } from '../../../src/core/operation/operation.ts'
import type { Schema, SchemaField } from '../../../src/core/schema/schema.ts'
import { applicationSchemaId } from '../../../src/core/schema/schema-id.ts'

/** An operation id that is the same for the same number, and otherwise like any hash. */
export const anId = (n: number): OperationId => hashBytes(new TextEncoder().encode(`operation ${n}`)) as OperationId

/** The kinds that p2panda has. */
export const releasedKinds: readonly FieldKind[] = [
  'bool',
  'int',
  'float',
  'str',
  'bytes',
  'relation',
  'relation_list',
  'pinned_relation',
  'pinned_relation_list',
]
export const allKinds: readonly FieldKind[] = [...releasedKinds, 'owner']

const anyId = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => `0020${bytesToHex(bytes)}` as OperationId)
export const anyViewId: fc.Arbitrary<DocumentViewId> = fc
  .uniqueArray(anyId, { minLength: 1, maxLength: 3 })
  .map(documentViewId)
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }).filter(isWellFormed),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
)
const anyI64 = fc.oneof(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.bigInt(-300n, 300n))

export const anyValueOf: { readonly [K in FieldKind]: fc.Arbitrary<FieldValue> } = {
  bool: fc.boolean().map((value) => ({ kind: 'bool', value })),
  int: anyI64.map((value) => ({ kind: 'int', value })),
  float: fc.oneof(fc.double(), fc.float(), fc.integer()).map((value) => ({ kind: 'float', value })),
  str: anyText.map((value) => ({ kind: 'str', value })),
  bytes: fc.uint8Array({ maxLength: 60 }).map((value) => ({ kind: 'bytes', value })),
  relation: anyId.map((value) => ({ kind: 'relation', value: value as DocumentId })),
  owner: anyViewId.map((value) => ({ kind: 'owner', value })),
  relation_list: fc
    .array(anyId as fc.Arbitrary<DocumentId>, { maxLength: 4 })
    .map((value) => ({ kind: 'relation_list', value })),
  pinned_relation: anyViewId.map((value) => ({ kind: 'pinned_relation', value })),
  pinned_relation_list: fc.array(anyViewId, { maxLength: 4 }).map((value) => ({ kind: 'pinned_relation_list', value })),
}

const anyFieldName = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,12}$/)
const anySchemaName = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,12}[A-Za-z0-9]$/)

/** A schema with up to nine fields of these kinds. */
const schemaOf = (allowed: readonly FieldKind[]): fc.Arbitrary<Schema> =>
  fc
    .record({
      name: anySchemaName,
      viewId: anyViewId,
      names: fc.uniqueArray(anyFieldName, { minLength: 1, maxLength: 9 }),
      kinds: fc.array(fc.constantFrom(...allowed), { minLength: 9, maxLength: 9 }),
    })
    .map(({ name, viewId, names, kinds }) => ({
      id: applicationSchemaId(name, viewId),
      name,
      description: '',
      fields: names.toSorted().map((field, i) => ({ name: field, kind: kinds[i] as FieldKind })),
    }))

export const anySchema = schemaOf(allKinds)

type ValueOf = (field: SchemaField) => fc.Arbitrary<FieldValue>

const fieldsOf = (schema: Schema, valueOf: ValueOf): fc.Arbitrary<Readonly<Record<string, FieldValue>>> =>
  fc
    .tuple(...schema.fields.map(valueOf))
    .map((values) => Object.fromEntries(values.map((value, i) => [schema.fields[i]?.name ?? '', value])))

const anyPrevious = fc.uniqueArray(anyId, { minLength: 1, maxLength: 4 }).map((ids) => ids.toSorted())

/** An operation of that schema: all fields in CREATE, some in UPDATE. */
export const operationOf = (
  schema: Schema,
  valueOf: ValueOf = ({ kind }) => anyValueOf[kind],
): fc.Arbitrary<Operation> =>
  fc.oneof(
    fieldsOf(schema, valueOf).map((fields) => ({ action: 'create' as const, schemaId: schema.id, fields })),
    fc.tuple(fieldsOf(schema, valueOf), anyPrevious, fc.nat()).map(([fields, previous, keep]) => ({
      action: 'update' as const,
      schemaId: schema.id,
      previous,
      fields: Object.fromEntries(Object.entries(fields).filter((_, i) => (keep >> i) % 2 === 0)),
    })),
    anyPrevious.map((previous) => ({ action: 'delete' as const, schemaId: schema.id, previous })),
  )

/** An operation of any kind, with its schema. */
export const anyOperation: fc.Arbitrary<{ schema: Schema; operation: Operation }> = anySchema.chain((schema) =>
  operationOf(schema).map((operation) => ({ schema, operation })),
)

/** The same, of the kinds that p2panda has. */
export const anyReleasedOperation: fc.Arbitrary<{ schema: Schema; operation: Operation }> = schemaOf(
  releasedKinds,
).chain((schema) => operationOf(schema).map((operation) => ({ schema, operation })))

/** A schema whose fields have these kinds. */
export const aSchema = (
  fields: Readonly<Record<string, FieldKind>>,
  id: string = applicationSchemaId('venue', anId(0) as string as DocumentViewId),
): Schema => ({
  id: id as SchemaId,
  name: 'venue',
  description: '',
  fields: Object.entries(fields)
    .map(([name, kind]) => ({ name, kind }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
})
