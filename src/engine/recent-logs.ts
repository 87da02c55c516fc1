import { logName } from '../core/entry/log-name.ts'
import type { DocumentId, Hash, SchemaId } from '../core/ids.ts'
import type { Head } from '../ports/store.ts'
import type { ReadDocument } from './stored-document.ts'

/**
 * What was lately seen of logs and documents, so that a long log does not have to be read again for every batch that goes on with it.
 * Nothing here can be out of date: what a head's hash stands for never changes, nor does the schema of a document.
 */
export interface RecentLogs {
  /** Hash of the entry at this place, if the log is remembered up to this very head. */
  readonly hashAt: (head: Head, seqNum: bigint) => Hash | undefined
  readonly schemaIdOf: (documentId: DocumentId) => SchemaId | undefined
  /** A stored document, read back. */
  readonly learn: (document: ReadDocument, schemaId: SchemaId | undefined) => void
  /** An entry just stored. */
  readonly add: (head: Head, schemaId: SchemaId | undefined) => void
  /** From now on the document is read again: it turned out to be damaged. */
  readonly forget: (documentId: DocumentId) => void
}

/** Hashes remembered, of all logs together: some 20 MB. */
const maxHashes = 100_000
const maxDocuments = 10_000
/** Shorter logs are quickly read. */
const minLogLength = 3n

export function createRecentLogs(): RecentLogs {
  const logs = new Map<string, Hash[]>()
  const schemaIds = new Map<DocumentId, SchemaId>()
  let hashes = 0

  const forgetLog = (name: string): void => {
    hashes -= logs.get(name)?.length ?? 0
    logs.delete(name)
  }
  const keepLog = (name: string, log: Hash[]): void => {
    forgetLog(name)
    logs.set(name, log)
    hashes += log.length
    for (const oldest of logs.keys()) {
      if (hashes <= maxHashes) break
      forgetLog(oldest)
    }
  }
  const keepSchema = (documentId: DocumentId, schemaId: SchemaId | undefined): void => {
    if (!schemaId) return
    schemaIds.set(documentId, schemaId)
    const [oldest] = schemaIds.keys()
    if (schemaIds.size > maxDocuments && oldest) schemaIds.delete(oldest)
  }

  return {
    hashAt: (head, seqNum) => {
      const log = logs.get(logName(head))
      return log?.at(-1) === head.hash && BigInt(log.length) === head.seqNum ? log[Number(seqNum) - 1] : undefined
    },
    schemaIdOf: (documentId) => schemaIds.get(documentId),
    forget: (documentId) => void schemaIds.delete(documentId),
    learn: (document, schemaId) => {
      keepSchema(document.documentId, schemaId)
      const found = new Map<string, Hash[]>()
      for (const { entry } of document.operations) {
        const log = found.get(logName(entry))
        if (log) log.push(entry.hash)
        else found.set(logName(entry), [entry.hash])
      }
      for (const [name, log] of found) if (BigInt(log.length) >= minLogLength) keepLog(name, log)
    },
    add: (head, schemaId) => {
      const log = logs.get(logName(head))
      if (!log || BigInt(log.length) !== head.seqNum - 1n) return
      keepSchema(head.documentId, schemaId)
      log.push(head.hash)
      hashes++
    },
  }
}
