import { decodeEntry } from '../../core/entry/decode.ts'
import type { DocumentId, PublicKey } from '../../core/ids.ts'
import type { Store, StoredItem } from '../../ports/store.ts'
import type { DocumentStatus, SharedScope } from './api.ts'
import { type Ack, readAcks } from './peer-memory.ts'
import { changedSince, isSamePart } from './parts.ts'
import type { PeerRecord } from './peer-registry.ts'
import { type SharedScopes, partOf } from './shared-scopes.ts'

/** The newest moment per device. */
const newest = (
  acks: readonly Pick<Ack, 'publicKey' | 'at'>[],
): readonly { readonly publicKey: PublicKey; readonly at: number }[] => {
  const byKey = new Map<PublicKey, number>()
  for (const { publicKey, at } of acks) byKey.set(publicKey, Math.max(at, byKey.get(publicKey) ?? 0))
  return [...byKey].map(([publicKey, at]) => ({ publicKey, at }))
}

/** Who signed an entry that came from a peer. */
function signerOf({ entry, origin }: StoredItem): PublicKey | undefined {
  const decoded = origin === 'peer' ? decodeEntry(entry) : undefined
  return decoded?.ok ? decoded.value.publicKey : undefined
}

/**
 * Whom documents are with: who signed their newest entry elsewhere, and devices that had everything of one of their parts since these
 * documents, or the newest of them, came into it.
 */
export async function documentStatuses(
  store: Store,
  documentIds: readonly DocumentId[],
): Promise<readonly DocumentStatus[]> {
  if (documentIds.length === 0) return []
  const memberships = await store.partsOf(documentIds)
  const isAskedFor = ({ key }: Ack): boolean => memberships.some((parts) => parts.some((one) => isSamePart(one, key)))
  const acks = await Promise.all(
    (await readAcks(store))
      .filter(isAskedFor)
      .map(async (ack) => ({ ack, changed: await changedSince(store, ack.key, ack.number) })),
  )
  const documents = await store.documents(documentIds)
  return documentIds.map((documentId, at): DocumentStatus => {
    const document = documents[at]
    const stored = document && !('code' in document) ? document : undefined
    const parts = memberships[at] ?? []
    const having = acks.flatMap(({ ack, changed }) =>
      !changed.has(documentId) && !ack.without.includes(documentId) && parts.some((key) => isSamePart(key, ack.key))
        ? [ack]
        : [],
    )
    const last = stored?.items.at(-1)
    const signer = last && signerOf(last)
    const known = signer && last ? [...having, { publicKey: signer, at: last.receivedAt }] : having
    return { documentId, isShared: parts.length > 0 && stored?.mark === 'shared', with: newest(known) }
  })
}

/** What is shared, with whom just now, and whom it was met with. */
export async function sharedScopes(
  store: Store,
  scopes: SharedScopes,
  records: readonly PeerRecord[],
): Promise<readonly SharedScope[]> {
  const acks = await readAcks(store)
  const shared: SharedScope[] = []
  for (const scope of await scopes.all()) {
    const key = partOf(scope)
    const { count } = await store.part(key)
    const peers = records.flatMap(({ id, info, sessions }) =>
      [...sessions.values()].flatMap(({ about, state }) =>
        about.scope === scope.name && state !== 'ended' && info.publicKey
          ? [{ peer: id, publicKey: info.publicKey, state }]
          : [],
      ),
    )
    const met = newest(acks.filter((ack) => isSamePart(ack.key, key) && ack.without.length === 0))
    shared.push({ scope: scope.name, schemaId: scope.schemaId, logs: count, peers, met })
  }
  return shared
}
