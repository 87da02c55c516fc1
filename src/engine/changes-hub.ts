import type { DocumentId } from '../core/ids.ts'
import type { ViewRow } from '../ports/store.ts'
import type { Rejudged } from './authority/turn.ts'
import type { Broadcast } from '../ports/broadcast.ts'

/** What is different since the last time: documents by id, and the numbers of the families they belong to. */
export interface Changed {
  readonly documentIds: ReadonlySet<DocumentId>
  /** `Family.number` of each; a document of unknown schema has none. */
  readonly families: ReadonlySet<number>
  /** A schema came, or a family got another sortable field. */
  readonly schemas: boolean
  /** The person whose device this is, their words, or what they call others. */
  readonly identity?: boolean
  /** Who may do what has changed, or what else stands in the control closures of groups. */
  readonly authority?: boolean
  /** Operations that counted and do not any more, or count again. */
  readonly rejudged?: readonly Rejudged[]
  /** What the views were and are, so that whoever counted can go on counting. Only of this engine's own changes, and only where they are few. */
  readonly rows?: readonly RowChange[]
}

/** Something about the own person that no document tells. */
export const identityChanged: Changed = { documentIds: new Set(), families: new Set(), schemas: false, identity: true }

/** Who is in which group, by something that no document tells. */
export const authorityChanged: Changed = {
  documentIds: new Set(),
  families: new Set(),
  schemas: false,
  authority: true,
}

/** A view before and after a commit; `undefined`: there was none, or is none any more. */
export interface RowChange {
  readonly was: ViewRow | undefined
  readonly is: ViewRow | undefined
}

/** Where watchers hear of changes, made by this engine or by another one on the same database. */
export interface ChangesHub {
  /** Tells the watchers here and the other engines. Call it after the commit: whoever hears it reads the store. */
  readonly announce: (changed: Changed) => void
  /** Returns the function that ends the subscription. */
  readonly subscribe: (listener: (changed: Changed) => void) => () => void
  readonly close: () => void
}

/** The others run the same code, or an older release of it: what does not look like a change is none. */
const isChanged = (message: unknown): message is Changed =>
  typeof message === 'object' &&
  message !== null &&
  'documentIds' in message &&
  message.documentIds instanceof Set &&
  'families' in message &&
  message.families instanceof Set &&
  'schemas' in message &&
  typeof message.schemas === 'boolean'

export const createChangesHub = (broadcast: Broadcast): ChangesHub => {
  const listeners = new Set<(changed: Changed) => void>()
  const tellHere = (changed: Changed): void => {
    for (const listener of listeners) listener(changed)
  }
  const stop = broadcast.subscribe((message) => {
    if (isChanged(message) && !('rows' in message)) tellHere(message)
  })
  return {
    announce: (changed) => {
      tellHere(changed)
      // Others hear of it at any time, before or after they counted: rows would lead them astray.
      const { rows: _, ...told } = changed
      broadcast.post(told)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: () => {
      stop()
      listeners.clear()
    },
  }
}
