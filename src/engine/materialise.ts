import { bytesToHex } from '../core/bytes/hex.ts'
import type { DocumentId } from '../core/ids.ts'
import { maxIngestBatch } from '../core/limits.ts'
import type { QueueRow, Store } from '../ports/store.ts'
import { isEnvironmentFailure } from './attempt.ts'
import type { ChangesHub } from './changes-hub.ts'
import type { EnginePorts } from './deps.ts'
import { planViews } from './materialise-plan.ts'
import type { SchemaRegistry } from './schema-registry.ts'
import { type ReadDocument, readStored } from './stored-document.ts'

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
  /** Works off what a crash left in the queue. */
  readonly drain: (report: (documents: number) => void) => Promise<void>
  /** Runs while nobody writes views: for those who change them in another way (an index that is being built). */
  readonly hold: <T>(body: () => Promise<T>, signal: AbortSignal) => Promise<T>
}

export interface Work {
  readonly documentIds: readonly DocumentId[]
  /** Documents that began in the commit, whole: they need not be read again, unless another engine had its turn since. */
  readonly fresh: ReadonlyMap<DocumentId, ReadDocument>
  readonly age: number
}

type MaterialiserPorts = Pick<EnginePorts, 'store' | 'locks' | 'log' | 'random'> & {
  readonly database: string
  readonly life: AbortSignal
  readonly changes: ChangesHub
  readonly schemas: SchemaRegistry
}

/** Who materialised last. While it says us, nobody else can have added to a document that began in our own commit and is not yet in the views. */
const turnKey = 'engine/materialiser'
/** Rows of the queue looked at in one turn, 500 documents each at most. */
const queueWindow = 64
/** Another engine's index builder may change families under us, but not for ever. */
const maxAttempts = 20

export function createMaterialiser(ports: MaterialiserPorts): Materialiser {
  const { store, locks, log, database, life, changes, schemas } = ports
  const self = bytesToHex(ports.random.bytes(16))
  let age = 0
  let works: readonly Work[] = []
  let running: Promise<void> | undefined

  const hold = <T>(body: () => Promise<T>, signal: AbortSignal): Promise<T> =>
    locks.hold(`takibi/${database}/materialise`, body, signal)

  /** One turn: reads, reduces and commits some works. The lock is held. */
  const takeTurn = async (taken: readonly Work[]): Promise<void> => {
    const isOurs = (await store.local(turnKey)) === self
    if (!isOurs) age++
    const rows = rowsOf(taken, await store.queue(queueWindow))
    const documents = await readAll(store, taken, age)
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const plan = await planViews({ store, schemas }, documents)
      const outcome = await store.commit(
        [
          ...plan.changes,
          ...rows.map((id) => ({ delete: 'queue', id }) as const),
          ...(isOurs ? [] : [{ put: 'local', key: turnKey, value: self } as const]),
        ],
        plan.expect,
      )
      if (plan.changed.schemas || outcome === 'stale') schemas.forgetFamilies()
      if (outcome === 'stale') continue
      changes.announce(plan.changed)
      works = [...works, ...plan.woken.map((documentIds) => ({ documentIds, fresh: new Map(), age }))]
      return
    }
    log.warn('Views could not be brought up to date: the families of schemas kept changing', { attempts: maxAttempts })
  }

  const run = async (): Promise<void> => {
    while (works.length > 0 && !life.aborted) {
      const taken = takeSome(works)
      works = works.slice(taken.length)
      await hold(() => takeTurn(taken), life)
    }
  }
  /** A full disk or a closed store ends the run; the rows stay in the queue, and what was taken comes back with the next commit. */
  const start = (): void => {
    const queued = works
    running ??= run()
      .catch((thrown: unknown) => {
        if (!isEnvironmentFailure(thrown) && !life.aborted) throw thrown
        log.warn('Views were not brought up to date; the changes are stored and wait', { reason: String(thrown) })
        works = [
          ...queued.map((work) => ({ ...work, fresh: new Map() })),
          ...works.filter((work) => !queued.includes(work)),
        ]
      })
      .finally(() => {
        running = undefined
      })
  }
  const settled = (): Promise<void> => running ?? Promise.resolve()

  return {
    age: () => age,
    add: (work) => {
      works = [...works, work]
      start()
    },
    settled,
    hold,
    drain: async (report) => {
      for (let done = 0; !life.aborted;) {
        const [row] = await store.queue(1)
        if (!row) return
        works = [...works, { documentIds: row.documentIds, fresh: new Map(), age }]
        start()
        await settled()
        if ((await store.queue(1))[0]?.id === row.id) return
        report((done += row.documentIds.length))
      }
    },
  }
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

/** The documents of these works as they are now. Damaged ones are left out; `check` names them. */
async function readAll(
  store: Store,
  works: readonly Work[],
  age: number,
): Promise<ReadonlyMap<DocumentId, ReadDocument>> {
  const documents = new Map<DocumentId, ReadDocument>()
  const toRead = new Set<DocumentId>()
  for (const work of works)
    for (const id of work.documentIds) {
      const fresh = work.age === age ? work.fresh.get(id) : undefined
      if (fresh && !documents.has(id) && !toRead.has(id)) documents.set(id, fresh)
      else toRead.add(id)
    }
  for (const document of toRead.size > 0 ? await store.documents([...toRead]) : []) {
    const read = document && !('code' in document) ? readStored(document) : undefined
    if (read && !('code' in read)) documents.set(read.documentId, read)
  }
  return documents
}
