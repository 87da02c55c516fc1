import { bytesToHex } from '../core/bytes/hex.ts'
import type { DocumentId } from '../core/ids.ts'
import { maxIngestBatch } from '../core/limits.ts'
import type { Change, QueueRow, Store, ViewRow } from '../ports/store.ts'
import { isEnvironmentFailure } from './attempt.ts'
import type { AuthorityBook } from './authority/book.ts'
import type { ChangesHub, RowChange } from './changes-hub.ts'
import type { EnginePorts } from './deps.ts'
import { planViews } from './materialise-plan.ts'
import type { SchemaRegistry } from './schema-registry.ts'
import type { Opener } from './sealed/opener.ts'
import { type ReadDocument, readStored } from './stored-document.ts'
import { arrivedMeanwhile } from './wake.ts'
import { planEnteringGroups } from './sync/enter-groups.ts'
import { planEntering } from './sync/enter-scopes.ts'
import type { SharedScopes } from './sync/shared-scopes.ts'

/**
 * Brings views up to date with the operations that were stored.
 *
 *     ingest --commit--> items + a queue row  -->  add(work)  -->  views, index keys, and the queue row is gone, in one commit
 *                                 |                                              ^
 *                                 '-- crash --> drain() at the next start -------'
 *
 * All engines on a database take turns by one lock, so whoever writes a view has read everything that was stored before.
 */
export interface Materialiser {
  /** How often another engine materialised between two turns of ours; to be read before a commit, and given with its work. */
  readonly age: () => number
  /** What a commit left in the queue. Starts at once; the caller does not have to wait. */
  readonly add: (work: Work) => void
  /** Resolves when everything added until now is in the views, or failed there and stays in the queue. */
  readonly settled: () => Promise<void>
  /**
   * Resolves when little enough is waiting for its views, so that a long import does not fill the memory with it. Changes of the same few
   * documents do not count: the longer they wait, the more of them one reduction serves.
   */
  readonly room: () => Promise<void>
  /** Runs something that stores a batch. Views give way to it: whoever writes many batches is done sooner alone. */
  readonly whileWriting: <T>(body: () => Promise<T>) => Promise<T>
  /** Works off what a crash left in the queue. */
  readonly drain: (report: (documents: number) => void) => Promise<void>
  /** Runs while nobody writes views: for those who change them in another way (an index that is being built). */
  readonly hold: <T>(body: () => Promise<T>, signal: AbortSignal) => Promise<T>
}

export interface Work {
  readonly documentIds: readonly DocumentId[]
  /** Documents that began in the commit, whole: they need not be read again, unless another engine had its turn since. */
  readonly fresh: ReadonlyMap<DocumentId, ReadDocument>
  /** What `fresh` keeps in memory, roughly. */
  readonly bytes?: number
  readonly age: number
}

type MaterialiserPorts = Pick<EnginePorts, 'store' | 'locks' | 'log' | 'random'> & {
  readonly database: string
  readonly life: AbortSignal
  readonly changes: ChangesHub
  readonly schemas: SchemaRegistry
  readonly authority: AuthorityBook
  readonly scopes: SharedScopes
  readonly opener: Opener
}

/** Who materialised last. While it says us, nobody else can have added to a document that began in our own commit and is not yet in the views. */
const turnKey = 'engine/materialiser'
/** Documents that may wait in memory; large ones count for several. */
const maxWeight = 10_000
/** Reads long, some milliseconds in a browser: how long views wait whether somebody goes on writing. */
const patience = 8
const bytesPerDocument = 2_048
/** Views of which watchers hear what they were: a person's own changes, not an import. */
const maxToldRows = 64
/** Rows of the queue looked at in one turn, 500 documents each at most. */
const queueWindow = 64
/** Another engine's index builder may change families under us, but not for ever. */
const maxAttempts = 20

interface Waiter {
  readonly until: number
  readonly resolve: () => void
  readonly reject: (bug: unknown) => void
}

export function createMaterialiser(ports: MaterialiserPorts): Materialiser {
  const { store, locks, log, database, life, changes, schemas, scopes, authority, opener } = ports
  const self = bytesToHex(ports.random.bytes(16))
  let age = 0
  let works: readonly Work[] = []
  let isRunning = false
  /** Works that are through; those behind them wait in `works`. */
  let done = 0
  let waiters: Waiter[] = []
  /** Who stores something just now; and what views wait for meanwhile. */
  let writers = 0
  let goOn = (): void => undefined
  life.addEventListener('abort', () => goOn(), { once: true })

  const hold = <T>(body: () => Promise<T>, signal: AbortSignal): Promise<T> =>
    locks.hold(`takibi/${database}/materialise`, body, signal)

  /**
   * A turn that does nothing, where the first one can wait: what is stored from here on need not be read again for its views, since now
   * it would be known if another engine had its turn in between.
   */
  const takeEmptyTurn = (): Promise<void> =>
    hold(async () => {
      age++
      await store.commit([{ put: 'local', key: turnKey, value: self }], [])
    }, life)

  /** What was woken so, each for the same reason once: it may be that what is stored is of no use. */
  const wokenFor = new Set<string>()
  /**
   * Documents that wait for an operation which was stored while their views were made: whoever stored it looked for those who wait before these said
   * that they do.
   */
  const wakeMissed = async (changed: readonly Change[]): Promise<readonly (readonly DocumentId[])[]> => {
    const waiting = changed.flatMap((change) => ('put' in change && change.put === 'pending' ? [change.value] : []))
    const arrived = new Set(waiting.length > 0 ? await arrivedMeanwhile(store, waiting) : [])
    const missed = waiting.filter(({ id, awaits }) => arrived.has(awaits) && !wokenFor.has(`${id} ${awaits}`))
    if (missed.length === 0) return []
    for (const { id, awaits } of missed) wokenFor.add(`${id} ${awaits}`)
    const documentIds = [...new Set(missed.map(({ id }) => id as string as DocumentId))]
    await store.commit(
      [...documentIds.map((id): Change => ({ delete: 'pending', id })), { put: 'queue', documentIds }],
      [],
    )
    return [documentIds]
  }

  /** One turn: reads, reduces and commits some works. The lock is held. Gives what this woke. */
  const takeTurn = async (taken: readonly Work[]): Promise<readonly Work[]> => {
    const [last, queue] = await Promise.all([store.local(turnKey), store.queue(queueWindow)])
    const isOurs = last === self
    if (!isOurs) age++
    const rows = rowsOf(taken, queue)
    const { documents, fresh, before } = await readAll(store, taken, age)
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const views = await planViews({ store, schemas, authority, opener }, documents, isOurs)
      const entering = await planEntering({ store, schemas, scopes }, documents, views.changes, fresh)
      const inGroups = await planEnteringGroups({ store, schemas }, documents, views.homes)
      const shared = new Set([...entering.documentIds, ...inGroups.documentIds])
      const plan = { ...views, changes: views.changes.map((change) => markShared(change, shared)) }
      const outcome = await store.commit(
        [
          ...plan.changes,
          ...entering.changes,
          ...inGroups.changes,
          ...rows.map((id) => ({ delete: 'queue', id }) as const),
          ...(isOurs ? [] : [{ put: 'local', key: turnKey, value: self } as const]),
        ],
        plan.expect,
      )
      if (plan.changed.schemas || outcome === 'stale') schemas.forgetFamilies()
      if (outcome === 'stale') continue
      plan.committed()
      const told = before && rowChanges(plan.changes, before)
      changes.announce(told ? { ...plan.changed, rows: told } : plan.changed)
      const missed = await wakeMissed(plan.changes)
      return [...plan.woken, ...missed].map((documentIds) => ({ documentIds, fresh: new Map(), age }))
    }
    log.warn('Views could not be brought up to date: the families of schemas kept changing', { attempts: maxAttempts })
    return []
  }

  const isUrgent = (): boolean => waiters.length > 0 || life.aborted || countExcess(works) > 0
  /** Waits while batches are being stored, one after the other, as long as nobody wants to read and not too much waits already. */
  const giveWay = async (): Promise<void> => {
    let reads = 0
    while (reads < patience && !isUrgent()) {
      if (writers > 0) {
        await new Promise<void>((resolve) => (goOn = resolve))
        reads = 0
      } else {
        await store.queue(1)
        reads++
      }
    }
  }

  const run = async (): Promise<void> => {
    try {
      while (works.length > 0 && !life.aborted) {
        if (age === 0 && !isUrgent()) await takeEmptyTurn()
        await giveWay()
        const taken = takeSome(works)
        const woken = await hold(() => takeTurn(taken), life)
        // What was woken comes first: whoever waits for these works waits for it too.
        works = [...woken, ...works.slice(taken.length)]
        done += taken.length - woken.length
        letGo((waiter) => waiter.until <= done)
      }
      isRunning = false
      letGo(() => true)
    } catch (thrown) {
      // A full disk or a closed store: the rows stay in the queue, and the works here come on with the next commit.
      isRunning = false
      if (!life.aborted) log.warn('Views were not brought up to date; what was stored stays, and waits', { thrown })
      letGo(() => true, isEnvironmentFailure(thrown) || life.aborted ? undefined : { thrown })
    }
  }
  const letGo = (isDone: (waiter: Waiter) => boolean, bug?: { readonly thrown: unknown }): void => {
    const free = waiters.filter(isDone)
    waiters = waiters.filter((waiter) => !isDone(waiter))
    for (const { resolve, reject } of free) {
      if (bug) reject(bug.thrown)
      else resolve()
    }
  }
  const add = (work: Work): void => {
    works = [...works, work]
    if (countExcess(works) > 0) goOn()
    if (isRunning) return
    isRunning = true
    void run()
  }
  const waitFor = async (count: number): Promise<void> => {
    if (!isRunning || count <= 0) return
    const isThrough = new Promise<void>((resolve, reject) => {
      waiters.push({ until: done + count, resolve, reject })
    })
    goOn()
    await isThrough
  }
  const whileWriting = async <T>(body: () => Promise<T>): Promise<T> => {
    writers++
    try {
      return await body()
    } finally {
      writers--
      if (writers === 0) goOn()
    }
  }
  const settled = (): Promise<void> => waitFor(works.length)

  return {
    age: () => age,
    add,
    settled,
    room: () => waitFor(countExcess(works)),
    hold,
    whileWriting,
    drain: async (report) => {
      for (let documents = 0; !life.aborted;) {
        const [row] = await store.queue(1)
        if (!row) return
        add({ documentIds: row.documentIds, fresh: new Map(), age })
        await settled()
        // Still there: the disk is full, or the like. The next start tries again.
        if ((await store.queue(1))[0]?.id === row.id) return
        report((documents += row.documentIds.length))
      }
    },
  }
}

/** A view that is about to be stored, of a document that enters a scope in the same commit. */
const markShared = (change: Change, entering: ReadonlySet<DocumentId>): Change =>
  'put' in change && change.put === 'view' && entering.has(change.value.documentId)
    ? { ...change, value: { ...change.value, mark: 'shared' } }
    : change

const rowChanges = (
  changes: readonly Change[],
  before: ReadonlyMap<DocumentId, ViewRow | undefined>,
): readonly RowChange[] =>
  changes.flatMap((change): RowChange[] => {
    if ('put' in change)
      return change.put === 'view' ? [{ was: before.get(change.value.documentId), is: change.value }] : []
    return change.delete === 'view' ? [{ was: before.get(change.documentId), is: undefined }] : []
  })

/** How many of the oldest works have to be through before the rest weighs little enough. */
function countExcess(works: readonly Work[]): number {
  let weight = 0
  const light = works.findLastIndex(({ documentIds, fresh, bytes = 0 }) => {
    weight += documentIds.length + (fresh.size > 0 ? bytes / bytesPerDocument : 0)
    return weight > maxWeight
  })
  return light + 1
}

/** As many works as fit in one commit; at least one. */
function takeSome(works: readonly Work[]): readonly Work[] {
  let documents = 0
  const end = works.findIndex((work, at) => {
    documents += work.documentIds.length
    return at > 0 && documents > maxIngestBatch
  })
  return end < 0 ? works : works.slice(0, end)
}

/** The queue rows these works came with. Rows that say the same are worth the same: whoever wrote the other one has its own work to do. */
function rowsOf(works: readonly Work[], queue: readonly QueueRow[]): readonly number[] {
  const left = [...queue]
  return works.flatMap(({ documentIds }) => {
    const at = left.findIndex((row) => isSameList(row.documentIds, documentIds))
    return at < 0 ? [] : left.splice(at, 1).map(({ id }) => id)
  })
}

const isSameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, at) => item === b[at])

interface ReadWorks {
  readonly documents: ReadonlyMap<DocumentId, ReadDocument>
  /** Those that began in these works. */
  readonly fresh: ReadonlySet<DocumentId>
  /** The views of those that did not begin in these works, as they were; `undefined` where all are too many to be worth it. */
  readonly before: ReadonlyMap<DocumentId, ViewRow | undefined> | undefined
}

/** The documents of these works as they are now. Damaged ones are left out; `check` names them. */
async function readAll(store: Store, works: readonly Work[], age: number): Promise<ReadWorks> {
  const documents = new Map<DocumentId, ReadDocument>()
  const toRead = new Set<DocumentId>()
  for (const work of works)
    for (const id of work.documentIds) {
      const fresh = work.age === age ? work.fresh.get(id) : undefined
      if (fresh && !documents.has(id) && !toRead.has(id)) documents.set(id, fresh)
      else toRead.add(id)
    }
  const older = [...toRead]
  const fresh = new Set(documents.keys())
  for (const id of older) fresh.delete(id)
  const isTold = new Set([...fresh, ...older]).size <= maxToldRows
  const [stored, views] = await Promise.all([
    older.length > 0 ? store.documents(older) : [],
    isTold && older.length > 0 ? store.views(older) : [],
  ])
  for (const document of stored) {
    const read = document && !('code' in document) ? readStored(document) : undefined
    if (read && !('code' in read)) documents.set(read.documentId, read)
  }
  return { documents, fresh, before: isTold ? new Map(older.map((id, at) => [id, views[at]])) : undefined }
}
