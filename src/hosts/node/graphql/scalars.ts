import { randomBytes } from 'node:crypto'
import { GraphQLScalarType, Kind, type ValueNode } from 'graphql'
import { bytesToHex, hexToBytes } from '../../../core/bytes/hex.ts'
import {
  parseDocumentId,
  parseDocumentViewId,
  parseLogId,
  parseOperationId,
  parsePublicKey,
  parseSeqNum,
} from '../../../core/parse-ids.ts'
import { decodeBase58 } from './base58.ts'

/**
 * Stands where a value could not be read. Scalars do not know which argument they are read for, and what is said about it (wire.md §6, errors)
 * names the argument; so they read everything, and `readArgs` complains.
 */
export class Unreadable {
  readonly type: string
  constructor(type: string) {
    this.type = type
  }
}

const scalar = (
  name: string,
  description: string,
  read: (value: unknown) => unknown,
  write: (value: unknown) => unknown = String,
): GraphQLScalarType => {
  const readOrNot = (value: unknown): unknown => read(value) ?? new Unreadable(name)
  const readLiteral = (node: ValueNode): unknown =>
    node.kind === Kind.STRING ? readOrNot(node.value) : new Unreadable(name)
  return new GraphQLScalarType({
    name,
    description,
    serialize: write,
    parseValue: readOrNot,
    parseLiteral: readLiteral,
  })
}

/** A scalar that is text of one form. */
const textScalar = (
  name: string,
  description: string,
  parse: (text: string) => { readonly ok: boolean },
): GraphQLScalarType =>
  scalar(name, description, (value) => (typeof value === 'string' && parse(value).ok ? value : undefined))

const isHexText = (value: unknown): value is string =>
  typeof value === 'string' && value.length % 2 === 0 && /^[0-9a-f]*$/.test(value)
const readHex = (value: unknown): unknown => (isHexText(value) ? hexToBytes(value) : undefined)
const writeHex = (value: unknown): unknown => (value instanceof Uint8Array ? bytesToHex(value) : value)

export const LogId = textScalar('LogId', 'A log id, in decimal digits.', parseLogId)
export const SeqNum = textScalar('SeqNum', 'A sequence number, in decimal digits.', parseSeqNum)
export const PublicKey = textScalar('PublicKey', 'An Ed25519 public key: 64 hex digits.', parsePublicKey)
export const DocumentId = textScalar('DocumentId', 'The id of a document: 68 hex digits.', parseDocumentId)
export const DocumentViewId = textScalar(
  'DocumentViewId',
  'A state of a document: the ids of its last operations, sorted and joined by `_`.',
  parseDocumentViewId,
)
export const EntryHash = textScalar('EntryHash', 'The hash of an entry: 68 hex digits.', parseOperationId)
export const EncodedEntry = scalar('EncodedEntry', 'A signed Bamboo entry, as hex.', readHex, writeHex)
export const EncodedOperation = scalar('EncodedOperation', 'An operation in CBOR, as hex.', readHex, writeHex)
export const HexBytes = scalar('HexBytes', 'Bytes, as hex.', readHex, writeHex)
export const Cursor = scalar('Cursor', 'Where a page can go on. Only to be handed back.', (value) =>
  typeof value === 'string' ? decodeBase58(value) : undefined,
)

/**
 * Marks integers that a number of JavaScript would round, in the text of an answer. Nobody outside can write it: it is made anew in each process.
 */
const mark = `int-${randomBytes(16).toString('hex')}:`
const marked = new RegExp(`"${mark}(-?\\d+)"`, 'g')

/** The text of an answer with its large integers as the JSON numbers they are. */
export const restoreIntegers = (json: string): string => json.replace(marked, '$1')

const [lowest, highest] = [-(2n ** 63n), 2n ** 63n - 1n]
const inRange = (value: bigint): number | bigint | undefined =>
  value < lowest || value > highest ? undefined : Number.isSafeInteger(Number(value)) ? Number(value) : value

/** GraphQL's `Int`, with 64 bits as aquadoggo has it: JSON numbers beyond 2^53, which clients in JavaScript round. */
export const Int = new GraphQLScalarType({
  name: 'Int',
  description: 'A whole number of 64 bits.',
  serialize: (value) =>
    typeof value === 'bigint' && !Number.isSafeInteger(Number(value)) ? `${mark}${value}` : Number(value),
  // A number beyond 2^53 was rounded on its way: better no answer than that of another question.
  parseValue: (value) => (Number.isSafeInteger(value) ? value : new Unreadable('Int')),
  parseLiteral: (node) =>
    (node.kind === Kind.INT && node.value.length <= 20 ? inRange(BigInt(node.value)) : undefined) ??
    new Unreadable('Int'),
})
