import { useEffect, useState } from 'react'
import type { DocumentView } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import type { Collection, CollectionView } from '../../data/collection.ts'
import type { Field } from '../../data/field-kind.ts'
import { newestThings } from '../../data/use-things.ts'
import type { Sort } from '../../data/view-config.ts'
import { type Chosen, type ListState, useListState } from '../../state/list-state.ts'
import { chosenOf, passes, shownFields, sortOf } from './list-options.ts'

/** A person looking at a collection: through which view, at which of its things, in which order. */
export interface Looking {
  readonly collection: Collection
  readonly view: CollectionView
  /** What is drawn: a board or checklist whose field is gone is shown as a table. */
  readonly kind: CollectionView['kind']
  readonly state: ListState
  readonly sort: Sort
  readonly chosen: Chosen
  readonly isFiltered: boolean
  /** What the search found, the best first; `undefined`: nobody searches. */
  readonly hits: readonly DocumentView[] | undefined
}

/** The choice a board's columns are made of. */
export const groupField = (collection: Collection, view: CollectionView): Field | undefined => {
  const choices = shownFields(collection).filter(({ kind }) => kind === 'choice')
  return choices.find(({ name }) => name === view.layout.group) ?? choices[0]
}
/** The yes or no a checklist ticks. */
export const tickField = (collection: Collection, view: CollectionView): Field | undefined => {
  const ticks = shownFields(collection).filter(({ kind }) => kind === 'yesNo')
  return ticks.find(({ name }) => name === view.layout.tick) ?? ticks[0]
}

const isNarrow = (): boolean => matchMedia('(max-width: 599px)').matches

const kindOf = (collection: Collection, view: CollectionView): CollectionView['kind'] => {
  // A collection nobody made views for: cards suit a phone, a table a desk.
  if (view.id === collection.id) return isNarrow() ? 'cards' : 'table'
  if (view.kind === 'board' && groupField(collection, view) === undefined) return 'table'
  if (view.kind === 'checklist' && tickField(collection, view) === undefined) return 'table'
  return view.kind
}

const mostHits = 500
const afterTypingMs = 120

const useHits = (collection: Collection, text: string | undefined): readonly DocumentView[] | undefined => {
  const node = useNode()
  const { group } = collection
  const schema = collection.schema?.id
  const [found, setFound] = useState<{ readonly text: string; readonly hits: readonly DocumentView[] }>()
  useEffect(() => {
    if (text === undefined || text.trim() === '' || schema === undefined) return
    let stop = new AbortController()
    const search = (): void => {
      stop.abort()
      stop = new AbortController()
      void node.search(text, { schemas: [schema], limit: mostHits, signal: stop.signal }).then(
        (hits) =>
          setFound({
            text,
            hits: hits.map(({ document }) => document).filter((document) => document.group === group),
          }),
        () => undefined,
      )
    }
    const timer = setTimeout(search, afterTypingMs)
    const unsubscribe = newestThings(node, schema, group).subscribe(search)
    return () => {
      clearTimeout(timer)
      unsubscribe()
      stop.abort()
    }
  }, [node, schema, group, text])
  if (text === undefined || text.trim() === '') return undefined
  // While the next answer is on its way the last one stays, and before the first one everything: the list does not blink with each letter.
  return found?.hits
}

export const useLooking = (collection: Collection, viewId: string | undefined): Looking => {
  const view = collection.views.find(({ id }) => id === viewId) ?? collection.views[0]
  const state = useListState(view.id)
  const chosen = chosenOf(collection, view, state)
  const hits = useHits(collection, state.text)
  return {
    collection,
    view,
    kind: kindOf(collection, view),
    state,
    sort: sortOf(collection, view, state),
    chosen,
    isFiltered: Object.keys(chosen).length > 0,
    hits: hits?.filter((document) => passes(document, chosen)),
  }
}
