import {
  cborCursor,
  failAt,
  readArray,
  readBool,
  readBytes,
  readEnd,
  readFloat,
  readInt,
  readMap,
  readText,
  typeHere,
} from '../bytes/cbor-reader.ts'
import type { CborCursor } from '../bytes/cbor-reader.ts'
import { compareUtf8 } from '../bytes/utf8.ts'
import { bytesToHash } from '../hash/yasmf.ts'
import type { OperationId, SchemaId } from '../ids.ts'
import { maxOperationBytes } from '../limits.ts'
import { type Result, fail, ok } from '../result.ts'
import { parseSchemaId } from '../schema/schema-id.ts'
import { actions, operationVersion } from './encode.ts'
import type { DecodeOperationFailure } from './failure.ts'
import type { PlainFields, PlainOperation, PlainValue } from './operation.ts'
import { isI64, isViewOrder } from './plain.ts'

/**
 * Bytes to operation, without a schema: strict canonical CBOR, so that whatever is accepted re-encodes to the same bytes.
 * Bytes and relations look alike here, as do the lists (wire.md §4.3); `readOperation` tells them apart. Never throws.
 *
 * @returns the operation (with copies, not views, of the bytes in it), or `payload/too-large`, `operation/malformed`,
 * `operation/version-unsupported`, `operation/previous-empty`, `operation/previous-unsorted`, `operation/fields-unsorted`.
 */
export function decodeOperation(bytes: Uint8Array): Result<PlainOperation, DecodeOperationFailure> {
  if (bytes.length > maxOperationBytes)
    return fail({ code: 'payload/too-large', bytes: bytes.length, limit: maxOperationBytes })
  const cursor = cborCursor(bytes)
  const count = readArray(cursor, 'an operation as array')
  const version = readInt(cursor, 'a version')
  if (cursor.failure === undefined && version !== operationVersion)
    return fail({ code: 'operation/version-unsupported', version })
  const action = readAction(cursor)
  if (count !== (action === 'update' ? 5 : 4))
    failAt(cursor, 0, `an array of ${action === 'update' ? 5 : 4} items for ${action}`)
  const schemaId = readSchemaId(cursor)

  const previous = action === 'create' ? [] : readHashes(cursor, '`previous` as array of operation ids')
  const { fields, unsorted } = action === 'delete' ? noFields : readFields(cursor)
  readEnd(cursor)

  if (cursor.failure !== undefined) return fail({ ...cursor.failure, code: 'operation/malformed' })
  if (unsorted !== undefined) return fail({ code: 'operation/fields-unsorted', field: unsorted })
  if (action === 'create') return ok({ action, schemaId, fields })
  if (previous.length === 0) return fail({ code: 'operation/previous-empty' })
  if (!isViewOrder(previous)) return fail({ code: 'operation/previous-unsorted' })
  return ok(action === 'update' ? { action, schemaId, previous, fields } : { action, schemaId, previous })
}

function readAction(cursor: CborCursor): (typeof actions)[number] {
  const at = cursor.at
  const action = actions[Number(readInt(cursor, 'an action'))]
  if (action === undefined) failAt(cursor, at, 'action 0, 1 or 2')
  return action ?? 'create'
}

/** A schema id in its canonical form. */
export function readSchemaId(cursor: CborCursor): SchemaId {
  const at = cursor.at
  const text = readText(cursor, 'a schema id')
  const parsed = parseSchemaId(text)
  if (!parsed.ok) failAt(cursor, at, 'a schema id in its canonical form')
  return parsed.ok ? parsed.value : (text as SchemaId)
}

function readHashes(cursor: CborCursor, expected: string): readonly OperationId[] {
  const hashes: OperationId[] = []
  for (let left = readArray(cursor, expected); left > 0 && cursor.failure === undefined; left--)
    hashes.push(readHash(cursor))
  return hashes
}

function readHash(cursor: CborCursor): OperationId {
  const at = cursor.at
  const hash = bytesToHash(readBytes(cursor, 'a hash'))
  if (!hash.ok) failAt(cursor, at, 'a hash of 34 bytes beginning 00 20')
  return (hash.ok ? hash.value : '') as OperationId
}

/** Fields as they stand in an operation, or inside a sealed one. */
export interface ReadFields {
  readonly fields: PlainFields
  /** The first name that does not come after the one before it. */
  readonly unsorted?: string | undefined
}
const noFields: ReadFields = { fields: {} }

/** Fields as a map. A failure stays in the cursor; names out of order are told apart, since they have a code of their own. */
export function readFields(cursor: CborCursor): ReadFields {
  const pairs: [string, PlainValue][] = []
  let unsorted: string | undefined
  let before: string | undefined
  for (let left = readMap(cursor, 'fields as map'); left > 0 && cursor.failure === undefined; left--) {
    const name = readText(cursor, 'a field name')
    if (before !== undefined && compareUtf8(before, name) >= 0) unsorted ??= name
    before = name
    pairs.push([name, readValue(cursor)])
  }
  // `fromEntries` defines, it does not assign: a field named `__proto__` becomes a field like any other.
  return { fields: Object.fromEntries(pairs), unsorted }
}

function readValue(cursor: CborCursor): PlainValue {
  const at = cursor.at
  switch (typeHere(cursor)) {
    case 'bool':
      return { plain: 'bool', value: readBool(cursor) }
    case 'float':
      return { plain: 'float', value: readFloat(cursor) }
    case 'text':
      return { plain: 'str', value: readText(cursor) }
    case 'bytes':
      return { plain: 'bytes', value: readBytes(cursor).slice() }
    case 'array':
      return readList(cursor)
    case 'int': {
      const value = readInt(cursor)
      if (!isI64(value)) failAt(cursor, at, 'an integer of 64 bits')
      return { plain: 'int', value }
    }
    default:
      failAt(cursor, at, 'a field value')
      return { plain: 'bool', value: false }
  }
}

/** A list of hashes, or of lists of hashes: its first item says which. */
function readList(cursor: CborCursor): PlainValue {
  const count = readArray(cursor)
  if (count === 0 || typeHere(cursor) !== 'array') {
    const value: OperationId[] = []
    for (let left = count; left > 0 && cursor.failure === undefined; left--) value.push(readHash(cursor))
    return { plain: 'hashes', value }
  }
  const value: (readonly OperationId[])[] = []
  for (let left = count; left > 0 && cursor.failure === undefined; left--)
    value.push(readHashes(cursor, 'a list of hashes'))
  return { plain: 'hash-lists', value }
}
