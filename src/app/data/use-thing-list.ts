import { useMemo, useSyncExternalStore } from 'react'
import type { SchemaId, TakibiNode } from '../../sdk/index.ts'
import { useNode } from '../../sdk/react/index.ts'
import { createThingList, type ListOptions, type ThingList, type ThingListState } from './thing-list.ts'

/** Lists seen last stay for coming back to them; what they hold is little. */
const keptLists = 8
const lists = new WeakMap<TakibiNode, Map<string, ThingList>>()

const listFor = (node: TakibiNode, schema: SchemaId, options: ListOptions): ThingList => {
  const own = lists.get(node) ?? new Map<string, ThingList>()
  lists.set(node, own)
  const key = JSON.stringify([schema, options.group, options.where, options.orderBy])
  const list = own.get(key) ?? createThingList(node, schema, options)
  own.delete(key)
  own.set(key, list)
  for (const old of [...own.keys()].slice(0, -keptLists)) own.delete(old)
  return list
}

/** A list and how it looks now. Options may be written in place: equal ones are one list. */
export const useThingList = (schema: SchemaId, options: ListOptions): readonly [ThingListState, ThingList] => {
  const node = useNode()
  const key = JSON.stringify(options)
  // Options are compared by what they say.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const list = useMemo(() => listFor(node, schema, options), [node, schema, key])
  return [useSyncExternalStore(list.subscribe, list.getState), list]
}
