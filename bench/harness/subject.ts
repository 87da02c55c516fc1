import type { BrowserContext } from '@playwright/test'
import type { AppBundle } from '../support/app-bundle.ts'

/** Where a subject runs: a page's main thread, a dedicated worker in Chromium, or Node. */
export type Where = 'page' | 'worker' | 'node'

/** One way to do the work. Its cases are run in turns, so that a slow minute of the machine slows all of them. */
export interface Case {
  readonly name: string
  /** Does the whole work once. Only this is timed. */
  readonly run: () => Promise<unknown>
  /** Undone after each run, untimed: close databases, drop rows. */
  readonly after?: () => Promise<unknown>
  /** The case this one is compared with, and how many times its duration is allowed. */
  readonly floor?: { readonly name: string; readonly times: number }
  /** Bytes that go through in one run, where throughput is what counts. */
  readonly bytes?: number
  /** Milliseconds the median may take, for cases with a bound of their own. */
  readonly withinMs?: number
}

/** Something worth measuring. A file `bench/<name>.bench.ts` exports one as `subject`. */
export interface Subject {
  readonly name: string
  /** One sentence: what is measured, and what the floor is. */
  readonly about: string
  readonly where: readonly Where[]
  /** Items in one run, for the time per item. */
  readonly items: number
  readonly rounds: number
  /** Makes what the cases need, untimed. */
  readonly prepare: () => Promise<readonly Case[]>
  /** What is measured once and is no duration, such as sizes. */
  readonly figures?: () => Promise<readonly AppRow[]>
}

/** One line of the table and of the results file. Durations are medians. */
export interface Row {
  readonly subject: string
  readonly where: Where | 'app'
  readonly name: string
  readonly value: number
  readonly unit: 'ms' | 'MB' | 'KB' | 'B' | '%' | 'runs' | 'times' | 'round trips' | 'entries/s'
  /** Each run, in order. */
  readonly all: readonly number[]
  readonly items?: number
  /** Of the median run. */
  readonly megabytesPerSecond?: number
  readonly ratio?: number
  /** In words: `≤ 1.5 × one after another`. */
  readonly toReach?: string
  readonly isReached?: boolean
}

/** What a subject measured by itself. */
export type AppRow = Omit<Row, 'subject' | 'where'>

/** What an app subject may use. */
export interface AppTools {
  /** The built app, served. */
  readonly url: string
  /** The built library, served at an origin of its own. */
  readonly library: string
  /** A browser on a profile folder: a fresh one, or one that was closed before, to be started again. Closed by the harness at the latest. */
  readonly open: (folder?: string) => Promise<{ readonly context: BrowserContext; readonly folder: string }>
  /** A bundle of one collection of 10,000 things, made once a run. */
  readonly bundle: () => Promise<AppBundle>
}

/** A measurement that drives the whole app through a browser. A file `bench/<name>.app.ts` exports one as `subject`. */
export interface AppSubject {
  readonly name: string
  readonly about: string
  readonly measure: (tools: AppTools) => Promise<readonly AppRow[]>
}

/** The middle of the values, or the mean of the two in the middle. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return (low + high) / 2
}

/** The value that 95 % of the others do not exceed. */
export const percentile95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN
