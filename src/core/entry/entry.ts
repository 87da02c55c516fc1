import type { EncodedEntry, Hash, LogId, PublicKey, SeqNum, Signature } from '../ids.ts'

/** What one log is: a public key and a number. */
export interface LogKey {
  readonly publicKey: PublicKey
  readonly logId: LogId
}

/**
 * A Bamboo entry, well-formed, with links set as its sequence number asks (wire.md §2).
 * Nobody has looked at the signature, the log or the payload yet.
 */
export interface Entry extends LogKey {
  readonly seqNum: SeqNum
  /** Tag 1: nothing may follow in this log. */
  readonly isEndOfLog: boolean
  /** Hash of the entry at lipmaa(seqNum); only where that is not the backlink too. */
  readonly skiplink?: Hash
  /** Hash of the entry before; absent at sequence number 1. */
  readonly backlink?: Hash
  /** Bytes of the operation. u64. */
  readonly payloadSize: bigint
  readonly payloadHash: Hash
  readonly signature: Signature
  /** YASMF hash over all bytes: the operation id. */
  readonly hash: Hash
  readonly bytes: EncodedEntry
}
