/**
 * The protocol itself, for tool writers: codecs and rules as plain functions, synchronous, without I/O. What data can be wrong about
 * comes back as a `Result` with a failure code; nothing here throws for input.
 *
 *   bytes ── decodeEntry ──▶ Entry ── verifyEntry, verifyLinks, verifyPayload ──▶ trusted
 *   bytes ── decodeOperation ──▶ PlainOperation ── readOperation(schema) ──▶ Operation ── reduceDocument ──▶ document
 */
export type { Result } from '../core/result.ts'
export type {
  DocumentId,
  DocumentViewId,
  EncodedEntry,
  EncodedOperation,
  Hash,
  LogId,
  OperationId,
  PublicKey,
  SchemaId,
  SeqNum,
  Signature,
} from '../core/ids.ts'
export {
  parseDocumentId,
  parseDocumentViewId,
  parseLogId,
  parseOperationId,
  parsePublicKey,
  parseSeqNum,
  toLogId,
  toSeqNum,
} from '../core/parse-ids.ts'

export { bytesToHex, hexToBytes, isHex } from '../core/bytes/hex.ts'
export { decodeVarU64, encodeVarU64 } from '../core/bytes/varu64.ts'
export { blake3 } from '../core/hash/blake3.ts'
export { bytesToHash, hashBytes, hashToBytes, parseHash } from '../core/hash/yasmf.ts'

export type { Entry, LogKey } from '../core/entry/entry.ts'
export { certificatePool, linkPath, lipmaa, needsSkiplink } from '../core/entry/lipmaa.ts'
export { encodeEntry, encodeUnsignedEntry, sealEntry, type UnsignedEntry } from '../core/entry/encode.ts'
export { decodeEntry, decodeUnsignedEntry } from '../core/entry/decode.ts'
export { publicKeyOf, signEntry } from '../core/entry/sign.ts'
export { verifySignature } from '../core/entry/signature.ts'
export {
  signedPart,
  verifyEntry,
  verifyLinks,
  verifyPayload,
  type LinkTargets,
  type VerifiedEntry,
} from '../core/entry/verify.ts'
export { verifySubset } from '../core/entry/subset.ts'
export { forkProof, isForkProof, type ForkProof } from '../core/entry/fork.ts'

export type {
  FieldKind,
  Fields,
  FieldValue,
  Operation,
  PlainFields,
  PlainOperation,
  PlainValue,
} from '../core/operation/operation.ts'
export { encodeOperation } from '../core/operation/encode.ts'
export { decodeOperation } from '../core/operation/decode.ts'
export { readOperation, validateFields } from '../core/operation/typed.ts'
export { fieldsToValues, valuesToFields } from '../core/operation/values.ts'

export type { FieldType, Schema, SchemaField } from '../core/schema/schema.ts'
export { applicationSchemaId, parseSchemaId, schemaIdParts } from '../core/schema/schema-id.ts'
export { formatFieldType, parseFieldType } from '../core/schema/field-type.ts'
export { buildSchema } from '../core/schema/build.ts'
export { systemSchema, systemSchemas } from '../core/schema/system/index.ts'

export { sortOperations } from '../core/document/graph.ts'
export { documentViewId, viewIdParts } from '../core/document/view-id.ts'
export { reduceDocument, type DocumentOperation, type ReducedDocument } from '../core/document/reduce.ts'

export {
  createAuthority,
  type AdoptedBranch,
  type Authority,
  type GroupSummary,
  type Level,
} from '../core/authority/authority.ts'
export {
  roleFlags,
  roles,
  type ControlEntry,
  type ControlOperation,
  type Flag,
  type Flags,
  type GrantRange,
  type Permission,
  type Place,
  type Role,
  type Row,
  type Subject,
} from '../core/authority/entry.ts'
export type { Ground, Verdict } from '../core/authority/covers.ts'
export type { Listing } from '../core/authority/listing.ts'
export { roleOf, type MemberPlace } from '../core/authority/places.ts'
export type { OpenRequest } from '../core/authority/requests.ts'
export type { NamedPlace } from '../core/authority/rows.ts'

export { bundleHeader, encodeBundleItem, readBundle } from '../core/bundle/bundle.ts'
