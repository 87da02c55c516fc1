import { useMemo } from 'react'
import type { Filter } from '../../../sdk/index.ts'
import { type ThingListState, wholeList } from '../../data/thing-list.ts'
import { useLeaving } from '../../data/removal.ts'
import { useThingList } from '../../data/use-thing-list.ts'
import { listOptions } from './list-options.ts'
import type { Looking } from './looking.ts'

const everything: Readonly<Record<string, Filter>> = {}

/** The rows of a view, or of a part of it (`where`), whether it is a list of the node or what a search found. */
export const useRows = (
  { collection, sort, chosen, hits }: Looking,
  where: Readonly<Record<string, Filter>> = everything,
): readonly [ThingListState, (from: number, to: number) => void] => {
  const leaving = useLeaving((state) => state.ids)
  const [state, list] = useThingList(collection.schema!.id, {
    ...listOptions(sort, chosen, where),
    group: collection.group,
  })
  const found = useMemo(() => {
    if (hits === undefined) return undefined
    const wanted = Object.entries(where)
    const isWanted = (fields: Readonly<Record<string, unknown>>): boolean =>
      wanted.every(([name, { eq, notIn }]) =>
        notIn === undefined ? fields[name] === eq : !(notIn as readonly unknown[]).includes(fields[name]),
      )
    return wholeList(hits.filter(({ id, fields }) => !leaving.has(id) && isWanted(fields)))
  }, [hits, where, leaving])
  return [found ?? state, list.show]
}
