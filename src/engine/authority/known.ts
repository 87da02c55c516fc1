import { type Authority, createAuthority } from '../../core/authority/authority.ts'
import { logName } from '../../core/entry/log-name.ts'
import type { DocumentId, PublicKey } from '../../core/ids.ts'
import { maxIngestBatch } from '../../core/limits.ts'
import type { Fork, Store } from '../../ports/store.ts'
import type { ReadDocument } from '../stored-document.ts'
import { readDocuments } from '../sync/enter-scopes.ts'
import { type JudgedRow, controlPrefix, judgedPrefix, versionKey } from './rows.ts'
import { type WaitingDigest, readStatements, settleDigests } from './take-in.ts'

/** What is known at one time; replaced as a whole where another engine knows more. */
export interface Known {
  readonly authority: Authority
  /** Of `versionKey`: how often anybody registered something. */
  version: number
  /** Documents that count, by how many operations of them were taken in. */
  readonly registered: Map<DocumentId, number>
  /** By group and key, as the views that are stored were judged. */
  readonly fingerprints: Map<DocumentId, Map<PublicKey, string>>
  /** The documents of a group, as they were judged. */
  readonly judged: Map<DocumentId, Map<DocumentId, JudgedRow>>
  digests: readonly WaitingDigest[]
  readonly forks: Set<string>
}

/** The documents of a group, read once. */
export async function judgedIn(store: Store, known: Known, group: DocumentId): Promise<Map<DocumentId, JudgedRow>> {
  const before = known.judged.get(group)
  if (before !== undefined) return before
  const prefix = judgedPrefix(group)
  const rows = await store.localWith(prefix)
  const judged = new Map(rows.map(([key, value]) => [key.slice(prefix.length) as DocumentId, value as JudgedRow]))
  known.judged.set(group, judged)
  return judged
}

export const readVersion = async (store: Store): Promise<number> => Number((await store.local(versionKey)) ?? 0)

/** Everything that is registered, as the views that are stored were judged. */
export async function loadKnown(store: Store): Promise<Known> {
  const [version, rows, forks] = await Promise.all([readVersion(store), store.localWith(controlPrefix), store.forks()])
  const registered = new Map(rows.map(([key, value]) => [key.slice(controlPrefix.length) as DocumentId, Number(value)]))
  const authority = createAuthority()
  const ids = [...registered.keys()]
  const digests: WaitingDigest[] = []
  for (let at = 0; at < ids.length; at += maxIngestBatch) {
    const documents = await readDocuments(store, ids.slice(at, at + maxIngestBatch))
    const taken = [...documents.values()].map((document) => firstOf(document, registered.get(document.documentId) ?? 0))
    const statements = await readStatements(store, taken)
    authority.add(statements.entries)
    digests.push(...statements.digests)
  }
  authority.add([], forks)
  return {
    authority,
    version,
    registered,
    fingerprints: new Map(),
    judged: new Map(),
    digests: await settleDigests(store, authority, digests),
    forks: new Set(forks.map(forkName)),
  }
}

/** What of a document was taken in: later operations wait for their turn, so that what they change is noticed. */
const firstOf = (document: ReadDocument, count: number): ReadDocument => ({
  ...document,
  operations: document.operations.slice(0, count),
})

export const forkName = (fork: Fork): string => `${logName(fork)}/${fork.seqNum}`
