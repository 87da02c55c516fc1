import {
  cborWriter,
  writeArray,
  writeBool,
  writeBytes,
  writeFloat,
  writeInt,
  writeMap,
  writeText,
  writtenBytes,
} from '../bytes/cbor-writer.ts'
import type { CborWriter } from '../bytes/cbor-writer.ts'
import { compareUtf8, isWellFormed } from '../bytes/utf8.ts'
import { hashToBytes } from '../hash/yasmf.ts'
import type { EncodedOperation, OperationId } from '../ids.ts'
import { maxOperationBytes } from '../limits.ts'
import { type Result, fail, ok } from '../result.ts'
import type { EncodeOperationFailure, FieldFailure } from './failure.ts'
import type { FieldValue, Fields, Operation, PlainFields, PlainOperation, PlainValue } from './operation.ts'
import { findWireFault, isViewOrder, toPlainValue } from './plain.ts'

/** Item 0 of every operation. */
export const operationVersion = 1n
/** Item 1, by position. */
export const actions = ['create', 'update', 'delete'] as const

/**
 * Operation to its one encoding: canonical CBOR, `[1, action, schema id, previous?, fields?]` (wire.md §4.1).
 * Does not ask a schema (that is `readOperation`): what the types allow is encoded.
 *
 * @returns the bytes, or `operation/previous-empty`, `operation/previous-unsorted`, `operation/field-invalid` for an integer
 * beyond 64 bits or text that is no Unicode, `payload/too-large`. What comes out, `decodeOperation` accepts.
 */
export function encodeOperation(
  operation: Operation | PlainOperation,
): Result<EncodedOperation, EncodeOperationFailure> {
  const { action } = operation
  const writer = cborWriter()
  writeArray(writer, action === 'update' ? 5 : 4)
  writeInt(writer, operationVersion)
  writeInt(writer, actions.indexOf(action))
  writeText(writer, operation.schemaId)
  if (action !== 'create') {
    const { previous } = operation
    if (previous.length === 0) return fail({ code: 'operation/previous-empty' })
    if (!isViewOrder(previous)) return fail({ code: 'operation/previous-unsorted' })
    writeHashes(writer, previous)
  }
  if (action !== 'delete') {
    const fault = writeFields(writer, operation.fields)
    if (fault !== undefined) return fail(fault)
  }
  if (writer.length > maxOperationBytes)
    return fail({ code: 'payload/too-large', bytes: writer.length, limit: maxOperationBytes })
  return ok(writtenBytes(writer) as EncodedOperation)
}

/** Fields as a map, names in byte order; or what is wrong with one of them. */
export function writeFields(writer: CborWriter, fields: Fields | PlainFields): FieldFailure | undefined {
  const byName: [string, FieldValue | PlainValue][] = Object.entries(fields)
  byName.sort(([a], [b]) => compareUtf8(a, b))
  writeMap(writer, byName.length)
  for (const [field, value] of byName) {
    const plain = 'kind' in value ? toPlainValue(value) : value
    const expected = isWellFormed(field) ? findWireFault(plain) : 'a name in well-formed Unicode'
    if (expected !== undefined) return { code: 'operation/field-invalid', field, expected }
    writeText(writer, field)
    writeValue(writer, plain)
  }
  return undefined
}

function writeValue(writer: CborWriter, plain: PlainValue): void {
  switch (plain.plain) {
    case 'bool':
      return writeBool(writer, plain.value)
    case 'int':
      return writeInt(writer, plain.value)
    case 'float':
      return writeFloat(writer, plain.value)
    case 'str':
      return writeText(writer, plain.value)
    case 'bytes':
      return writeBytes(writer, plain.value)
    case 'hashes':
      return writeHashes(writer, plain.value)
    case 'hash-lists':
      writeArray(writer, plain.value.length)
      for (const hashes of plain.value) writeHashes(writer, hashes)
  }
}

function writeHashes(writer: CborWriter, hashes: readonly OperationId[]): void {
  writeArray(writer, hashes.length)
  for (const hash of hashes) writeBytes(writer, hashToBytes(hash))
}
