import { decodeEntry } from '../../core/entry/decode.ts'
import type { LogKey } from '../../core/entry/entry.ts'
import type { OperationId, SeqNum } from '../../core/ids.ts'
import type { Store } from '../../ports/store.ts'

/** Where the entries with these hashes lie, those that are stored here. */
export async function findEntries(
  store: Store,
  ids: readonly OperationId[],
): Promise<readonly (LogKey & { readonly seqNum: SeqNum })[]> {
  const documentIds = ids.length > 0 ? await store.documentsOf(ids) : []
  const wanted = new Set<string>(ids)
  const unique = [...new Set(documentIds.filter((id) => id !== undefined))]
  const documents = unique.length > 0 ? await store.documents(unique) : []
  return documents.flatMap((document) =>
    document && !('code' in document)
      ? document.items.flatMap(({ entry }) => {
          const decoded = decodeEntry(entry)
          if (!decoded.ok || !wanted.has(decoded.value.hash)) return []
          const { publicKey, logId, seqNum } = decoded.value
          return [{ publicKey, logId, seqNum }]
        })
      : [],
  )
}
