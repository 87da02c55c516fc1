import type { LogKey } from '../../core/entry/entry.ts'
import type { DocumentId } from '../../core/ids.ts'
import type { Fork, IndexKey, PartKey, PartState, Pending, QueueRow, ViewRow } from '../../ports/store.ts'

/** The shapes of rows that are not bytes. Enough is looked at to know that the row was written by us and is whole. */

type Parts = Readonly<Record<string, unknown>>

const isParts = (value: unknown): value is Parts => typeof value === 'object' && value !== null
const isText = (value: unknown): value is string => typeof value === 'string'
const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array

/** Counters that only grow, in one row, so that a commit writes them once. */
export interface Counters {
  readonly arrival: number
  readonly queue: number
}
export const isCounters = (row: unknown): row is Counters =>
  isParts(row) && Number.isSafeInteger(row['arrival']) && Number.isSafeInteger(row['queue'])

export const isLocalRow = (row: unknown): row is { readonly value: unknown } => isParts(row) && 'value' in row

export const isDocumentId = (row: unknown): row is DocumentId => isText(row)

const isKey = (key: unknown): key is IndexKey => Array.isArray(key)
export const isViewRow = (row: unknown): row is ViewRow =>
  isParts(row) &&
  isText(row['documentId']) &&
  isText(row['viewId']) &&
  isText(row['schemaId']) &&
  isText(row['owner']) &&
  isParts(row['fields']) &&
  Array.isArray(row['keys']) &&
  row['keys'].every(isKey)

const isPendingItem = (item: unknown): boolean =>
  item === undefined ||
  (isParts(item) && isBytes(item['entry']) && (item['operation'] === null || isBytes(item['operation'])))
export const isPendingRow = (row: unknown): row is Pending =>
  isParts(row) && isText(row['id']) && isText(row['awaits']) && isPendingItem(row['item'])

const isForkSide = (side: unknown): boolean => isParts(side) && isText(side['hash']) && isBytes(side['entry'])
export const isForkRow = (row: unknown): row is Fork & LogKey =>
  isParts(row) &&
  isText(row['publicKey']) &&
  typeof row['logId'] === 'bigint' &&
  typeof row['seqNum'] === 'bigint' &&
  isForkSide(row['a']) &&
  isForkSide(row['b'])

export const isQueueRow = (row: unknown): row is QueueRow =>
  isParts(row) &&
  Number.isSafeInteger(row['id']) &&
  Array.isArray(row['documentIds']) &&
  row['documentIds'].every(isText)

const isPartKey = (value: unknown): value is PartKey =>
  isParts(value) && isText(value['scope']) && (value['part'] === 0 || value['part'] === 1)
export const isPartRow = (row: unknown): row is PartState =>
  isPartKey(row) &&
  'count' in row &&
  Number.isSafeInteger(row.count) &&
  'sum' in row &&
  typeof row.sum === 'bigint' &&
  'number' in row &&
  Number.isSafeInteger(row.number)
export const isMemberRow = (row: unknown): row is readonly PartKey[] => Array.isArray(row) && row.every(isPartKey)

/** About how many bytes a row takes: its bytes and text, and 8 for each number. Names and what the database adds are left out. */
export const sizeOf = (row: unknown): number => {
  let size = 0
  const rest: unknown[] = [row]
  while (rest.length > 0) {
    const value = rest.pop()
    if (isBytes(value)) size += value.length
    else if (isText(value)) size += value.length
    else if (typeof value === 'number' || typeof value === 'bigint') size += 8
    else if (isParts(value)) rest.push(...Object.values(value))
  }
  return size
}
