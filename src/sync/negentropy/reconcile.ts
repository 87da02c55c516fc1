import { assert } from '../../core/assert.ts'
import { joinBytes } from '../../core/bytes/concat.ts'
import type { Hash } from '../../core/ids.ts'
import { maxReconcileBytes, maxReconcileRounds } from '../../core/limits.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { Fingerprint } from '../messages.ts'
import { fingerprintOf } from './fingerprint.ts'
import {
  type Bound,
  type Item,
  type ItemSet,
  itemAt,
  itemCount,
  itemsBetween,
  positionOf,
  sumBetween,
} from './item-set.ts'
import { type NegentropyFailure, type Range, decodeRanges, encodeRange, end, start, versionByte } from './ranges.ts'

/**
 * Range-based set reconciliation, Negentropy protocol V1: where two sets differ, found by comparing fingerprints of ever smaller ranges.
 * The initiator learns both differences; the responder only answers.
 */
export interface Reconciliation {
  /** The set as it was when this began. */
  readonly items: ItemSet
  readonly isInitiator: boolean
  /** Bytes of a message, at most; 0 for no limit. */
  readonly frameLimit: number
  /** Messages that came. */
  readonly rounds: number
  /** Items the other side was found to lack. */
  readonly found: number
}

/** What a message brought. */
export interface Reconciled {
  readonly state: Reconciliation
  /** To be sent; nothing when the initiator knows all differences. */
  readonly reply: Uint8Array | undefined
  /** Items that only this side has. For the initiator. */
  readonly have: readonly Hash[]
  /** Items that only the other side has. For the initiator. */
  readonly need: readonly Hash[]
}

/** Ranges a range is split into, and below how many items per such range it is listed instead. */
const buckets = 16
const listBelow = 2 * buckets
/** Bytes left for what ends a message that grew too long. */
const reserveBytes = 200
const leastFrameLimit = 4096
const idBytes = 32

/** `opening: 'one'` begins with one fingerprint of everything, which costs 21 bytes where nothing differs, and half a round trip where something does. */
interface InitiateOptions {
  readonly frameLimit?: number
  readonly opening?: 'buckets' | 'one'
}

/** The initiator's first message. */
export function initiate(
  items: ItemSet,
  { frameLimit = maxReconcileBytes, opening = 'buckets' }: InitiateOptions = {},
): { readonly state: Reconciliation; readonly message: Uint8Array } {
  const state = reconciliation(items, true, frameLimit)
  const count = itemCount(items)
  const output = newOutput()
  const ranges: readonly Range[] =
    opening === 'one' && count >= listBelow
      ? [{ mode: 'fingerprint', upper: end, fingerprint: fingerprintBetween(items, 0, count) }]
      : split(items, 0, count, end)
  write(output, encodeAfter(start, ranges))
  return { state, message: joinBytes(output.parts) }
}

/** The responder, before the first message came. */
export const respond = (items: ItemSet, frameLimit: number = maxReconcileBytes): Reconciliation =>
  reconciliation(items, false, frameLimit)

function reconciliation(items: ItemSet, isInitiator: boolean, frameLimit: number): Reconciliation {
  assert(frameLimit === 0 || frameLimit >= leastFrameLimit, `messages of Negentropy may have ${leastFrameLimit} bytes`)
  return { items, isInitiator, frameLimit, rounds: 0, found: 0 }
}

/** A message being written. */
interface Output {
  readonly parts: Uint8Array[]
  length: number
  /** The bound written last. */
  last: Bound
}

const newOutput = (): Output => ({ parts: [Uint8Array.of(versionByte)], length: 1, last: start })

function write(output: Output, { bytes, last }: Encoded): void {
  output.parts.push(bytes)
  output.length += bytes.length
  output.last = last
}

/** Ranges in a row as they follow a bound. */
interface Encoded {
  readonly bytes: Uint8Array
  readonly last: Bound
}

function encodeAfter(before: Bound, ranges: readonly Range[]): Encoded {
  let last = before
  const parts: Uint8Array[] = []
  for (const range of ranges) {
    parts.push(encodeRange(range, last.timestamp))
    last = range.upper
  }
  return { bytes: joinBytes(parts), last }
}

/**
 * Takes the other side's message.
 *
 * @returns what it brought, or what ends the exchange: `negentropy/malformed`, `negentropy/version-unsupported` (a responder answers
 *   it with its own version instead), `negentropy/endless`
 */
export function reconcile(state: Reconciliation, message: Uint8Array): Result<Reconciled, NegentropyFailure> {
  if (state.rounds >= maxReconcileRounds) return fail({ code: 'negentropy/endless' })
  const rounds = state.rounds + 1
  const ranges = decodeRanges(message)
  if (!ranges.ok) {
    if (state.isInitiator || ranges.error.code !== 'negentropy/version-unsupported') return ranges
    return ok({ state: { ...state, rounds }, reply: Uint8Array.of(versionByte), have: [], need: [] })
  }
  const { output, have, need } = compare(state, ranges.value)
  const found = state.found + have.length
  // Honest sets have each item told once: a range that was listed needs no more looking at.
  if (found > itemCount(state.items)) return fail({ code: 'negentropy/endless' })
  const isDone = state.isInitiator && output.length === 1
  return ok({
    state: { ...state, rounds, found },
    reply: isDone ? undefined : joinBytes(output.parts),
    have,
    need,
  })
}

/** Range by range, what the other side says against what is here, and what there is to say to it. */
function compare(
  { items, isInitiator, frameLimit }: Reconciliation,
  ranges: readonly Range[],
): { readonly output: Output; readonly have: readonly Hash[]; readonly need: readonly Hash[] } {
  const output = newOutput()
  const have: Hash[] = []
  const need: Hash[] = []
  const isOver = (length: number): boolean => frameLimit > 0 && length > frameLimit - reserveBytes
  let lower = 0
  /** Where in the set the output ends. */
  let written = 0
  /** Where ranges end that need no word, since the last that did. */
  let skipTo: Bound | undefined

  for (const range of ranges) {
    let upper = positionOf(items, range.upper)
    const skipped: readonly Range[] = skipTo ? [{ mode: 'skip', upper: skipTo }] : []
    let next: Encoded | undefined
    if (range.mode === 'fingerprint' && range.fingerprint !== fingerprintBetween(items, lower, upper)) {
      next = encodeAfter(output.last, [...skipped, ...split(items, lower, upper, range.upper)])
    } else if (range.mode === 'ids' && isInitiator) {
      findDifferences(range.ids, itemsBetween(items, lower, upper), have, need)
    } else if (range.mode === 'ids') {
      const list = listWhile(items, lower, upper, range.upper, (count) => !isOver(output.length + count * idBytes))
      upper = lower + list.ids.length
      write(output, encodeAfter(output.last, [...skipped, list]))
      written = upper
      skipTo = undefined
    }

    if (isOver(output.length + (next?.bytes.length ?? 0))) {
      const rest = fingerprintBetween(items, written, itemCount(items))
      write(output, encodeAfter(output.last, [{ mode: 'fingerprint', upper: end, fingerprint: rest }]))
      break
    }
    if (next) {
      write(output, next)
      written = upper
      skipTo = undefined
    } else if (range.mode !== 'ids' || isInitiator) skipTo = range.upper
    lower = upper
  }
  return { output, have, need }
}

/** The items of a range, as many as there is room for; the range ends before the first that is left out. */
function listWhile(
  items: ItemSet,
  lower: number,
  upper: number,
  upperBound: Bound,
  hasRoom: (count: number) => boolean,
): Extract<Range, { readonly mode: 'ids' }> {
  const ids: Hash[] = []
  for (const item of itemsBetween(items, lower, upper)) {
    if (!hasRoom(ids.length)) return { mode: 'ids', upper: item, ids }
    ids.push(item.id)
  }
  return { mode: 'ids', upper: upperBound, ids }
}

/** Items of one side only, added to `have` and `need`. */
function findDifferences(theirs: readonly Hash[], ours: Iterable<Item>, have: Hash[], need: Hash[]): void {
  const left = new Set(theirs)
  for (const { id } of ours) if (!left.delete(id)) have.push(id)
  for (const id of left) need.push(id)
}

/** A range that differs, in smaller ones: few items are listed, many become 16 fingerprints. */
function split(items: ItemSet, lower: number, upper: number, upperBound: Bound): readonly Range[] {
  const count = upper - lower
  if (count < listBelow) return [listWhile(items, lower, upper, upperBound, () => true)]
  let from = lower
  return Array.from({ length: buckets }, (_, i) => {
    const to = from + Math.floor(count / buckets) + (i < count % buckets ? 1 : 0)
    const fingerprint = fingerprintBetween(items, from, to)
    from = to
    return { mode: 'fingerprint', upper: to === upper ? upperBound : shortestBound(items, to), fingerprint }
  })
}

const fingerprintBetween = (items: ItemSet, from: number, to: number): Fingerprint =>
  fingerprintOf(sumBetween(items, from, to), to - from)

/** The shortest bound between an item and the one before it. */
function shortestBound(items: ItemSet, position: number): Bound {
  const before = itemAt(items, position - 1)
  const item = itemAt(items, position)
  if (before.timestamp !== item.timestamp) return { timestamp: item.timestamp, id: start.id }
  let digits = start.id.length
  while (item.id.slice(digits, digits + 2) === before.id.slice(digits, digits + 2)) digits += 2
  return { timestamp: item.timestamp, id: item.id.slice(0, digits + 2) }
}
