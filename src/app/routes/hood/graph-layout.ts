import type { Change } from '../../../sdk/index.ts'

/** Where an operation stands in the picture: columns follow the causal order, lanes keep branches apart. */
export interface GraphPlace {
  readonly change: Change
  readonly column: number
  readonly lane: number
}
export interface GraphLine {
  readonly from: GraphPlace
  readonly to: GraphPlace
}
export interface GraphLayout {
  readonly places: readonly GraphPlace[]
  readonly lines: readonly GraphLine[]
  readonly columns: number
  readonly lanes: number
}

/**
 * Lanes for a document's operations, given in causal order: each goes on in the lane of its first previous that nobody went on in yet,
 * else in a lane of its own. The column is the longest way from CREATE, so that what happened apart stands one below the other.
 */
export const layOutGraph = (changes: readonly Change[]): GraphLayout => {
  const placed = new Map<string, GraphPlace>()
  const openLanes = new Map<string, number>()
  const lines: GraphLine[] = []
  let lanes = 0
  for (const change of changes) {
    const before = change.previous.flatMap((id) => placed.get(id) ?? [])
    const column = before.reduce((last, { column: at }) => Math.max(last, at + 1), 0)
    const goesOn = before.find(({ change: { operationId } }) => openLanes.has(operationId))
    const lane = goesOn === undefined ? lanes++ : (openLanes.get(goesOn.change.operationId) ?? 0)
    for (const { change: earlier } of before) openLanes.delete(earlier.operationId)
    openLanes.set(change.operationId, lane)
    const place = { change, column, lane }
    placed.set(change.operationId, place)
    for (const from of before) lines.push({ from, to: place })
  }
  const places = [...placed.values()]
  return { places, lines, columns: places.reduce((most, { column }) => Math.max(most, column + 1), 0), lanes }
}

/** Operations that no other one follows. */
export const tipsOf = (changes: readonly Change[]): ReadonlySet<string> => {
  const followed = new Set(changes.flatMap(({ previous }) => previous))
  return new Set(changes.map(({ operationId }) => operationId as string).filter((id) => !followed.has(id as never)))
}
