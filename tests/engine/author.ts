import { encodeOperation } from '../../src/core/operation/encode.ts'
import type { PlainFields, PlainOperation } from '../../src/core/operation/operation.ts'
import { decodeEntry } from '../../src/core/entry/decode.ts'
import type { Entry } from '../../src/core/entry/entry.ts'
import { lipmaa, needsSkiplink } from '../../src/core/entry/lipmaa.ts'
import { publicKeyOf, signEntry } from '../../src/core/entry/sign.ts'
import { hashBytes } from '../../src/core/hash/yasmf.ts'
import type { OperationId, PublicKey, SchemaId } from '../../src/core/ids.ts'
import type { IngestItem } from '../../src/engine/ingest-prepare.ts'

/** Somebody who writes entries by hand, so that a test can send them in any order, and wrong ones too. */
export interface Written {
  readonly id: OperationId
  readonly entry: Entry
  readonly item: IngestItem
}

export interface Author {
  readonly publicKey: PublicKey
  /** The next entry of this log. `at` signs at another place, as a forger or a broken client would. */
  readonly write: (
    log: readonly Written[],
    operation: PlainOperation,
    at?: { readonly logId?: bigint; readonly isEndOfLog?: boolean; readonly backlink?: OperationId },
  ) => Written
  /** A new log with its CREATE. Log ids go up by themselves. */
  readonly create: (fields: PlainFields, schemaId?: SchemaId) => Written
}

/** A built-in schema with two short texts: all that most tests need. */
export const plainSchema = 'schema_field_definition_v1' as SchemaId
export const text = (value: string): PlainFields[string] => ({ plain: 'str', value })
export const named = (name: string): PlainFields => ({ name: text(name), type: text('str') })

export const anAuthor = (seedByte: number): Author => {
  const seed = new Uint8Array(32).fill(seedByte)
  const publicKey = publicKeyOf(seed)
  let nextLogId = 0n
  const write: Author['write'] = (log, operation, at = {}) => {
    const encoded = encodeOperation(operation)
    if (!encoded.ok) throw new Error(encoded.error.code)
    const seqNum = BigInt(log.length + 1)
    const logId = at.logId ?? log[0]?.entry.logId ?? nextLogId++
    const bytes = signEntry(
      {
        logId,
        seqNum,
        isEndOfLog: at.isEndOfLog,
        backlink: at.backlink ?? log.at(-1)?.id,
        skiplink: needsSkiplink(seqNum) ? log[Number(lipmaa(seqNum)) - 1]?.id : undefined,
        payloadSize: BigInt(encoded.value.length),
        payloadHash: hashBytes(encoded.value),
      },
      seed,
    )
    const entry = decodeEntry(bytes)
    if (!entry.ok) throw new Error(entry.error.code)
    return { id: entry.value.hash as OperationId, entry: entry.value, item: { entry: bytes, operation: encoded.value } }
  }
  return {
    publicKey,
    write,
    create: (fields, schemaId = plainSchema) => write([], { action: 'create', schemaId, fields }),
  }
}

export const update = (previous: readonly Written[], name: string, schemaId = plainSchema): PlainOperation => ({
  action: 'update',
  schemaId,
  previous: previous.map(({ id }) => id).sort(),
  fields: { name: text(name) },
})
export const remove = (previous: readonly Written[]): PlainOperation => ({
  action: 'delete',
  schemaId: plainSchema,
  previous: previous.map(({ id }) => id).sort(),
})

/** Somebody's schema of one text field, and its definition as entries. */
export const aSchema = (author: Author): { readonly id: SchemaId; readonly written: readonly Written[] } => {
  const field = author.create(named('title'))
  const definition = author.create(
    { name: text('thing'), description: text(''), fields: { plain: 'hash-lists', value: [[field.id]] } },
    'schema_definition_v1' as SchemaId,
  )
  return { id: `thing_${definition.id}` as SchemaId, written: [field, definition] }
}
