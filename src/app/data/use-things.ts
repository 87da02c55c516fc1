import { useMemo, useSyncExternalStore } from 'react'
import type { DocumentId, Live, MetaFilter, QueryState, SchemaId, TakibiNode } from '../../sdk/index.ts'
import { useNode } from '../../sdk/react/index.ts'
import type { Collection } from './collection.ts'

const nothing: QueryState = { status: 'ready', documents: [], totalCount: 0, hasNextPage: false, endCursor: null }
const watching = new WeakMap<TakibiNode, Map<string, Live<QueryState>>>()

/** Of a group's list only what is the group's: whoever knows its schema can write with it elsewhere. */
export const ofGroup = (group: DocumentId | undefined): { readonly meta?: MetaFilter } =>
  group === undefined ? {} : { meta: { group: { eq: group } } }

/** The live view of a collection's things, the one changed last first. Everybody who asks for it shares one. */
export const newestThings = (node: TakibiNode, schemaId: SchemaId, group: DocumentId | undefined): Live<QueryState> => {
  const views = watching.get(node) ?? new Map<string, Live<QueryState>>()
  watching.set(node, views)
  const key = `${schemaId} ${group ?? ''}`
  const view = views.get(key) ?? node.query(schemaId, { orderBy: ['-CHANGED_AT'], first: 12, ...ofGroup(group) })
  views.set(key, view)
  return view
}

/** How many things a collection has, and the ones changed last. */
export const useThings = ({ schema, group }: Pick<Collection, 'schema' | 'group'>): QueryState => {
  const node = useNode()
  const id = schema?.id
  const view = useMemo(() => (id === undefined ? undefined : newestThings(node, id, group)), [node, id, group])
  return useSyncExternalStore(view?.subscribe ?? neverChanges, view?.getState ?? (() => nothing))
}
const neverChanges = () => () => undefined
