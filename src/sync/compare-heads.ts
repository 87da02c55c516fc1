import type { LogKey } from '../core/entry/entry.ts'
import { forkHash } from '../core/entry/log-item.ts'
import { logName } from '../core/entry/log-name.ts'
import type { Hash, LogId, PublicKey, SeqNum } from '../core/ids.ts'
import type { LogHead, LogHeight, LogsOf } from './messages.ts'

/** A log as one side has it; `hash` is its head's, or `forkHash` where it is forked. */
export interface HeldLog extends LogKey {
  readonly seqNum: SeqNum
  readonly hash: Hash
  readonly isForked: boolean
}

/** Entries that one side lacks: those of a log from one on, up to where the other side's list says it goes. */
export interface WantedLog extends LogKey {
  readonly fromSeq: SeqNum
  readonly toSeq: SeqNum
}

/** What a list of heads calls for. */
export interface Comparison {
  readonly wants: readonly WantedLog[]
  /** Other entries where ours stand: asking for them shows where the log forks. */
  readonly strangers: readonly Hash[]
  /** Logs that only this side knows to be forked: tell the other. */
  readonly proofs: readonly LogKey[]
  /** Logs that only the other side knows to be forked: it will tell. By the hash that stands for them. */
  readonly promised: readonly Hash[]
}

/** Heads one by one. */
export const eachHead = (
  heads: readonly LogsOf<LogHead>[],
): readonly { readonly publicKey: PublicKey; readonly logId: LogId; readonly seqNum: SeqNum; readonly hash: Hash }[] =>
  heads.flatMap(({ publicKey, logs }) => logs.map((log) => ({ publicKey, ...log })))

/** Heads of logs, grouped by key, in their order. */
export function groupHeads(logs: Iterable<HeldLog>): readonly LogsOf<LogHead>[] {
  const byKey = new Map<PublicKey, LogHead[]>()
  for (const { publicKey, logId, seqNum, hash } of logs) {
    const heads = byKey.get(publicKey)
    if (heads) heads.push({ logId, seqNum, hash })
    else byKey.set(publicKey, [{ logId, seqNum, hash }])
  }
  return [...byKey].map(([publicKey, heads]) => ({ publicKey, logs: heads }))
}

/**
 * What to ask for, given the other side's heads and our own of the same logs. Logs of ours that they have shorter, or not at all, they ask for.
 *
 * @param held by `logName`; logs that are missing are not held here
 */
export function compareHeads(theirs: readonly LogsOf<LogHead>[], held: ReadonlyMap<string, HeldLog>): Comparison {
  const wants: WantedLog[] = []
  const strangers: Hash[] = []
  const proofs: LogKey[] = []
  const promised: Hash[] = []
  for (const { publicKey, logId, seqNum, hash } of eachHead(theirs)) {
    const log: LogKey = { publicKey, logId }
    const own = held.get(logName(log))
    const areForkedThere = hash === forkHash(log)
    if (own?.hash === hash) continue
    if (own?.isForked) proofs.push(log)
    else if (areForkedThere && own) promised.push(hash)
    else if (!own || own.seqNum < seqNum)
      wants.push({ ...log, fromSeq: ((own?.seqNum ?? 0n) + 1n) as SeqNum, toSeq: seqNum })
    else if (own.seqNum === seqNum) strangers.push(hash)
  }
  return { wants, strangers, proofs, promised }
}

/**
 * What the other side lacks, given all its heads: logs of ours that it has shorter or not at all, and those whose end is another entry there,
 * from their first entry, so that the place where they part is found. Whether a log is forked is told by proofs.
 */
export function lackingThere(
  theirs: readonly LogsOf<LogHead>[],
  held: Iterable<HeldLog>,
): { readonly logs: readonly WantedLog[]; readonly proofs: readonly LogKey[] } {
  const known = new Map(eachHead(theirs).map((head) => [logName(head), head]))
  const logs: WantedLog[] = []
  const proofs: LogKey[] = []
  for (const { publicKey, logId, seqNum: toSeq, hash, isForked } of held) {
    const log: LogKey = { publicKey, logId }
    const there = known.get(logName(log))
    const isFork = isForked || there?.hash === forkHash(log)
    if (!there && isForked) proofs.push(log)
    if (!there || (there.seqNum === toSeq && there.hash !== hash && !isFork))
      logs.push({ ...log, fromSeq: 1n as SeqNum, toSeq })
    else if (there.seqNum < toSeq && !isFork) logs.push({ ...log, fromSeq: (there.seqNum + 1n) as SeqNum, toSeq })
  }
  return { logs, proofs }
}

/** How far logs go, grouped by key, in their order. */
export function groupHeights(logs: Iterable<WantedLog>): readonly LogsOf<LogHeight>[] {
  const byKey = new Map<PublicKey, LogHeight[]>()
  for (const { publicKey, logId, toSeq: seqNum } of logs) {
    const heights = byKey.get(publicKey)
    if (heights) heights.push({ logId, seqNum })
    else byKey.set(publicKey, [{ logId, seqNum }])
  }
  return [...byKey].map(([publicKey, heights]) => ({ publicKey, logs: heights }))
}
