import { type RangeRow, digestOf } from '../authority/ranges.ts'
import type { LogId, OperationId, SeqNum } from '../ids.ts'
import { maxDigestLogs, maxLimitRows } from '../limits.ts'

/** A log of a key that is taken out, up to where it stays valid. */
export interface KeptLog {
  readonly logId: LogId
  readonly to: SeqNum
  /** The entry at `to`. */
  readonly tip: OperationId
  /** Whether it shares a row with others, and with which: logs of different groups never do. Absent: it has a row of its own, by which forks are settled (R26). */
  readonly together?: string
}

/**
 * The rows that keep these logs from their beginning (identity.md §2.1.4), as the `ranges` of one limit document each: long ones of some 42 bytes, or
 * digests of up to 64 logs, some 3 bytes a log. Sorted by their first log id.
 * @returns lists of at most 1,024 rows; none where nothing is kept
 */
export function keepRows(logs: readonly KeptLog[]): readonly (readonly RangeRow[])[] {
  const sorted = logs.toSorted((a, b) => compare(a.logId, b.logId))
  const groups = new Map<string, KeptLog[]>()
  for (const log of sorted) {
    const { together } = log
    if (together === undefined) continue
    const group = groups.get(together) ?? []
    groups.set(together, group)
    group.push(log)
  }
  const rows: RangeRow[] = [
    ...sorted.filter(({ together }) => together === undefined).map(toLongRow),
    ...[...groups.values()].flatMap((group) => inPieces(group, maxDigestLogs).map(toDigestRow)),
  ]
  return inPieces(
    rows.sort((a, b) => compare(firstLog(a), firstLog(b))),
    maxLimitRows,
  )
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)

const firstLog = (row: RangeRow): LogId => ('digest' in row ? row.logs[0]!.logId : row.logId)

const toLongRow = ({ logId, to, tip }: KeptLog): RangeRow => ({ logId, from: 1n as SeqNum, to, tip })

const toDigestRow = (logs: readonly KeptLog[]): RangeRow => ({
  logs: logs.map(({ logId, to }) => ({ logId, to })),
  digest: digestOf(logs.map(({ tip }) => tip)),
})

const inPieces = <T>(list: readonly T[], length: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / length) }, (_, at) => list.slice(at * length, (at + 1) * length))
