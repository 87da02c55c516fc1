import type { ImportReport } from '../../../engine/api.ts'
import type { ExitCode, Explain, Terminal } from './command.ts'

/** What `verify` and `import` found out about files, in the shape that programs get. */
export interface Findings {
  readonly entries: number
  readonly stored: number
  readonly duplicates: number
  readonly pending: ImportReport['pending']
  readonly rejected: readonly { readonly index: number; readonly code: string; readonly message: string }[]
  readonly forks: ImportReport['forks']
}

export const toFindings = (report: ImportReport, explain: Explain): Findings => ({
  entries: report.entries,
  stored: report.stored,
  duplicates: report.duplicates,
  pending: report.pending,
  rejected: report.rejected.map(({ index, failure }) => ({ index, code: failure.code, message: explain(failure) })),
  forks: report.forks,
})

/** 1 where something was refused or forked: what only waits is no fault. */
export const exitCodeOf = ({ rejected, forks }: Pick<Findings, 'rejected' | 'forks'>): ExitCode =>
  rejected.length > 0 || forks.length > 0 ? 1 : 0

const waitsFor = {
  'missing-link': 'the entry its log goes on from',
  'missing-previous': 'an operation it builds on',
  'unknown-schema': 'its schema',
} as const

const count = (n: number, one: string, many = one): string => `${n} ${n === 1 ? one : many}`

/** The same for people. Of very many refusals the first 1,000 are listed; `refused` is how many there are. */
export function printFindings({ out }: Terminal, path: string, found: Findings, refused: number): void {
  out(path)
  out(
    [
      `  ${count(found.entries, 'entry', 'entries')}`,
      `${found.stored} stored`,
      count(found.duplicates, 'duplicate', 'duplicates'),
      `${found.pending.length} waiting`,
      `${refused} refused`,
      count(found.forks.length, 'fork', 'forks'),
    ].join(', '),
  )
  for (const { index, code, message } of found.rejected) out(`  refused  #${index}  ${message} [${code}]`)
  for (const { index, id, reason } of found.pending) out(`  waiting  #${index}  ${id} waits for ${waitsFor[reason]}`)
  for (const { publicKey, logId, seqNum, a, b } of found.forks) {
    out(`  fork     ${publicKey} signed two entries at ${seqNum} of its log ${logId}:`)
    out(`           ${a}`)
    out(`           ${b}`)
  }
}
