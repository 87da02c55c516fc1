import { type Authority, createAuthority } from '../../core/authority/authority.ts'
import { logName } from '../../core/entry/log-name.ts'
import type { DocumentId, PublicKey } from '../../core/ids.ts'
import { maxIngestBatch } from '../../core/limits.ts'
import type { Fork, Store } from '../../ports/store.ts'
import type { ReadDocument } from '../stored-document.ts'
import { readDocuments } from '../sync/enter-scopes.ts'
import type { Shape } from './homes.ts'
import { type JudgedRow, controlPrefix, judgedPrefix, versionKey } from './rows.ts'
import { type WaitingDigest, readStatements, settleDigests } from './take-in.ts'

/** What is known at one time; replaced as a whole where another engine knows more. */
export interface Known {
  readonly authority: Authority
  /** Of `versionKey`: how often anybody registered something. */
  version: number
  /** What a turn is about to write there: in the store before it is noted here. */
  writing?: number
  /** Documents that count, by how many operations of them were taken in. */
  readonly registered: Map<DocumentId, number>
  /** By group and key, as the views that are stored were judged. */
  readonly fingerprints: Map<DocumentId, Map<PublicKey, string>>
  /** By group, as the views that are stored were made. */
  readonly shapes: Map<DocumentId, Shape>
  /** The documents of a group, as they were judged. */
  readonly judged: Map<DocumentId, Promise<Map<DocumentId, JudgedRow>>>
  digests: readonly WaitingDigest[]
  readonly forks: Set<string>
}

/** The documents of a group, read once. Asked for while a turn goes on, it gets what that turn came to as soon as it is committed: see `noteJudged`. */
export function judgedIn(store: Store, { judged }: Known, group: DocumentId): Promise<Map<DocumentId, JudgedRow>> {
  const before = judged.get(group)
  if (before !== undefined) return before
  const prefix = judgedPrefix(group)
  const reading = store
    .localWith(prefix)
    .then((rows) => new Map(rows.map(([key, value]) => [key.slice(prefix.length) as DocumentId, value as JudgedRow])))
  judged.set(group, reading)
  reading.catch(() => judged.delete(group))
  return reading
}

/** After a commit: also what was being read meanwhile has to hold it, and may have been read before. */
export const noteJudged = ({ judged }: Known, group: DocumentId, id: DocumentId, row: JudgedRow): void =>
  void judged.get(group)?.then(
    (rows) => rows.set(id, row),
    () => undefined,
  )

export const readVersion = async (store: Store): Promise<number> => Number((await store.local(versionKey)) ?? 0)

/** Everything that is registered, as the views that are stored were judged. */
export async function loadKnown(store: Store): Promise<Known> {
  // First of all: what is read after it may be newer, and is read again then. Beside it, it could be older, and nobody would notice.
  const version = await readVersion(store)
  const [rows, forks] = await Promise.all([store.localWith(controlPrefix), store.forks()])
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
    shapes: new Map(),
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
