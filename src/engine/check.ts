import type { Entry } from '../core/entry/entry.ts'
import { signedPart } from '../core/entry/verify.ts'
import { logName } from '../core/entry/log-name.ts'
import type { DocumentId } from '../core/ids.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { Head, StoredDocument } from '../ports/store.ts'
import type { Call, CheckReport } from './api.ts'
import type { EngineDeps } from './deps.ts'
import { isEnvironmentFailure } from './attempt.ts'
import { examineDocument } from './examine.ts'
import type { Failure } from './failure.ts'

type Damage = CheckReport['damaged'][number]

/** Damaged rows that a report names; a disk that lost everything has no use for more. */
const maxDamaged = 1000

/** Whether the stored head of a log is the newest entry its document holds. */
const checkHead = (entry: Entry, head: Head | undefined, documentId: DocumentId): readonly Damage[] => {
  if (head?.hash === entry.hash && head.documentId === documentId && head.isEnded === entry.isEndOfLog) return []
  const key = logName(entry)
  return [{ table: 'heads', key, failure: { code: 'store/corrupt', table: 'heads', key } }]
}

const checkDocuments = async (
  { verifier, store }: EngineDeps,
  documents: readonly StoredDocument[],
): Promise<{ readonly logs: readonly string[]; readonly damaged: readonly Damage[] }> => {
  const examined = documents.map(examineDocument)
  const claims = examined
    .flatMap(({ entries }) => entries)
    .map((entry) => ({ publicKey: entry.publicKey, message: signedPart(entry), signature: entry.signature }))
  const verdicts = (await verifier.verify(claims)).values()
  const last = examined.flatMap(({ newest }) => newest)
  const heads = (await store.heads(last)).values()
  const damaged = examined.flatMap(({ documentId, entries, failures, newest }) => {
    const unsigned = entries
      .filter(() => !verdicts.next().value)
      .map(({ publicKey }): Failure => ({ code: 'entry/signature-invalid', publicKey }))
    const ofDocument = [...unsigned, ...failures].map((failure) => ({ table: 'docs', key: documentId, failure }))
    return [...ofDocument, ...newest.flatMap((entry) => checkHead(entry, heads.next().value, documentId))]
  })
  return { logs: last.map(logName), damaged }
}

/** Views that are there and cannot be read. A page of views is read as one; those it lacks are asked for by name. */
const checkViews = async ({ store }: EngineDeps, documents: readonly StoredDocument[]): Promise<readonly Damage[]> => {
  const ids = documents.map(({ documentId }) => documentId)
  const views = ids.length > 0 ? await store.views(ids) : []
  const damaged: Damage[] = []
  for (const [at, id] of ids.entries()) {
    if (views[at]) continue
    try {
      await store.view(id)
    } catch (thrown) {
      if (!isEnvironmentFailure(thrown) || thrown.code !== 'store/corrupt') throw thrown
      damaged.push({ table: thrown.table, key: thrown.key, failure: thrown })
    }
  }
  return damaged
}

/**
 * Reads every stored document and judges it again from its bytes: entries and operations decode, payloads have their hashes, signatures
 * hold, links and heads agree, views can be read. Changes nothing. What is damaged is named, and the walk goes on.
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
    damaged.push(...checked.damaged, ...(await checkViews(deps, readable)))
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
