import { decodeEntry } from '../core/entry/decode.ts'
import type { Entry } from '../core/entry/entry.ts'
import { lipmaa } from '../core/entry/lipmaa.ts'
import { signedPart, verifyLinks, verifyPayload } from '../core/entry/verify.ts'
import type { DocumentId, SeqNum } from '../core/ids.ts'
import { decodeOperation } from '../core/operation/decode.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { Head, StoredDocument, StoredItem } from '../ports/store.ts'
import type { Call, CheckReport } from './api.ts'
import type { EngineDeps } from './deps.ts'
import type { Failure } from './failure.ts'

type Damage = CheckReport['damaged'][number]

/** Damaged rows that a report names; a disk that lost everything has no use for more. */
const maxDamaged = 1000

/** The entry of a stored item, when its bytes and its operation are what they were when they came. */
const readItem = ({ entry, operation }: StoredItem): Result<Entry, Failure> => {
  const decoded = decodeEntry(entry)
  if (!decoded.ok || operation === null) return decoded
  const fits = verifyPayload(decoded.value, operation)
  if (!fits.ok) return fits
  const readable = decodeOperation(operation)
  return readable.ok ? decoded : readable
}

const logName = (log: Pick<Entry, 'publicKey' | 'logId'>): string => `${log.publicKey}/${log.logId}`

/** The logs of a document, each linked from its first entry to its last; what breaks is named once per log. */
const checkLogs = (
  entries: readonly Entry[],
): { readonly last: readonly Entry[]; readonly failures: readonly Failure[] } => {
  const logs = new Map<string, Entry[]>()
  for (const entry of entries) {
    const log = logs.get(logName(entry))
    if (log) log.push(entry)
    else logs.set(logName(entry), [entry])
  }
  const last: Entry[] = []
  const failures: Failure[] = []
  for (const log of logs.values()) {
    const bySeqNum = new Map(log.map((entry) => [entry.seqNum, entry]))
    const at = (seqNum: bigint): Entry | undefined => bySeqNum.get(seqNum as SeqNum)
    let newest: Entry | undefined
    for (const entry of log) {
      const linked = verifyLinks(entry, { backlink: at(entry.seqNum - 1n), skiplink: at(lipmaa(entry.seqNum)) })
      if (!linked.ok) failures.push(linked.error)
      if (!newest || entry.seqNum > newest.seqNum) newest = entry
    }
    if (newest) last.push(newest)
  }
  return { last, failures }
}

/** Whether the stored head of a log is the newest entry its document holds. */
const checkHead = (entry: Entry, head: Head | undefined, documentId: DocumentId): readonly Damage[] => {
  if (head?.hash === entry.hash && head.documentId === documentId && head.isEnded === entry.isEndOfLog) return []
  const key = logName(entry)
  return [{ table: 'heads', key, failure: { code: 'store/corrupt', table: 'heads', key } }]
}

/** One document, read; its signatures and heads are asked for together with those of others. */
interface Reading {
  readonly documentId: DocumentId
  readonly entries: readonly Entry[]
  readonly failures: readonly Failure[]
  readonly last: readonly Entry[]
}

const readDocument = ({ documentId, items }: StoredDocument): Reading => {
  const read = items.map(readItem)
  const entries = read.flatMap((item) => (item.ok ? [item.value] : []))
  const failures: Failure[] = read.flatMap((item) => (item.ok ? [] : [item.error]))
  if (!entries.some(({ hash }) => hash === (documentId as string)))
    failures.push({ code: 'store/corrupt', table: 'docs', key: documentId })
  const { last, failures: broken } = checkLogs(entries)
  return { documentId, entries, failures: [...failures, ...broken], last }
}

const checkDocuments = async (
  { verifier, store }: EngineDeps,
  documents: readonly StoredDocument[],
): Promise<{ readonly logs: readonly string[]; readonly damaged: readonly Damage[] }> => {
  const readings = documents.map(readDocument)
  const claims = readings
    .flatMap(({ entries }) => entries)
    .map((entry) => ({ publicKey: entry.publicKey, message: signedPart(entry), signature: entry.signature }))
  const verdicts = (await verifier.verify(claims)).values()
  const last = readings.flatMap((reading) => reading.last)
  const heads = (await store.heads(last)).values()
  const damaged = readings.flatMap(({ documentId, entries, failures, last: ends }) => {
    const unsigned = entries
      .filter(() => !verdicts.next().value)
      .map(({ publicKey }): Failure => ({ code: 'entry/signature-invalid', publicKey }))
    const ofDocument = [...unsigned, ...failures].map((failure) => ({ table: 'docs', key: documentId, failure }))
    return [...ofDocument, ...ends.flatMap((entry) => checkHead(entry, heads.next().value, documentId))]
  })
  return { logs: last.map(logName), damaged }
}

/**
 * Reads every stored document and judges it again from its bytes: entries and operations decode, payloads have their hashes, signatures
 * hold, links and heads agree. Changes nothing. What is damaged is named, and the walk goes on.
 */
export const checkStore = async (
  deps: EngineDeps,
  call: Call<{ readonly documents: number }>,
): Promise<Result<CheckReport, Failure>> => {
  const damaged: Damage[] = []
  const checkedLogs = new Set<string>()
  const unread = new Set<DocumentId>()
  let documents = 0
  let entries = 0
  for await (const page of deps.store.allDocuments(call.signal)) {
    if (call.signal.aborted) return fail({ code: 'call/aborted' })
    const readable: StoredDocument[] = []
    for (const row of page) {
      documents++
      if (!('code' in row)) {
        entries += row.items.length
        readable.push(row)
        continue
      }
      unread.add(row.key as DocumentId)
      damaged.push({ table: row.table, key: row.key, failure: row })
    }
    const checked = await checkDocuments(deps, readable)
    for (const log of checked.logs) checkedLogs.add(log)
    damaged.push(...checked.damaged)
    call.report?.({ documents })
  }
  // A head whose document is gone would let its log go on from nothing.
  for await (const heads of deps.store.allHeads(undefined, call.signal))
    for (const head of heads) {
      const key = logName(head)
      if (checkedLogs.has(key) || unread.has(head.documentId)) continue
      damaged.push({ table: 'heads', key, failure: { code: 'store/corrupt', table: 'heads', key } })
    }
  return ok({ documents, entries, damaged: damaged.slice(0, maxDamaged) })
}
