import { compareUtf8, isWellFormed } from '../bytes/utf8.ts'
import { viewIdParts } from '../document/view-id.ts'
import { bytesToHash, hashToBytes } from '../hash/yasmf.ts'
import type { DocumentId, DocumentViewId, OperationId } from '../ids.ts'
import { type Result, fail, ok } from '../result.ts'
import type { FieldFailure } from './failure.ts'
import type { FieldKind, FieldValue, Fields, Operation, PlainFields, PlainOperation, PlainValue } from './operation.ts'

/** The integers of an operation: 64 bits, signed (wire.md §4.1). */
export const isI64 = (value: bigint): boolean => BigInt.asIntN(64, value) === value

/** Whether the ids are sorted, each once, and at least one: what a document view id asks. */
export const isViewOrder = (ids: readonly OperationId[]): boolean =>
  ids.length > 0 && ids.every((id, i) => i === 0 || id > (ids[i - 1] as OperationId))

/** What a value is on the wire, where relations and lists have lost their names. */
export function toPlainValue(field: FieldValue): PlainValue {
  switch (field.kind) {
    case 'bool':
      return { plain: 'bool', value: field.value }
    case 'int':
      return { plain: 'int', value: field.value }
    case 'float':
      return { plain: 'float', value: field.value }
    case 'str':
      return { plain: 'str', value: field.value }
    case 'bytes':
      return { plain: 'bytes', value: field.value }
    case 'relation':
      return { plain: 'bytes', value: hashToBytes(field.value) }
    case 'relation_list':
      return { plain: 'hashes', value: field.value }
    case 'pinned_relation':
    case 'owner':
      return { plain: 'hashes', value: viewIdParts(field.value) }
    case 'pinned_relation_list':
      // Without items there is nothing to tell the kinds of lists by.
      return field.value.length === 0
        ? { plain: 'hashes', value: [] }
        : { plain: 'hash-lists', value: field.value.map(viewIdParts) }
  }
}

/** What `decodeOperation` gives for the bytes of an operation, without them: fields by name as plain values. */
export function toPlainOperation(operation: Operation): PlainOperation {
  if (operation.action === 'delete') return operation
  return { ...operation, fields: toPlainFields(operation.fields) }
}

const toPlainFields = (fields: Fields): PlainFields =>
  Object.fromEntries(
    Object.entries(fields)
      .sort(([a], [b]) => compareUtf8(a, b))
      .map(([name, field]) => [name, toPlainValue(field)]),
  )

/** The value that these bytes are in a field of this kind; `operation/field-type` or `operation/field-invalid` where they are none. */
export function toFieldValue(field: string, plain: PlainValue, kind: FieldKind): Result<FieldValue, FieldFailure> {
  const wrongType = (): Result<never, FieldFailure> =>
    fail({ code: 'operation/field-type', field, expected: kind, found: plain.plain })
  const invalid = (expected: string): Result<never, FieldFailure> =>
    fail({ code: 'operation/field-invalid', field, expected })

  switch (kind) {
    case 'bool':
      return plain.plain === 'bool' ? ok({ kind, value: plain.value }) : wrongType()
    case 'int':
      return plain.plain === 'int' ? ok({ kind, value: plain.value }) : wrongType()
    case 'float':
      return plain.plain === 'float' ? ok({ kind, value: plain.value }) : wrongType()
    case 'str':
      return plain.plain === 'str' ? ok({ kind, value: plain.value }) : wrongType()
    case 'bytes':
      return plain.plain === 'bytes' ? ok({ kind, value: plain.value }) : wrongType()
    case 'relation': {
      if (plain.plain !== 'bytes') return wrongType()
      const hash = bytesToHash(plain.value)
      return hash.ok ? ok({ kind, value: hash.value as DocumentId }) : invalid('a document id')
    }
    case 'relation_list':
      return plain.plain === 'hashes' ? ok({ kind, value: plain.value as readonly DocumentId[] }) : wrongType()
    case 'pinned_relation':
    case 'owner':
      if (plain.plain !== 'hashes') return wrongType()
      return isViewOrder(plain.value) ? ok({ kind, value: joinIds(plain.value) }) : invalid(viewOrder)
    case 'pinned_relation_list': {
      // An empty list has no items to tell its kind by; a list of hashes that has some is something else.
      const lists = plain.plain === 'hash-lists' ? plain.value : isEmptyList(plain) ? [] : undefined
      if (lists === undefined) return wrongType()
      return lists.every(isViewOrder) ? ok({ kind, value: lists.map(joinIds) }) : invalid(viewOrder)
    }
  }
}

/** What is wrong with a value that its type alone allows, or `undefined`. */
export function findWireFault(plain: PlainValue): string | undefined {
  if (plain.plain === 'int' && !isI64(plain.value)) return 'an integer of 64 bits'
  if (plain.plain === 'str' && !isWellFormed(plain.value)) return 'well-formed Unicode'
  return undefined
}

const viewOrder = 'operation ids, sorted, each once, at least one'
const isEmptyList = (plain: PlainValue): boolean => plain.plain === 'hashes' && plain.value.length === 0
/** Of ids already in the order of a view id. */
const joinIds = (ids: readonly OperationId[]): DocumentViewId => ids.join('_') as DocumentViewId
