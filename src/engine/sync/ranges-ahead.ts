import type { openLogRanges } from '../../sync/log-ranges.ts'
import type { PreparedItem } from '../ingest-prepare.ts'
import type { Rebuilt } from './rebuild.ts'

/** Entries of a compact message, made again and judged each alone. */
export interface ReadRanges {
  readonly unlinked: Rebuilt['unlinked']
  readonly prepared: readonly PreparedItem[]
}

/** What of a compact message needs no turn among the others: so the next are read while one is stored. */
export interface RangesAhead {
  readonly opened: ReturnType<typeof openLogRanges>
  /** Of its frame. */
  readonly bytes: number
  /** Where nothing of it goes on from what is stored, or is about to be. */
  readonly read?: Promise<ReadRanges>
  /** What came of that, once it did. */
  isRead?: ReadRanges
  /** Stored together with one before it. */
  isTaken?: true
}
