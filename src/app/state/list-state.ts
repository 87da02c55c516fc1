import { create } from 'zustand'
import type { Sort } from '../data/view-config.ts'

/** Field name → the values of which one must be there. */
export type Chosen = Readonly<Record<string, readonly (string | boolean)[]>>

/** What a person has set on a view's list. It dies with the tab. */
export interface ListState {
  /** `undefined`: what the view itself says. */
  readonly filter: Chosen | undefined
  readonly sort: readonly Sort[] | undefined
  /** What is looked for; `undefined`: no search box. */
  readonly text: string | undefined
  /** How far down the list was left, in pixels. */
  readonly scroll: number
}

const untouched: ListState = { filter: undefined, sort: undefined, text: undefined, scroll: 0 }

interface Lists {
  readonly byView: Readonly<Record<string, ListState>>
  readonly set: (view: string, change: Partial<ListState>) => void
}

export const useLists = create<Lists>()((set) => ({
  byView: {},
  set: (view, change) =>
    set(({ byView }) => ({ byView: { ...byView, [view]: { ...(byView[view] ?? untouched), ...change } } })),
}))

export const useListState = (view: string): ListState => useLists(({ byView }) => byView[view] ?? untouched)

/** The things beside the one that was opened from a list, for the previous and next keys. */
export const useTrail = create<{ readonly ids: readonly string[] }>()(() => ({ ids: [] }))
