import { decodeEntry } from '../core/entry/decode.ts'
import type { Hash, PublicKey } from '../core/ids.ts'
import { maxWaitingBytes, maxWaitingEntries } from '../core/limits.ts'
import type { Clock } from '../ports/clock.ts'
import type { Pending, Store } from '../ports/store.ts'

/**
 * Entries that wait for something missing may wait for ever, and anybody can sign one. So there is room for so many of them, and of one key
 * for a quarter of that. Whoever is turned away is not lost: it comes again with the next session, or with its file.
 */
export interface WaitingRoom {
  /** Lets in whom there is room for. Says which ids there is none for. */
  readonly enter: (rows: readonly Pending[]) => Promise<ReadonlySet<Hash>>
  /** They wait no longer. */
  readonly leave: (ids: Iterable<Hash>) => void
}

/** Of the whole room, what one key may have. */
const shareOfKey = 4
/** Other engines on this database let in, and let go: a full room is counted again, but not all the time. */
const recountMs = 60_000

interface Guest {
  readonly publicKey: PublicKey
  readonly bytes: number
}
interface Space {
  entries: number
  bytes: number
}

const guestOf = ({ item }: Pending): Guest | undefined => {
  const entry = item && decodeEntry(item.entry)
  return entry?.ok
    ? { publicKey: entry.value.publicKey, bytes: item!.entry.length + (item!.operation?.length ?? 0) }
    : undefined
}

/** Who waits, and how much that is. */
interface Count {
  readonly guests: Map<Hash, Guest>
  readonly all: Space
  readonly byKey: Map<PublicKey, Space>
}

const has = ({ entries, bytes }: Space, guest: Guest, share: number): boolean =>
  entries < maxWaitingEntries / share && bytes + guest.bytes <= maxWaitingBytes / share

const add = (count: Count, id: Hash, guest: Guest): void => {
  const own = count.byKey.get(guest.publicKey) ?? { entries: 0, bytes: 0 }
  count.byKey.set(guest.publicKey, own)
  count.guests.set(id, guest)
  for (const space of [count.all, own]) {
    space.entries++
    space.bytes += guest.bytes
  }
}

const remove = (count: Count, id: Hash): void => {
  const guest = count.guests.get(id)
  if (!guest) return
  count.guests.delete(id)
  const own = count.byKey.get(guest.publicKey)!
  for (const space of [count.all, own]) {
    space.entries--
    space.bytes -= guest.bytes
  }
  if (own.entries === 0) count.byKey.delete(guest.publicKey)
}

export function createWaitingRoom(store: Store, clock: Clock): WaitingRoom {
  let count: Count | undefined
  let countedAt = -Infinity

  /** Rows without an entry are documents that wait for their schema: those are stored, and take no room here. */
  const recount = async (): Promise<Count> => {
    const fresh: Count = { guests: new Map(), all: { entries: 0, bytes: 0 }, byKey: new Map() }
    for (const row of await store.allPending(2 * maxWaitingEntries)) {
      const guest = guestOf(row)
      if (guest) add(fresh, row.id, guest)
    }
    countedAt = clock.now()
    return fresh
  }
  const hasRoom = ({ all, byKey }: Count, guest: Guest): boolean => {
    const own = byKey.get(guest.publicKey)
    return has(all, guest, 1) && (own === undefined || has(own, guest, shareOfKey))
  }

  return {
    enter: async (rows) => {
      const turnedAway = new Set<Hash>()
      if (rows.length === 0) return turnedAway
      count ??= await recount()
      for (const row of rows) {
        const guest = guestOf(row)
        if (!guest || count.guests.has(row.id)) continue
        if (!hasRoom(count, guest) && Math.abs(clock.now() - countedAt) >= recountMs) count = await recount()
        if (hasRoom(count, guest)) add(count, row.id, guest)
        else turnedAway.add(row.id)
      }
      return turnedAway
    },
    leave: (ids) => {
      if (count) for (const id of ids) remove(count, id)
    },
  }
}
