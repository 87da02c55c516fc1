import { type Result, ok } from '../core/result.ts'
import type { Call, EngineApi } from './api.ts'
import { assemble } from './assemble.ts'
import { attempt, isEnvironmentFailure } from './attempt.ts'
import { blobInfo, getBlob, putBlob } from './blob.ts'
import { exportBundle } from './bundle/export.ts'
import { importBundle } from './bundle/import.ts'
import { checkStore } from './check.ts'
import { defineSchema } from './define-schema.ts'
import type { EngineDeps, EngineOptions, EnginePorts } from './deps.ts'
import type { Failure } from './failure.ts'
import { createAuthorityApi } from './authority/api.ts'
import { changeMember } from './groups/change-member.ts'
import type { LinkingHost } from './identity/link-api.ts'
import { openIdentity } from './identity/open-identity.ts'
import { openLink } from './identity/open-link.ts'
import { keepDoor, openInvites } from './invites/open-invites.ts'
import { entriesOf, entryOf, listForks, listLogs, listPending, listUsage } from './inspect.ts'
import { readNote, writeNote } from './notes.ts'
import { cleanPicture, thumbnail } from './pictures.ts'
import { createOutbox } from './outbox/outbox.ts'
import { publishDrafts } from './publish.ts'
import { queryDocuments } from './query/query.ts'
import { currentDocument, documentAt, documentHistory } from './read-document.ts'
import { lookAfterOthers, recover } from './recover.ts'
import { say } from './say.ts'
import { createSearch } from './search.ts'
import type { SyncHost } from './sync/api.ts'
import { createSync, loadLine } from './sync/sync.ts'
import { nodesOf } from './hosting/group-nodes.ts'
import { watch, watchDocument, watchHistory, watchQuery, watchSchemas } from './watch.ts'

/** What is said of this program to peers: for people who look for a fault. */
const agent = 'takibi'
/** Before whoever could not lead tries again. */
const leadAgainMs = 30_000

/** The engine, seen from the host that runs it: beside what everybody may ask, it takes channels to peers. */
export type LocalEngine = EngineApi & SyncHost & LinkingHost

/** Does something once views are up to date. */
export type Read = <T>(body: () => Promise<Result<T, Failure>>, signal?: AbortSignal) => Promise<Result<T, Failure>>

export interface StartedEngine {
  readonly api: LocalEngine
  readonly deps: EngineDeps
  readonly read: Read
}

/**
 * An engine over its ports: everything a node does, on one database that others may share.
 *
 *     publish --> ingest --> Store.commit --> materialise --> changes --> watchers here and in other engines
 *     import  -->
 *
 * Begins to work off what an earlier crash left at once, in the background. `close` ends everything it started, and closes the store.
 *
 * @param load gives what the first connection needs; for those who have it at hand
 */
export const createEngine = (ports: EnginePorts, options: EngineOptions, load = loadLine): LocalEngine =>
  startEngine(ports, options, load).api

/** The same, with what others build on: its parts, and how to read with views up to date. */
export function startEngine(ports: EnginePorts, options: EngineOptions, load = loadLine): StartedEngine {
  const end = new AbortController()
  const deps = assemble(ports, options, end.signal)
  const { changes, schemas, materialiser } = deps
  const search = createSearch(deps)
  const { close: closeSync, ...sync } = createSync(deps, agent, load)

  /** Reading sees what this engine stored before: views are brought up to date first. */
  const read: Read = (body, signal) =>
    attempt(async () => {
      await materialiser.settled()
      return body()
    }, signal)
  /** What is watched is told anew after every change; only the first look has to wait. */
  const settledFirst = async (begin: () => Promise<void>): Promise<void> => {
    await materialiser.settled()
    await begin()
  }
  /** For what lies in the store as it came. */
  const look = attempt
  const identity = openIdentity(deps)
  /** Whatever is written here has a person behind it. */
  const write = <T>(body: () => Promise<T>, { signal }: Pick<Call, 'signal'>): Promise<T> =>
    identity.beforeWriting(signal)?.then(body) ?? body()
  const invites = openInvites(deps)
  const lead = lifelong(deps)

  const api: LocalEngine = {
    publicKeys: () => look(async () => ok(await ports.keys.publicKeys())),
    publish: (drafts, call) => write(() => publishDrafts(deps, drafts, call), call),
    say: (group, saying, call) => write(() => say(deps, group, saying, call), call),
    defineSchema: (draft, call) => write(() => defineSchema(deps, draft, call), call),
    schemas: () => read(async () => ok(await schemas.all())),
    document: (id) => read(() => currentDocument(deps, id)),
    documentAt: (viewId) => look(() => documentAt(deps, viewId)),
    history: (id) => look(() => documentHistory(deps, id)),
    query: (query, call) => read(() => queryDocuments(deps, query, call), call.signal),
    search: (text, range, call) => read(() => search.find(text, range, call), call.signal),
    watchDocument: (id, call) => settledFirst(() => watchDocument(deps, id, call)),
    watchHistory: (id, call) => settledFirst(() => watchHistory(deps, id, call)),
    watchQuery: (query, call) => settledFirst(() => watchQuery(deps, query, call)),
    watchSchemas: (call) => settledFirst(() => watchSchemas(deps, call)),
    putBlob: (source, about, call) => write(() => look(() => putBlob(deps, source, about, call), call.signal), call),
    blobInfo: (id) => read(() => blobInfo(deps, id)),
    getBlob: (id, call) => read(() => getBlob(deps, id, call), call.signal),
    thumbnail: (id, edge) => read(() => thumbnail(deps, id, edge)),
    cleanPicture: (bytes, mimeType) => look(() => cleanPicture(deps, bytes, mimeType)),
    exportBundle: (scope, call) => read(() => exportBundle(deps, scope, call), call.signal),
    importBundle: (source, call) => look(() => importBundle(deps, source, call), call.signal),
    note: (key) => look(() => readNote(deps, key)),
    putNote: (key, value) => look(() => writeNote(deps, key, value)),
    logs: (publicKey) => look(() => listLogs(deps, publicKey)),
    entriesOf: (documentId) => look(() => entriesOf(deps, documentId)),
    entry: (id) => look(() => entryOf(deps, id)),
    forks: () => look(() => listForks(deps)),
    pendingItems: (limit) => look(() => listPending(deps, limit)),
    usage: () => look(() => listUsage(deps)),
    check: (call) => read(() => checkStore(deps, call), call.signal),
    ...sync,
    ...createOutbox(deps),
    ...identity.api,
    ...openLink(deps),
    ...createAuthorityApi(deps),
    ...invites,
    knock: (link, name, call) => write(() => invites.knock(link, name, call), call),
    watchGroupNodes: (group, call) =>
      settledFirst(() =>
        watch(
          deps,
          ({ authority }) => authority === true,
          async (report) => report(ok((await nodesOf(deps, group)).filter(({ isLive }) => isLive))),
          call,
        ),
      ),
    changeMember: (change, call) => write(() => attempt(() => changeMember(deps, change, call), call.signal), call),
    close: async () => {
      await closeSync()
      end.abort()
      await Promise.allSettled([lead, materialiser.settled()])
      changes.close()
      await ports.store[Symbol.asyncDispose]()
    },
  }
  return { api, deps, read }
}

/** Leads, as soon as no other engine on this database does, until it is closed: one of them at a time does what nobody asked for. */
async function lifelong(deps: EngineDeps): Promise<void> {
  const { locks, database, life, log, clock } = deps
  const ended = new Promise<void>((resolve) => life.addEventListener('abort', () => resolve(), { once: true }))
  const body = async (): Promise<void> => {
    await recover(deps)
    await Promise.race([lookAfterOthers(deps), keepDoor(deps), ended])
  }
  while (!life.aborted) {
    try {
      await locks.hold(`takibi/${database}/lead`, body, life)
    } catch (thrown) {
      if (life.aborted) return
      if (!isEnvironmentFailure(thrown)) throw thrown
      log.warn('What an earlier start left undone stays so for now', thrown)
      // A database elsewhere may be back by then.
      await clock.sleep(leadAgainMs, life).catch(() => undefined)
    }
  }
}
