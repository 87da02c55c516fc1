import type { Hash, OperationId } from '../../core/ids.ts'
import type { PartKey, Store } from '../../ports/store.ts'
import type { PartView } from './part-reads.ts'
import { documentsInPart } from './parts.ts'

/** Heads that one side cannot keep: both leave them out, so that they can find each other equal (sync.md §4). */
export interface Refusals {
  /** By this side: the peer has them. */
  readonly here: readonly Hash[]
  /** By the peer: this side has them. */
  readonly there: readonly Hash[]
}

type Side = keyof Refusals

/** What a session has of them. */
interface Refusing {
  refusals: Refusals
  view: PartView
}

export const noRefusals: Refusals = { here: [], there: [] }

/** A part as two see it of whom each refused something. */
export const viewOf = (key: PartKey, { here, there }: Refusals): PartView => ({
  key,
  refused: new Set([...here, ...there]),
})

const put = (session: Refusing, refusals: Refusals): void => {
  session.refusals = refusals
  session.view = viewOf(session.view.key, refusals)
}

/** From now on these heads do not count, on either side. */
export function leaveOut(session: Refusing, side: Side, ids: readonly Hash[]): void {
  const { refusals } = session
  put(session, { ...refusals, [side]: [...new Set([...refusals[side], ...ids])] })
}

/** Those that hold for longer than this session. */
export const lasting = ({ here, there }: Refusals, forNow: ReadonlySet<Hash>): Refusals => ({
  here: here.filter((id) => !forNow.has(id)),
  there: there.filter((id) => !forNow.has(id)),
})

/** Whoever refused these has them now, from somebody else: they count again. Says whether any of them had been refused. */
export function takeBack(session: Refusing, side: Side, ids: Iterable<Hash>): boolean {
  const { refusals } = session
  if (refusals[side].length === 0) return false
  const taken = new Set(ids)
  const rest = refusals[side].filter((id) => !taken.has(id))
  if (rest.length === refusals[side].length) return false
  put(session, { ...refusals, [side]: rest })
  return true
}

/** Without those heads that this side has in the part by now. An entry's hash is the id of its operation. */
export async function stillRefused(store: Store, key: PartKey, refusals: Refusals): Promise<Refusals> {
  const { here } = refusals
  if (here.length === 0) return refusals
  const documents = await store.documentsOf(here as readonly OperationId[])
  const inPart = await documentsInPart(store, key, documents)
  return { ...refusals, here: here.filter((_, at) => !inPart.has(documents[at]!)) }
}
