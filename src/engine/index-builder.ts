import type { DocumentId, SchemaId } from '../core/ids.ts'
import type { Change, Store, ViewRow } from '../ports/store.ts'
import type { ChangesHub } from './changes-hub.ts'
import { type FamilyRecord, familyKey } from './families.ts'
import { FIRST_FIELD_INDEX, BY_ID, indexKeysOf } from './index-keys.ts'
import type { Sortable } from './family.ts'
import type { Materialiser } from './materialise.ts'
import type { SchemaRegistry } from './schema-registry.ts'

/** What an index is made of: a field of some kind, or a local time. */
export type IndexWish = Pick<Sortable, 'name' | 'kind'>

/** Builds indexes that nobody asked for before: the first time somebody orders by that field. */
export interface IndexBuilder {
  /**
   * Resolves when every view of the family has its key. Several callers share one run; a caller that stops waiting does not stop it.
   * `report` hears the part that is done, 0 to 1.
   */
  readonly ensure: (
    schemaId: SchemaId,
    wish: IndexWish,
    signal: AbortSignal,
    report?: (part: number) => void,
  ) => Promise<void>
}

interface IndexBuilderPorts {
  readonly store: Store
  readonly life: AbortSignal
  readonly changes: ChangesHub
  readonly schemas: SchemaRegistry
  readonly materialiser: Pick<Materialiser, 'hold'>
}

interface Run {
  readonly done: Promise<void>
  readonly listeners: Set<(part: number) => void>
}

/** Rows rewritten in one commit. */
const rowsPerCommit = 500

const findIndex = (family: FamilyRecord, wish: IndexWish): Sortable | undefined =>
  family.sortable.find(({ name, kind }) => name === wish.name && kind === wish.kind)

/** Waits for something that goes on without us when the signal ends the wait. */
const waitFor = (done: Promise<void>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    void done.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })

export const createIndexBuilder = (ports: IndexBuilderPorts): IndexBuilder => {
  const { store, life, changes, schemas, materialiser } = ports
  const runs = new Map<string, Run>()

  /** The family as it is now; whoever waits for views to stand still reads what others wrote before. */
  const currentFamily = async (schemaId: SchemaId): Promise<FamilyRecord | undefined> => {
    schemas.forgetFamilies()
    return schemas.familyOf(schemaId)
  }

  /** Changes the family's row, and makes every engine read it again. `undefined`: nothing to do any more. */
  const changeFamily = (
    schemaId: SchemaId,
    change: (family: FamilyRecord) => FamilyRecord | undefined,
  ): Promise<FamilyRecord | undefined> =>
    materialiser.hold(async () => {
      for (;;) {
        const family = await currentFamily(schemaId)
        const changed = family && change(family)
        if (!family || !changed) return family
        const key = familyKey(family.id)
        if ((await store.commit([{ put: 'local', key, value: changed }], [{ local: key, value: family }])) === 'stale')
          continue
        schemas.forgetFamilies()
        changes.announce({ documentIds: new Set(), families: new Set([family.number]), schemas: true })
        return changed
      }
    }, life)

  const addIndex = (family: FamilyRecord, wish: IndexWish): FamilyRecord | undefined => {
    if (findIndex(family, wish)) return undefined
    const index = Math.max(FIRST_FIELD_INDEX - 1, ...family.sortable.map((known) => known.index)) + 1
    return { ...family, sortable: [...family.sortable, { name: wish.name, kind: wish.kind, index, isReady: false }] }
  }

  const finishIndex = (family: FamilyRecord, wish: IndexWish): FamilyRecord => ({
    ...family,
    sortable: family.sortable.map((known) =>
      known.name === wish.name && known.kind === wish.kind ? { ...known, isReady: true } : known,
    ),
  })

  /** Writes the keys of one page of rows; nobody else writes views meanwhile. Gives the id to go on after. */
  const rekeyPage = (schemaId: SchemaId, after: DocumentId | undefined): Promise<readonly ViewRow[]> =>
    materialiser.hold(async () => {
      const family = await currentFamily(schemaId)
      if (!family) return []
      const found = await store.viewsIn({
        prefix: [family.number, BY_ID],
        ...(after && { lower: { key: [after], isOpen: true } }),
        direction: 'asc',
        limit: rowsPerCommit,
      })
      const rows = found.map(({ row }) => row)
      const puts = rows.map((row): Change => ({ put: 'view', value: { ...row, keys: indexKeysOf(row, family) } }))
      if (puts.length > 0) await store.commit(puts, [])
      return rows
    }, life)

  const build = async (schemaId: SchemaId, wish: IndexWish, report: (part: number) => void): Promise<void> => {
    const family = await changeFamily(schemaId, (now) => addIndex(now, wish))
    if (!family || findIndex(family, wish)?.isReady) return
    const total = await store.countIn({ prefix: [family.number, BY_ID] })
    let done = 0
    for (let after: DocumentId | undefined; ;) {
      report(total === 0 ? 0 : Math.min(done / total, 1))
      const rows = await rekeyPage(schemaId, after)
      done += rows.length
      after = rows.at(-1)?.documentId
      if (rows.length < rowsPerCommit) break
    }
    await changeFamily(schemaId, (now) => finishIndex(now, wish))
  }

  const start = (key: string, schemaId: SchemaId, wish: IndexWish): Run => {
    const listeners = new Set<(part: number) => void>()
    const done = build(schemaId, wish, (part) => {
      for (const listener of listeners) listener(part)
    }).finally(() => runs.delete(key))
    // Whoever still waits hears of a failure; when nobody does, the next one starts anew.
    done.catch(() => undefined)
    const run = { done, listeners }
    runs.set(key, run)
    return run
  }

  return {
    ensure: async (schemaId, wish, signal, report) => {
      signal.throwIfAborted()
      const key = `${schemaId}/${wish.name}/${wish.kind}`
      const run = runs.get(key) ?? start(key, schemaId, wish)
      if (report) run.listeners.add(report)
      try {
        await waitFor(run.done, signal)
      } finally {
        if (report) run.listeners.delete(report)
      }
    },
  }
}
