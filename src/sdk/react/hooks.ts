import { useMemo, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { LiveView } from '../../engine/live-view.ts'
import type {
  DocumentLike,
  DocumentState,
  HistoryState,
  QueryOptions,
  QueryState,
  SchemaLike,
  SchemasState,
} from '../takibi-node.ts'
import { useNode } from './node-context.tsx'
import { sameText } from './same-text.ts'

const idOf = (thing: DocumentLike | SchemaLike): string => (typeof thing === 'string' ? thing : thing.id)

/** The state of a live view, drawn again whenever it changes. Keep the view itself with `useMemo`: a new one starts anew. */
export function useLiveView<T>(view: LiveView<T>): T {
  return useSyncExternalStore(view.subscribe, view.getState, view.getInitialState)
}

/** A part of a live view, drawn again only when that part is another one (`Object.is`). */
export function useLive<T, U>(view: LiveView<T>, select: (state: T) => U): U {
  return useStore(view, select)
}

/** One document, as it is on this device now. */
export function useDocument(document: DocumentLike): DocumentState {
  const node = useNode()
  const id = idOf(document)
  return useLiveView(useMemo(() => node.document(id), [node, id]))
}

/** A page of documents. Options may be written in place: equal ones keep the query running. */
export function useQuery(schema: SchemaLike, options: QueryOptions = {}): QueryState {
  const node = useNode()
  const id = idOf(schema)
  const text = sameText(options)
  // Options are compared by what they say; the object itself is new at each drawing.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  return useLiveView(useMemo(() => node.query(id, options), [node, id, text]))
}

/** Everything that was done to a document, oldest first. */
export function useHistory(document: DocumentLike): HistoryState {
  const node = useNode()
  const id = idOf(document)
  return useLiveView(useMemo(() => node.history(id), [node, id]))
}

/** All schemas this device knows, in all versions. */
export function useSchemas(): SchemasState {
  const node = useNode()
  return useLiveView(useMemo(() => node.schemas(), [node]))
}
