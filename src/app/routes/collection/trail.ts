import type { ThingListState } from '../../data/thing-list.ts'
import { useTrail } from '../../state/list-state.ts'

/** How far beside the rows in sight the previous and next keys lead. */
const reach = 100

/** Remembers what stands beside the thing about to be opened. */
export const rememberTrail = (rows: ThingListState, first: number, last: number): void => {
  const ids: string[] = []
  for (let at = Math.max(0, first - reach); at < Math.min(rows.total, last + reach); at += 1) {
    const document = rows.rowAt(at)
    if (document !== undefined) ids.push(document.id)
  }
  useTrail.setState({ ids })
}
