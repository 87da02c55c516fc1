import type { DocumentView, SchemaId, TakibiNode } from '../../sdk/index.ts'

/** Shared things that no other device is known to have, the newest first. */
export interface Waiting {
  readonly things: readonly DocumentView[]
  readonly ids: ReadonlySet<string>
  /** There may be more than were looked at. */
  readonly hasMore: boolean
}
export const nothingWaits: Waiting = { things: [], ids: new Set(), hasMore: false }

/** Things of a collection that are looked at, the ones changed last: what nobody has is mostly what is new. */
const lookedAt = 100

/**
 * Watches which things of shared collections are on this device only. Who has what is asked only of things that changed or that nobody had;
 * one question at a time.
 */
export const watchWaiting = (node: TakibiNode, schemaIds: readonly SchemaId[]) => {
  const pages = schemaIds.map((id) => node.query(id, { orderBy: ['-CHANGED_AT'], first: lookedAt, count: false }))
  /** View ids of which another device is known. */
  const elsewhere = new Map<string, string>()
  const listeners = new Set<() => void>()
  let state = nothingWaits
  let isAsking = false
  let isDirty = false

  const look = async (): Promise<void> => {
    isDirty = true
    if (isAsking) return
    isAsking = true
    while (isDirty && listeners.size > 0) {
      isDirty = false
      // Whoever closes the node meanwhile does not want to know.
      await ask().catch(() => undefined)
    }
    isAsking = false
  }
  const ask = async (): Promise<void> => {
    const documents = pages.flatMap((page) => page.getState().documents)
    const open = documents.filter(({ id, viewId }) => elsewhere.get(id) !== viewId)
    const found = open.length === 0 ? [] : await node.sync.withWhom(open)
    for (const [at, { with: devices }] of found.entries()) {
      const document = open[at]
      if (document !== undefined && devices.length > 0) elsewhere.set(document.id, document.viewId)
    }
    const things = documents
      .filter(({ id, viewId }) => elsewhere.get(id) !== viewId)
      .toSorted((a, b) => b.changedAt - a.changedAt)
    const hasMore = pages.some((page) => {
      const { documents: own, hasNextPage } = page.getState()
      return hasNextPage && own.every(({ id, viewId }) => elsewhere.get(id) !== viewId)
    })
    const isSame =
      hasMore === state.hasMore &&
      things.length === state.things.length &&
      things.every((thing, at) => thing === state.things[at])
    if (isSame) return
    state = { things, ids: new Set(things.map(({ id }) => id)), hasMore }
    for (const listener of listeners) listener()
  }

  let stop: readonly (() => void)[] = []
  return {
    getState: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      if (listeners.size === 1) {
        stop = [...pages, node.sync.status()].map((view) => view.subscribe(() => void look()))
        void look()
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) for (const end of stop) end()
      }
    },
  }
}
