import type { Failure } from '../../../engine/failure.ts'

/** A sentence for a failure. The sentences live in the SDK, above this room, so they are handed in. */
export type Explain = (failure: Failure) => string

/** Where a command speaks: `out` is its answer, `err` everything else. Both take whole lines. */
export interface Terminal {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  readonly explain: Explain
}

/** 0: fine. 1: bad data was found. 2: used wrongly, or a file could not be read. */
export type ExitCode = 0 | 1 | 2
