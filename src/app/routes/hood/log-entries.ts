import { decodeEntry, decodeOperation, type Entry, type PlainOperation, verifyEntry } from '../../../sdk/core.ts'
import type { EntryInfo } from '../../../sdk/index.ts'

/** An entry as it lies in the store, read again from its bytes. */
export interface ReadEntry {
  readonly entry: Entry
  readonly operation: PlainOperation | undefined
  readonly operationBytes: Uint8Array | null
  readonly info: EntryInfo
}

/** Reads stored bytes anew; those that do not read are left out, since the check in *Storage* names them. */
export const readEntries = (infos: readonly EntryInfo[]): readonly ReadEntry[] =>
  infos.flatMap((info) => {
    const entry = decodeEntry(info.bytes)
    if (!entry.ok) return []
    const operation = info.operation === null ? undefined : decodeOperation(info.operation)
    return [
      {
        entry: entry.value,
        operation: operation?.ok === true ? operation.value : undefined,
        operationBytes: info.operation,
        info,
      },
    ]
  })

/** The entries of one log among a document's, by sequence number. */
export const entriesOfLog = (entries: readonly ReadEntry[], publicKey: string, logId: string): readonly ReadEntry[] =>
  entries
    .filter(({ entry }) => entry.publicKey === publicKey && String(entry.logId) === logId)
    .toSorted((a, b) => Number(a.entry.seqNum - b.entry.seqNum))

/** Verifies a signature again, in this thread, and says how long it took in milliseconds. */
export const verifyAgain = (entry: Entry): { readonly isValid: boolean; readonly tookMs: number } => {
  const start = performance.now()
  const isValid = verifyEntry(entry).ok
  return { isValid, tookMs: performance.now() - start }
}
