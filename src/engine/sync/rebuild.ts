import type { LogKey } from '../../core/entry/entry.ts'
import { decodeEntry } from '../../core/entry/decode.ts'
import { logName } from '../../core/entry/log-name.ts'
import type { DocumentId, Hash, SeqNum } from '../../core/ids.ts'
import type { Head, Store } from '../../ports/store.ts'
import { type OpenedRanges, rebuildEntries } from '../../sync/log-ranges.ts'
import type { IngestItem } from '../ingest-prepare.ts'

/** What a compact message holds. `unlinked`: ranges that build on an entry which is not here at its place; perhaps a fork. */
export interface Rebuilt {
  readonly items: readonly IngestItem[]
  readonly unlinked: readonly (LogKey & { readonly toSeq: SeqNum })[]
}

type Place = LogKey & { readonly seqNum: SeqNum }
const placeName = (place: Place): string => `${logName(place)}/${place.seqNum}`

/** Makes the entries of a `LogRanges` again, with what is stored of their logs. Verifies nothing. */
export async function rebuildRanges(store: Store, opened: OpenedRanges): Promise<Rebuilt> {
  const { publicKey, links } = opened
  const held = await readHashes(
    store,
    links.map(({ logId, seqNum }) => ({ publicKey, logId, seqNum })),
  )
  const ranges = rebuildEntries(opened, ({ logId, seqNum }) => held.get(placeName({ publicKey, logId, seqNum })))
  return {
    items: ranges.flatMap((range) =>
      range.isLinked ? range.entries.map(({ entry, operation }) => ({ entry: entry.bytes, operation })) : [],
    ),
    unlinked: ranges.flatMap((range) =>
      range.isLinked ? [] : [{ publicKey, logId: range.logId, toSeq: range.seqNums.at(-1)! }],
    ),
  }
}

/** The hashes of stored entries, by place. Mostly they are heads; only further down a document has to be read. */
async function readHashes(store: Store, places: readonly Place[]): Promise<ReadonlyMap<string, Hash>> {
  const hashes = new Map<string, Hash>()
  if (places.length === 0) return hashes
  const heads = await store.heads(places)
  const further = new Map<DocumentId, Head>()
  for (const [at, place] of places.entries()) {
    const head = heads[at]
    if (head?.seqNum === place.seqNum) hashes.set(placeName(place), head.hash)
    else if (head && place.seqNum < head.seqNum) further.set(head.documentId, head)
  }
  for (const document of further.size > 0 ? await store.documents([...further.keys()]) : [])
    for (const { entry } of document && !('code' in document) ? document.items : []) {
      const decoded = decodeEntry(entry)
      if (decoded.ok) hashes.set(placeName(decoded.value), decoded.value.hash)
    }
  return hashes
}
