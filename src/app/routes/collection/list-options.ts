import type { Collection, CollectionView } from '../../data/collection.ts'
import type { Field } from '../../data/field-kind.ts'
import type { ListOptions } from '../../data/thing-list.ts'
import type { Sort } from '../../data/view-config.ts'
import type { Chosen, ListState } from '../../state/list-state.ts'
import type { DocumentView, Filter } from '../../../sdk/index.ts'

const sortable: readonly Field['kind'][] = ['text', 'number', 'rating', 'yesNo', 'choice', 'date', 'dateTime']

/** The fields in sight: those of the newest version that nobody took out. */
export const shownFields = ({ fields }: Collection): readonly Field[] => fields.filter(({ isRemoved }) => !isRemoved)
export const sortFields = (collection: Collection): readonly Field[] =>
  shownFields(collection).filter(({ kind }) => sortable.includes(kind))
/** What can be filtered by a tap: choices and yes or no. */
export const filterFields = (collection: Collection): readonly Field[] =>
  shownFields(collection).filter(({ kind, options }) => kind === 'yesNo' || (kind === 'choice' && options.length > 0))

const times: readonly string[] = ['CREATED_AT', 'CHANGED_AT']

/** The order of a list: what its person chose, else what the view says, else the newest first; only by what can be sorted by. */
export const sortOf = (collection: Collection, view: CollectionView, state: ListState): Sort => {
  const names = new Set([...sortFields(collection).map(({ name }) => name), ...times])
  const chosen = [...(state.sort ?? []), ...view.sort].find(({ by }) => names.has(by))
  return chosen ?? { by: 'CREATED_AT', direction: view.kind === 'cards' || view.kind === 'table' ? 'desc' : 'asc' }
}

/** What is chosen of the fields that are there to choose from. */
export const chosenOf = (collection: Collection, view: CollectionView, state: ListState): Chosen => {
  const given = state.filter ?? view.filter
  return Object.fromEntries(
    filterFields(collection).flatMap(({ name, kind }) => {
      const values = (Object.hasOwn(given, name) ? (given[name] ?? []) : []).filter(
        (value) => typeof value === (kind === 'yesNo' ? 'boolean' : 'string'),
      )
      return values.length === 0 ? [] : [[name, values] as const]
    }),
  )
}

const filterFor = (values: readonly (string | boolean)[]): Filter | undefined => {
  const [only] = values
  if (only === undefined) return undefined
  if (values.length === 1) return { eq: only }
  // Both yes and no: everything.
  return typeof only === 'boolean' ? undefined : { in: values }
}

/** The question a view asks the node. `where`: more conditions, as a board's column has. */
export const listOptions = (sort: Sort, chosen: Chosen, where: Readonly<Record<string, Filter>> = {}): ListOptions => ({
  where: {
    ...Object.fromEntries(
      Object.entries(chosen).flatMap(([name, values]) => {
        const filter = filterFor(values)
        return filter === undefined ? [] : [[name, filter] as const]
      }),
    ),
    ...where,
  },
  orderBy: [sort.direction === 'desc' ? `-${sort.by}` : sort.by],
})

/** The same filter over things that are already here: what a search found. */
export const passes = (document: DocumentView, chosen: Chosen): boolean =>
  Object.entries(chosen).every(([name, values]) => values.some((value) => document.fields[name] === value))

/** Chooses a value or lets it go. */
export const toggled = (chosen: Chosen, name: string, value: string | boolean): Chosen => {
  const values = chosen[name] ?? []
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value]
  return { ...chosen, [name]: next }
}
