import { decodeEntry } from '../core/entry/decode.ts'
import type { DocumentId, Hash, OperationId, PublicKey } from '../core/ids.ts'
import { ok, type Result } from '../core/result.ts'
import type { StoredDocument, TableUsage } from '../ports/store.ts'
import type { EntryInfo, ForkInfo, LogInfo, PendingInfo } from './api.ts'
import type { EngineDeps } from './deps.ts'
import type { Failure } from './failure.ts'

type Deps = Pick<EngineDeps, 'store' | 'life'>

/** All logs, or those of one key, ordered by key and log id. */
export const listLogs = async (
  { store, life }: Deps,
  publicKey: PublicKey | undefined,
): Promise<Result<readonly LogInfo[], Failure>> => {
  const logs: LogInfo[] = []
  for await (const heads of store.allHeads(publicKey, life))
    for (const { publicKey: key, logId, seqNum, documentId, isEnded } of heads)
      logs.push({ publicKey: key, logId, seqNum, documentId, isEnded })
  return ok(logs)
}

const entryInfos = ({ documentId, items }: StoredDocument): readonly EntryInfo[] =>
  items.map(({ entry, operation, receivedAt, arrival, origin }) => ({
    bytes: entry,
    operation,
    documentId,
    receivedAt,
    arrival,
    origin,
  }))

/** The entries of a document in order of arrival, as bytes; none when it is not here. */
export const entriesOf = async (
  { store }: Deps,
  documentId: DocumentId,
): Promise<Result<readonly EntryInfo[], Failure>> => {
  const document = await store.document(documentId)
  return ok(document ? entryInfos(document) : [])
}

/** One entry by its hash, which is its operation's id. */
export const entryOf = async ({ store }: Deps, id: Hash): Promise<Result<EntryInfo | undefined, Failure>> => {
  const [documentId] = await store.documentsOf([id as OperationId])
  const document = documentId && (await store.document(documentId))
  const infos = document ? entryInfos(document) : []
  return ok(
    infos.find(({ bytes }) => {
      const entry = decodeEntry(bytes)
      return entry.ok && entry.value.hash === id
    }),
  )
}

export const listForks = async ({ store }: Deps): Promise<Result<readonly ForkInfo[], Failure>> => {
  const forks = await store.forks()
  return ok(forks.map(({ publicKey, logId, seqNum, a, b }) => ({ publicKey, logId, seqNum, a: a.hash, b: b.hash })))
}

export const listPending = async ({ store }: Deps, limit: number): Promise<Result<readonly PendingInfo[], Failure>> => {
  const pending = await store.allPending(limit)
  return ok(pending.map(({ id, awaits }) => ({ id, awaits })))
}

export const listUsage = async ({ store }: Deps): Promise<Result<readonly TableUsage[], Failure>> =>
  ok(await store.usage())
