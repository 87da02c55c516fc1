import { decodeEntry } from '../core/entry/decode.ts'
import type { Entry } from '../core/entry/entry.ts'
import { lipmaa } from '../core/entry/lipmaa.ts'
import { verifyEntry, verifyLinks, verifyPayload } from '../core/entry/verify.ts'
import { logName } from '../core/entry/log-name.ts'
import type { DocumentId, SeqNum } from '../core/ids.ts'
import { decodeOperation } from '../core/operation/decode.ts'
import type { Result } from '../core/result.ts'
import type { Head, StoredDocument, StoredItem } from '../ports/store.ts'
import type { Failure } from './failure.ts'

/** A stored document, judged again from its bytes. Signatures and heads are asked for by whoever has many of them. */
export interface Examined {
  readonly documentId: DocumentId
  /** Those that can be read. */
  readonly entries: readonly Entry[]
  /** What is not as it was when it came. */
  readonly failures: readonly Failure[]
  /** The newest entry of each log. */
  readonly newest: readonly Entry[]
}

/** The entry of a stored item, when its bytes and its operation are what they were when they came. */
const readItem = ({ entry, operation }: StoredItem): Result<Entry, Failure> => {
  const decoded = decodeEntry(entry)
  if (!decoded.ok || operation === null) return decoded
  const fits = verifyPayload(decoded.value, operation)
  if (!fits.ok) return fits
  const readable = decodeOperation(operation)
  return readable.ok ? decoded : readable
}

/** The logs of a document, each linked from its first entry to its last; what breaks is named once per log. */
const examineLogs = (entries: readonly Entry[]): Pick<Examined, 'newest' | 'failures'> => {
  const logs = new Map<string, Entry[]>()
  for (const entry of entries) {
    const log = logs.get(logName(entry))
    if (log) log.push(entry)
    else logs.set(logName(entry), [entry])
  }
  const newest: Entry[] = []
  const failures: Failure[] = []
  for (const log of logs.values()) {
    const bySeqNum = new Map(log.map((entry) => [entry.seqNum, entry]))
    const at = (seqNum: bigint): Entry | undefined => bySeqNum.get(seqNum as SeqNum)
    let last: Entry | undefined
    for (const entry of log) {
      const linked = verifyLinks(entry, { backlink: at(entry.seqNum - 1n), skiplink: at(lipmaa(entry.seqNum)) })
      if (!linked.ok) failures.push(linked.error)
      if (!last || entry.seqNum > last.seqNum) last = entry
    }
    if (last) newest.push(last)
  }
  return { newest, failures }
}

/** Entries and operations decode, payloads have their hashes, logs are linked, and there is a beginning. */
export const examineDocument = ({ documentId, items }: StoredDocument): Examined => {
  const read = items.map(readItem)
  const entries = read.flatMap((item) => (item.ok ? [item.value] : []))
  const failures: Failure[] = read.flatMap((item) => (item.ok ? [] : [item.error]))
  if (!entries.some(({ hash }) => hash === (documentId as string)))
    failures.push({ code: 'store/corrupt', table: 'docs', key: documentId })
  const { newest, failures: broken } = examineLogs(entries)
  return { documentId, entries, failures: [...failures, ...broken], newest }
}

/**
 * Whether all of a document is as it came, which takes hashing it. The last entry of a log has nothing after it that would tell: there the head
 * of the log does, or, where the document lost what came after it, the signature. Logs without a head here are not judged.
 */
export const isSound = ({ failures, newest }: Examined, heads: ReadonlyMap<string, Head | undefined>): boolean =>
  failures.length === 0 &&
  newest.every((entry) => {
    const head = heads.get(logName(entry))
    if (!head || head.seqNum < entry.seqNum) return true
    return head.seqNum === entry.seqNum ? head.hash === entry.hash : verifyEntry(entry).ok
  })
