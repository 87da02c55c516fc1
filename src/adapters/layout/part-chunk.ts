import type { LogId } from '../../core/ids.ts'
import { chunkBits } from './tables.ts'

/**
 * Which of 64 neighbouring logs of one key are in a part of a scope, as one value. Slot after slot, up to the last one in use:
 *
 *     | kind | number |
 *        1       8
 *
 * Kind 0 is a log that is not in the part, 1 one that is, 2 one that is and is forked. The number is a double, big-endian.
 */
export interface PartSlot {
  readonly isForked: boolean
  readonly number: number
}

const slotBytes = 9
const slots = 1 << Number(chunkBits)

const slotOf = (logId: bigint): number => Number(logId & BigInt(slots - 1))
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Whether a value from the disk can be such a chunk. */
export const isPartChunk = (value: unknown): value is Uint8Array => {
  if (!(value instanceof Uint8Array) || value.length % slotBytes !== 0 || value.length > slots * slotBytes) return false
  for (let at = 0; at < value.length; at += slotBytes) if (value[at]! > 2) return false
  return true
}

export const partSlotOf = (chunk: Uint8Array, logId: LogId): PartSlot | undefined => {
  const at = slotOf(logId) * slotBytes
  const kind = chunk[at] ?? 0
  return kind === 0 ? undefined : { isForked: kind === 2, number: viewOf(chunk).getFloat64(at + 1) }
}

/** All logs of a chunk that are in the part, by log id. */
export const partSlotsOf = (
  chunk: Uint8Array,
  chunkNumber: bigint,
): readonly (PartSlot & { readonly logId: LogId })[] =>
  Array.from({ length: chunk.length / slotBytes }, (_, slot) => {
    const logId = ((chunkNumber << chunkBits) | BigInt(slot)) as LogId
    const found = partSlotOf(chunk, logId)
    return found && { ...found, logId }
  }).filter((slot) => slot !== undefined)

/** The chunk with this log in it, as a copy. */
export const withPartSlot = (chunk: Uint8Array, logId: LogId, { isForked, number }: PartSlot): Uint8Array => {
  const at = slotOf(logId) * slotBytes
  const next = new Uint8Array(Math.max(chunk.length, at + slotBytes))
  next.set(chunk)
  next[at] = isForked ? 2 : 1
  viewOf(next).setFloat64(at + 1, number)
  return next
}
