import type { DocumentId, OperationId } from '../../core/ids.ts'
import { fail, ok } from '../../core/result.ts'
import type { Store } from '../../ports/store.ts'
import { attempt } from '../attempt.ts'
import type { EngineDeps } from '../deps.ts'
import { partOf } from '../sync/shared-scopes.ts'
import type { OutboxApi, OutboxState } from './api.ts'
import { endPause, endRefused, readPause, readRefused } from './notes.ts'
import { outboxLock, tellChanged } from './turns.ts'
import { forgetTarget, rowsForDocuments } from './rows.ts'
import { type OutboxTarget, isPublishUrl, publishPrefix, readTargets } from './targets.ts'

/** Between two reports, milliseconds. */
const reportEveryMs = 500
/** Rows that are counted: with more of them every change would cost reading them all. */
const maxCounted = 1_000

/** The outbox of an engine. */
export function createOutbox(deps: EngineDeps): OutboxApi {
  const { store, changes, clock, life } = deps
  const states = async (): Promise<readonly OutboxState[]> => {
    const { all } = await readTargets(store)
    return Promise.all(all.map((target) => stateOf(store, target)))
  }
  const tell = (): void => tellChanged(changes.announce)
  const drain: OutboxApi['drainOutbox'] = (reason) =>
    attempt(async () => {
      const { http, locks, database, random } = deps
      if (!http) return ok(undefined)
      // In browsers the service worker drains it, and this thread hardly ever.
      const { drainOutbox } = await import('./drain.ts')
      const ports = { store, http, clock, random, onProgress: tell }
      await locks.hold(outboxLock(database), () => drainOutbox(ports, reason, life), life)
      return ok(undefined)
    }, life)

  return {
    outbox: () => attempt(async () => ok(await states())),
    watchOutbox: async ({ signal, report }) => {
      const over = AbortSignal.any([signal, life])
      let isChanged = true
      let wake = (): void => undefined
      const touch = (): void => {
        isChanged = true
        wake()
      }
      const unsubscribe = changes.subscribe(touch)
      over.addEventListener('abort', touch, { once: true })
      while (!over.aborted) {
        isChanged = false
        const seen = await attempt(async () => ok(await states()))
        if (!over.aborted) report?.(seen)
        await clock.sleep(reportEveryMs, over).catch(() => undefined)
        if (!isChanged)
          await new Promise<void>((resolve) => {
            wake = resolve
          })
      }
      unsubscribe()
    },
    retryRefused: (target, id) =>
      attempt(async () => {
        const refused = (await readRefused(store, target)).flatMap((one) =>
          id === undefined || one.id === id ? [one.id] : [],
        )
        await store.commit([...endRefused(target, refused), endPause(target)], [])
        tell()
        // Somebody looks on: this is not left to the next time the service worker is woken.
        void drain('asked')
        return ok(undefined)
      }),
    addPublishTarget: (url) =>
      attempt(async () => {
        if (!isPublishUrl(url)) return fail({ code: 'dial/unsupported', address: url })
        const value = { addedAt: Math.trunc(clock.now()) }
        await store.commit([{ put: 'local', key: publishPrefix + url, value }], [])
        await fillFor(deps, { id: url, kind: 'p2panda', url, isPaused: false })
        tell()
        return ok(undefined)
      }),
    removePublishTarget: (url) =>
      attempt(async () => {
        await store.commit([{ delete: 'local', key: publishPrefix + url }, ...(await forgetTarget(store, url))], [])
        tell()
        return ok(undefined)
      }),
    drainOutbox: drain,
  }
}

async function stateOf(store: Store, { id: target, kind, url }: OutboxTarget): Promise<OutboxState> {
  const waiting = (await store.outbox(target, maxCounted)).length
  const refused = await readRefused(store, target)
  const pause = waiting > 0 ? await readPause(store, target) : undefined
  const documentIds = refused.length > 0 ? await store.documentsOf(refused.map(({ id }) => id as OperationId)) : []
  return {
    target,
    kind,
    url,
    waiting,
    refused: refused.map((one, at) => ({ ...one, ...(documentIds[at] && { documentId: documentIds[at] }) })),
    ...(pause && { said: pause.said, nextAt: pause.nextAt }),
  }
}

/** Queues what is here already, of everything that is shared. Doing it again queues what an interrupted first time left out. */
async function fillFor({ store, scopes, materialiser, life }: EngineDeps, target: OutboxTarget): Promise<void> {
  await materialiser.settled()
  for (const scope of await scopes.all())
    for await (const page of store.partLogs(partOf(scope), 0, life)) {
      const documentIds = new Set<DocumentId>(page.map(({ head }) => head.documentId))
      const rows = await rowsForDocuments(store, [target], [...documentIds])
      if (rows.length > 0) await store.commit(rows, [])
    }
}
