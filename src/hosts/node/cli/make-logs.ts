import { assert } from '../../../core/assert.ts'
import { lipmaa, needsSkiplink } from '../../../core/entry/lipmaa.ts'
import { publicKeyOf, signEntry } from '../../../core/entry/sign.ts'
import { hashBytes } from '../../../core/hash/yasmf.ts'
import type { EncodedEntry, EncodedOperation, Hash, LogId, OperationId, PublicKey, SeqNum } from '../../../core/ids.ts'

/** A log as it grows. */
interface Log {
  readonly logId: LogId
  /** By sequence number less one. */
  readonly hashes: Hash[]
}

/** Where an entry stands. */
export interface Place {
  readonly author: Author
  readonly log: Log
  readonly seqNum: SeqNum
}

/** A key of a script with its logs: one per document, numbered in the order they are begun (BA4). */
export interface Author {
  readonly seed: Uint8Array
  readonly publicKey: PublicKey
  readonly logs: Map<OperationId, Log>
  nextLog: bigint
}

export const newAuthor = (seed: Uint8Array): Author => ({
  seed,
  publicKey: publicKeyOf(seed),
  logs: new Map(),
  nextLog: 0n,
})

/** The place after the last entry of this author about this document; the first of a new log where there is none. */
export function nextPlace(author: Author, documentId: OperationId | undefined): Place {
  const known = documentId && author.logs.get(documentId)
  const log = known ?? { logId: author.nextLog as LogId, hashes: [] }
  if (!known) author.nextLog += 1n
  if (!known && documentId) author.logs.set(documentId, log)
  return { author, log, seqNum: BigInt(log.hashes.length + 1) as SeqNum }
}

/** Signs an operation for a place, with the links that the log gives it there. Does not add it to the log. */
export function signAt({ author, log, seqNum }: Place, operation: EncodedOperation): EncodedEntry {
  const hashAt = (position: bigint): Hash => {
    const hash = log.hashes[Number(position) - 1]
    assert(hash, `the log holds entry ${position}`)
    return hash
  }
  return signEntry(
    {
      logId: log.logId,
      seqNum,
      isEndOfLog: false,
      ...(seqNum > 1n && { backlink: hashAt(seqNum - 1n) }),
      ...(needsSkiplink(seqNum) && { skiplink: hashAt(lipmaa(seqNum)) }),
      payloadSize: BigInt(operation.length),
      payloadHash: hashBytes(operation),
    },
    author.seed,
  )
}
