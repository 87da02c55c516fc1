import { Bug } from '../core/assert.ts'

/**
 * What structured cloning cannot carry, carried all the same. A parcel is a list of values with holes; each hole says what stood there:
 *
 *   signal   the sender tells when it is aborted        abort  ──▶
 *   report   the receiver calls, the sender's runs             ◀──  report
 *   stream   the receiver pulls, one chunk at a time    chunk  ──▶  ◀──  pull, return
 *
 * Holes are looked for among the values and one step inside plain objects, nowhere deeper, so that large data is not walked.
 */
export interface Parcel {
  readonly values: unknown[]
  readonly holes: readonly Hole[]
}
export interface Hole {
  readonly at: readonly [index: number, key?: string]
  /** Given by the sender of the parcel; all messages about the hole name it. */
  readonly id: number
  readonly kind: 'signal' | 'report' | 'stream'
  /** A signal that had said stop before it was sent. */
  readonly aborted?: { readonly reason: unknown }
}

/** An exception on its way through a port. A `Bug` stays one; everything else is cloned, and failures are plain objects already. */
export type Thrown = { readonly bug: string } | { readonly value: unknown }

export type Message =
  | { readonly say: 'call'; readonly id: number; readonly method: string; readonly parcel: Parcel }
  | { readonly say: 'answer'; readonly id: number; readonly parcel: Parcel }
  | { readonly say: 'refusal'; readonly id: number; readonly thrown: Thrown }
  | { readonly say: 'abort'; readonly id: number; readonly reason: unknown }
  | { readonly say: 'report'; readonly id: number; readonly value: unknown }
  | { readonly say: 'pull' | 'return'; readonly id: number }
  | { readonly say: 'chunk'; readonly id: number; readonly step: IteratorResult<unknown> }
  | { readonly say: 'broken'; readonly id: number; readonly thrown: Thrown }

export type Send = (message: Message, transfer?: Transferable[]) => void

export const packThrown = (thrown: unknown): Thrown =>
  thrown instanceof Bug ? { bug: thrown.message } : { value: thrown }
export const unpackThrown = (thrown: Thrown): unknown => ('bug' in thrown ? new Bug(thrown.bug) : thrown.value)
