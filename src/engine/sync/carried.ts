import { decodeEntry } from '../../core/entry/decode.ts'
import type { DocumentId } from '../../core/ids.ts'
import type { Store } from '../../ports/store.ts'
import { type CarriedEntry, packEntries } from '../../sync/log-ranges.ts'
import type { EntryMessage, LogRanges, SessionId } from '../../sync/messages.ts'

/** A stored entry on its way to a peer. */
export type Carried = CarriedEntry & { readonly arrival: number }

/** The entries of documents, in order of arrival. What cannot be read is left out. */
export async function readCarried(
  store: Store,
  documentIds: Iterable<DocumentId>,
): Promise<ReadonlyMap<DocumentId, readonly Carried[]>> {
  const read = new Map<DocumentId, readonly Carried[]>()
  for (const document of await store.documents([...new Set(documentIds)]))
    if (document && !('code' in document))
      read.set(
        document.documentId,
        document.items.flatMap(({ entry, operation, arrival }) => {
          const decoded = decodeEntry(entry)
          return decoded.ok ? [{ entry: decoded.value, operation, arrival }] : []
        }),
      )
  return read
}

/** Entries as they travel: many in one message, or each in one of its own. */
export const messagesOf = (
  session: SessionId,
  carried: readonly CarriedEntry[],
  isCompact: boolean,
): readonly (EntryMessage | LogRanges)[] =>
  isCompact
    ? packEntries(session, carried)
    : carried.map(({ entry, operation }) => ({ type: 'Entry', session, entry: entry.bytes, operation }))
