import { bytesToHex } from '../../core/bytes/hex.ts'
import type { DocumentId, Hash, PublicKey } from '../../core/ids.ts'
import type { Random } from '../../ports/random.ts'
import type { Change, PartKey, Store } from '../../ports/store.ts'
import type { StoreId } from '../../sync/messages.ts'
import type { Cursor } from '../../sync/session.ts'
import { findEntries } from './find-entry.ts'
import { type Refusals, noRefusals } from './refusals.ts'

/**
 * What is remembered of peers between connections, in `local` rows:
 *
 *     sync/store-id                              this store's own id, made once with the database
 *     sync/cursor/<transport key>/<part>/<scope> how far the peer's part is here completely, and heads that one of the two refused
 *     sync/ack/<public key>/<part>/<scope>       up to which number of the part a device had everything, but for what, and when that was known
 */
const storeIdKey = 'sync/store-id'
const storeIdBytes = 8
const cursorKey = (peer: PublicKey, { scope, part }: PartKey): string => `sync/cursor/${peer}/${part}/${scope}`
const ackPrefix = 'sync/ack/'
const ackKey = (device: PublicKey, { scope, part }: PartKey): string => `${ackPrefix}${device}/${part}/${scope}`

/** Heads that are remembered as refused, per peer, part and side. Past it they are offered again. */
const maxRefused = 256

/** What is known of a peer's part. */
export interface PeerCursor extends Cursor {
  readonly refusals: Refusals
  /** This side's number up to which the peer had everything when the two last were the same. */
  readonly ownNumber?: number
}

/** A device had everything of a part up to this number of it: that of the fingerprint which both had. */
export interface Ack {
  readonly publicKey: PublicKey
  readonly key: PartKey
  readonly number: number
  /** Documents whose newest entries it does not keep, or some of them. */
  readonly without: readonly DocumentId[]
  /** Milliseconds since the Unix epoch. */
  readonly at: number
}

/** This store's id. Of two tabs that make it at once the first is right. */
export async function readStoreId(store: Store, random: Random): Promise<StoreId> {
  for (;;) {
    const known = await store.local(storeIdKey)
    if (typeof known === 'string') return known as StoreId
    const value = bytesToHex(random.bytes(storeIdBytes))
    await store.commit([{ put: 'local', key: storeIdKey, value }], [{ local: storeIdKey, value: undefined }])
  }
}

/** Rows of before refusals had sides say nothing of them: those heads are offered again, and refused again. */
export const readCursor = async (store: Store, peer: PublicKey, key: PartKey): Promise<PeerCursor> => ({
  storeId: null,
  number: 0,
  refusals: noRefusals,
  ...((await store.local(cursorKey(peer, key))) as Partial<PeerCursor> | undefined),
})

export const putCursor = (
  peer: PublicKey,
  key: PartKey,
  { storeId, number, refusals, ownNumber }: PeerCursor,
): Change => ({
  put: 'local',
  key: cursorKey(peer, key),
  value: {
    storeId,
    number,
    ...(ownNumber !== undefined && { ownNumber }),
    refusals: { here: refusals.here.slice(-maxRefused), there: refusals.there.slice(-maxRefused) },
  },
})

export const putAck = ({ publicKey, key, number, without, at }: Ack): Change => ({
  put: 'local',
  key: ackKey(publicKey, key),
  value: { number, without, at },
})

/** Documents of heads that the other does not keep; not those whose logs went on since. */
export async function documentsLacking(
  store: Store,
  key: PartKey,
  refused: ReadonlySet<Hash>,
): Promise<readonly DocumentId[]> {
  const places = await findEntries(store, key, [...refused])
  const heads = places.length > 0 ? await store.heads(places) : []
  return [...new Set(heads.flatMap((head) => (head && refused.has(head.hash) ? [head.documentId] : [])))]
}

/** All that is known of who had what. */
export async function readAcks(store: Store): Promise<readonly Ack[]> {
  const rows = await store.localWith(ackPrefix)
  return rows.map(([key, value]) => {
    const [publicKey, part, ...scope] = key.slice(ackPrefix.length).split('/')
    const { number, without, at } = value as Pick<Ack, 'number' | 'without' | 'at'>
    const name = scope.join('/') as PartKey['scope']
    return { publicKey: publicKey as PublicKey, key: { scope: name, part: part === '0' ? 0 : 1 }, number, without, at }
  })
}
