import { decodeEntry } from '../../core/entry/decode.ts'
import type { LogKey } from '../../core/entry/entry.ts'
import type { Hash, OperationId, SeqNum } from '../../core/ids.ts'
import type { PartKey, Store } from '../../ports/store.ts'
import { documentsInPart } from './parts.ts'

/** Where the entries with these hashes lie, those that are in this part. */
export async function findEntries(
  store: Store,
  key: PartKey,
  ids: readonly Hash[],
): Promise<readonly (LogKey & { readonly seqNum: SeqNum; readonly hash: Hash })[]> {
  const holders = ids.length > 0 ? await store.documentsOf(ids as readonly OperationId[]) : []
  const inside = [...(await documentsInPart(store, key, holders))]
  const wanted = new Set<string>(ids)
  const documents = inside.length > 0 ? await store.documents(inside) : []
  return documents.flatMap((document) =>
    document && !('code' in document)
      ? document.items.flatMap(({ entry }) => {
          const decoded = decodeEntry(entry)
          if (!decoded.ok || !wanted.has(decoded.value.hash)) return []
          const { publicKey, logId, seqNum, hash } = decoded.value
          return [{ publicKey, logId, seqNum, hash }]
        })
      : [],
  )
}
