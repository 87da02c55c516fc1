import { useMemo, useSyncExternalStore } from 'react'
import type { Live, QueryState, SchemaId, TakibiNode } from '../../sdk/index.ts'
import { useNode } from '../../sdk/react/index.ts'
import type { Collection } from './collection.ts'

const nothing: QueryState = { status: 'ready', documents: [], totalCount: 0, hasNextPage: false, endCursor: null }
const watching = new WeakMap<TakibiNode, Map<SchemaId, Live<QueryState>>>()

/** The live view of a collection's things, the one changed last first. Everybody who asks for it shares one. */
export const newestThings = (node: TakibiNode, schemaId: SchemaId): Live<QueryState> => {
  const views = watching.get(node) ?? new Map<SchemaId, Live<QueryState>>()
  watching.set(node, views)
  const view = views.get(schemaId) ?? node.query(schemaId, { orderBy: ['-CHANGED_AT'], first: 12 })
  views.set(schemaId, view)
  return view
}

/** How many things a collection has, and the ones changed last. */
export const useThings = ({ schema }: Pick<Collection, 'schema'>): QueryState => {
  const node = useNode()
  const id = schema?.id
  const view = useMemo(() => (id === undefined ? undefined : newestThings(node, id)), [node, id])
  return useSyncExternalStore(view?.subscribe ?? neverChanges, view?.getState ?? (() => nothing))
}
const neverChanges = () => () => undefined
