import type { Brand } from './brand.ts'

/** Ed25519 public key, 32 bytes, as 64 lowercase hex characters. */
export type PublicKey = Brand<string, 'PublicKey'>
/** YASMF hash (BLAKE3-256), 34 bytes, as 68 lowercase hex characters starting `0020`. */
export type Hash = Brand<string, 'Hash'>
/** Hash of the entry that carries the operation. */
export type OperationId = Brand<Hash, 'OperationId'>
/** Operation id of the document's CREATE. */
export type DocumentId = Brand<OperationId, 'DocumentId'>
/** Operation ids of a document's tips, sorted, unique, joined by `_`. */
export type DocumentViewId = Brand<string, 'DocumentViewId'>
/** `<name>_v<n>` of a system schema, or `<name>_<hash>[_<hash>…]` of an application schema. */
export type SchemaId = Brand<string, 'SchemaId'>
/** Number of a log of one public key. u64. */
export type LogId = Brand<bigint, 'LogId'>
/** Position of an entry in its log, counted from 1. u64. */
export type SeqNum = Brand<bigint, 'SeqNum'>

/** The bytes of one signed entry (Bamboo), at most 226. */
export type EncodedEntry = Brand<Uint8Array, 'EncodedEntry'>
/** The bytes of one operation (CBOR). */
export type EncodedOperation = Brand<Uint8Array, 'EncodedOperation'>
/** Ed25519 signature, 64 bytes. */
export type Signature = Brand<Uint8Array, 'Signature'>
