import type MiniSearch from 'minisearch'
import type { DocumentId, SchemaId } from '../core/ids.ts'
import { ok, type Result } from '../core/result.ts'
import type { ViewRow } from '../ports/store.ts'
import type { Call, SearchHit } from './api.ts'
import type { Changed } from './changes-hub.ts'
import type { EngineDeps } from './deps.ts'
import { documentView } from './document-view.ts'
import type { Failure } from './failure.ts'
import type { Family } from './family.ts'
import { BY_ID } from './index-keys.ts'
import { pagesOf } from './query/walk.ts'
import { foldWholeText } from './sort-order.ts'

/** Characters of one document that can be found; a bound for the memory that one takes. */
const maxTextOfDocument = 4000
/** Characters of what somebody looks for. */
const maxTextToFind = 200
const rowsPerPage = 500
/** An index that nobody used for so long is dropped; it comes back when somebody does. */
const idleMs = 5 * 60 * 1000
const maxHits = 1000

/** Found by words: their beginnings, and with a letter wrong in every five. */
export interface Search {
  readonly find: (
    text: string,
    options: { readonly schemas?: readonly SchemaId[]; readonly limit: number },
    call: Call,
  ) => Promise<Result<readonly SearchHit[], Failure>>
  /** Texts held in memory, for whoever wants to know. */
  readonly size: () => number
}

interface Entry {
  readonly id: DocumentId
  readonly text: string
}

/** The words of one family, and what changed since they were read. */
interface FamilyIndex {
  readonly words: MiniSearch<Entry>
  /** What was begun last: reading everything, or going over what changed. One at a time. */
  ready: Promise<void>
  readonly stale: Set<DocumentId>
  usedAt: number
}

const textOf = (row: ViewRow): string => {
  let text = ''
  for (const value of Object.values(row.fields)) {
    if (value.kind === 'str') text += `${value.value}\n`
    if (text.length >= maxTextOfDocument) break
  }
  return text.slice(0, maxTextOfDocument)
}

const emptyIndex = (Words: typeof MiniSearch): MiniSearch<Entry> =>
  new Words<Entry>({
    fields: ['text'],
    processTerm: (term) => foldWholeText(term),
    // Cleaning up after deleted words would want a timer; an index with many of them is read anew instead.
    autoVacuum: false,
  })

type SearchDeps = Pick<EngineDeps, 'store' | 'schemas' | 'changes' | 'clock' | 'life' | 'log'>

export const createSearch = (deps: SearchDeps): Search => {
  const { store, schemas, changes, clock, life } = deps
  const indexes = new Map<number, FamilyIndex>()
  let isSweeping = false

  changes.subscribe((changed: Changed) => {
    for (const family of changed.families) {
      const index = indexes.get(family)
      if (index) for (const id of changed.documentIds) index.stale.add(id)
    }
  })

  /** Puts rows in, or in again. */
  const enter = (words: MiniSearch<Entry>, rows: readonly ViewRow[]): void => {
    for (const row of rows) {
      if (words.has(row.documentId)) words.discard(row.documentId)
      const text = textOf(row)
      if (text !== '') words.add({ id: row.documentId, text })
    }
  }

  const readFamily = async (words: MiniSearch<Entry>, family: Family): Promise<void> => {
    const range = { prefix: [family.number, BY_ID], direction: 'asc' } as const
    for await (const page of pagesOf(store, range, rowsPerPage, life))
      enter(
        words,
        page.map(({ row }) => row),
      )
  }

  /** Goes over what changed. Documents of other families are among them: they have another index, or none. */
  const refresh = async (
    index: FamilyIndex,
    family: Family & { readonly versions: readonly SchemaId[] },
  ): Promise<void> => {
    const ids = [...index.stale]
    index.stale.clear()
    for (let at = 0; at < ids.length; at += rowsPerPage) {
      const some = ids.slice(at, at + rowsPerPage)
      const rows = await store.views(some)
      for (const [i, id] of some.entries())
        if ((!rows[i] || rows[i].isDeleted) && index.words.has(id)) index.words.discard(id)
      enter(
        index.words,
        rows.filter((row): row is ViewRow => row?.isDeleted === false && family.versions.includes(row.schemaId)),
      )
    }
  }

  /** Drops what nobody uses, as long as there is anything. */
  const sweep = async (): Promise<void> => {
    if (isSweeping) return
    isSweeping = true
    try {
      while (indexes.size > 0) {
        await clock.sleep(idleMs, life)
        for (const [family, { usedAt }] of indexes) if (clock.now() - usedAt >= idleMs) indexes.delete(family)
      }
    } finally {
      isSweeping = false
    }
  }

  const open = (Words: typeof MiniSearch, family: Family): FamilyIndex => {
    const known = indexes.get(family.number)
    const isWorn = known && known.words.dirtCount > Math.max(known.words.documentCount, rowsPerPage)
    if (known && !isWorn) return known
    const words = emptyIndex(Words)
    const index: FamilyIndex = { words, ready: readFamily(words, family), stale: new Set(), usedAt: clock.now() }
    indexes.set(family.number, index)
    sweep().catch((reason: unknown) => {
      if (!life.aborted) deps.log.warn('Search indexes are not swept any more', { reason: String(reason) })
    })
    return index
  }

  /** An index that could not be read is worth nothing; the next one who searches begins anew. */
  const orDrop = async (family: Family, index: FamilyIndex): Promise<void> => {
    try {
      await index.ready
    } catch (thrown) {
      if (indexes.get(family.number) === index) indexes.delete(family.number)
      throw thrown
    }
  }

  const find: Search['find'] = async (text, options, { signal }) => {
    const wanted = text.slice(0, maxTextToFind)
    const asked = await Promise.all((options.schemas ?? []).map((id) => schemas.familyOf(id)))
    const all = [...(await schemas.families()).values()]
    const among = options.schemas
      ? all.filter(({ number }) => asked.some((family) => family?.number === number))
      : all.filter(({ id }) => id.startsWith('0020'))
    const limit = Math.max(0, Math.min(options.limit, maxHits))
    const found: { readonly id: DocumentId; readonly score: number }[] = []
    // It comes with the first search: no start has to wait for it.
    const { default: Words } = await import('minisearch')
    for (const family of among) {
      signal.throwIfAborted()
      const index = open(Words, family)
      index.usedAt = clock.now()
      index.ready = index.ready.then(() => refresh(index, family))
      await orDrop(family, index)
      const hits = index.words.search(wanted, { prefix: true, fuzzy: 0.2, combineWith: 'AND' })
      for (const { id, score } of hits.slice(0, limit)) found.push({ id: id as DocumentId, score })
    }
    const best = found.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, limit)
    const rows = best.length > 0 ? await store.views(best.map(({ id }) => id)) : []
    return ok(
      best.flatMap(({ score }, i) => {
        const row = rows[i]
        return row && !row.isDeleted ? [{ document: documentView(row), score }] : []
      }),
    )
  }

  return { find, size: () => [...indexes.values()].reduce((sum, { words }) => sum + words.documentCount, 0) }
}
