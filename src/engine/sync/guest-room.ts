import type { PublicKey } from '../../core/ids.ts'
import { maxGuestBytes, maxGuestEntries } from '../../core/limits.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { Store } from '../../ports/store.ts'
import type { Failure } from '../failure.ts'
import type { GroupPart, ServedPart } from './shared-scopes.ts'

/** What a guest wrote so far, in its row of `local`. */
interface Written {
  readonly entries: number
  readonly bytes: number
}
type Guest = NonNullable<GroupPart['guest']>

const prefixOf = (invite: PublicKey): string => `sync/guests/${invite}/`
const rowOf = ({ invite, key }: Guest): string => `${prefixOf(invite)}${key}`
const guestOf = (served: ServedPart): Guest | undefined => ('group' in served ? served.guest : undefined)

/** Whether a guest may still begin to write: at most twice as many do as the invite is for, since not every guest comes through. */
export async function hasGuestRoom(store: Store, served: ServedPart): Promise<boolean> {
  const guest = guestOf(served)
  if (!guest) return true
  const guests = await store.localWith(prefixOf(guest.invite))
  return guests.length < 2 * guest.uses || guests.some(([key]) => key === rowOf(guest))
}

/**
 * Counts what a guest is about to write, before it is stored: what it wrote once stays counted, whichever connection it came by.
 * @returns `sync/too-many` where it is more than a guest needs
 */
export async function takeGuestRoom(store: Store, served: ServedPart, more: Written): Promise<Result<void, Failure>> {
  const guest = guestOf(served)
  if (!guest) return ok(undefined)
  const before = ((await store.local(rowOf(guest))) ?? { entries: 0, bytes: 0 }) as Written
  const after: Written = { entries: before.entries + more.entries, bytes: before.bytes + more.bytes }
  if (after.entries > maxGuestEntries)
    return fail({ code: 'sync/too-many', what: 'guest-entries', limit: maxGuestEntries })
  if (after.bytes > maxGuestBytes) return fail({ code: 'sync/too-many', what: 'guest-bytes', limit: maxGuestBytes })
  await store.commit([{ put: 'local', key: rowOf(guest), value: after }], [])
  return ok(undefined)
}
