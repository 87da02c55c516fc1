import { cborCursor, failAt, readArray, readEnd } from '../bytes/cbor-reader.ts'
import { cborWriter, writeArray, writeText, writtenBytes } from '../bytes/cbor-writer.ts'
import type { SchemaId } from '../ids.ts'
import { readFields, readSchemaId } from '../operation/decode.ts'
import { writeFields } from '../operation/encode.ts'
import type { FieldFailure } from '../operation/failure.ts'
import type { Fields, PlainFields } from '../operation/operation.ts'
import { type Result, fail, ok } from '../result.ts'
import type { SealedFault } from './failure.ts'

/** What stands inside an envelope. */
export interface Content {
  readonly schemaId: SchemaId
  readonly fields: PlainFields
}

/** CBOR `[schema id, fields]`, written as in an operation; or what is wrong with a field. */
export function encodeContent(schemaId: SchemaId, fields: Fields | PlainFields): Result<Uint8Array, FieldFailure> {
  const writer = cborWriter()
  writeArray(writer, 2)
  writeText(writer, schemaId)
  const fault = writeFields(writer, fields)
  return fault === undefined ? ok(writtenBytes(writer)) : fail(fault)
}

/** Bytes to content, strict as operations are, or `sealed/malformed`. Lists nest twice at most, as nothing in an operation nests deeper. Never throws. */
export function decodeContent(bytes: Uint8Array): Result<Content, SealedFault> {
  const cursor = cborCursor(bytes)
  if (readArray(cursor, 'a schema id and fields as array') !== 2) failAt(cursor, 0, 'an array of 2 items')
  const schemaId = readSchemaId(cursor)
  const { fields, unsorted } = readFields(cursor)
  if (unsorted !== undefined) failAt(cursor, cursor.at, `fields in byte order, each once, not ${unsorted}`)
  readEnd(cursor)
  return cursor.failure === undefined ? ok({ schemaId, fields }) : fail({ ...cursor.failure, code: 'sealed/malformed' })
}
