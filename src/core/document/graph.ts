/**
 * The graph of a document: operations point back to what their writers knew, and are put in one order that everybody finds,
 * whatever came first (DO6 to D10).
 *
 *        ┌─ b ── d ─┐
 *   a ───┤          ├─ e ── f      a b d c e f
 *        └─ c ──────┘
 */

/** An operation as its graph needs it. */
export interface GraphNode<Id extends string> {
  readonly id: Id
  /** Ids of the operations it follows; absent or empty for CREATE. */
  readonly previous?: readonly Id[] | undefined
}

export interface SortedGraph<Id extends string> {
  /** Every operation that hangs together with a CREATE, each after all of its previous. */
  readonly sorted: readonly Id[]
  /** The others, by id: one of their previous is missing, or waits itself, or they go in a circle. */
  readonly pending: readonly Id[]
  /** Sorted operations that no sorted operation follows, by id: the document view. */
  readonly tips: readonly Id[]
  /** Nodes and edges looked at: what it cost. Grows with their number and no faster. */
  readonly visits: number
}

/**
 * Operations in causal order (decisions.md 4): from CREATE depth first, the lowest id next; each edge from an operation to one that follows it is
 * walked once, and an operation is placed when its last incoming edge is walked. Neither the order of `nodes` nor repeated ones matter.
 * Of several operations without previous each begins a walk, lowest id first; whether a document may have them is `reduceDocument`'s question.
 */
export function sortOperations<Id extends string>(nodes: readonly GraphNode<Id>[]): SortedGraph<Id> {
  const unique = sortById(nodes)
  const positions = new Map<Id, number>()
  for (const [position, { id }] of unique.entries()) positions.set(id, position)

  // Followers come out ascending by id, because they are entered in that order.
  const followers: number[][] = unique.map(() => [])
  const awaited: number[] = []
  const stack: number[] = []
  let visits = unique.length
  for (const [position, { previous = [] }] of unique.entries()) {
    awaited.push(Math.max(previous.length, 1))
    if (previous.length === 0) stack.push(position)
    for (const id of previous) {
      visits++
      const from = positions.get(id)
      if (from !== undefined) followers[from]?.push(position)
    }
  }

  const sorted: number[] = []
  stack.reverse()
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    visits++
    const left = (awaited[next] ?? 0) - 1
    awaited[next] = left
    if (left > 0) continue
    sorted.push(next)
    const ways = followers[next] ?? []
    for (let i = ways.length - 1; i >= 0; i--) stack.push(ways[i] as number)
  }

  const isPlaced = (position: number): boolean => awaited[position] === 0
  const idAt = (position: number): Id => (unique[position] as GraphNode<Id>).id
  const isTip = (position: number): boolean => !(followers[position] ?? []).some(isPlaced)
  return {
    sorted: sorted.map(idAt),
    pending: unique.filter((_, position) => !isPlaced(position)).map(({ id }) => id),
    tips: sorted
      .filter(isTip)
      .sort((a, b) => a - b)
      .map(idAt),
    visits,
  }
}

/** Each node once, ascending by id. */
function sortById<Id extends string>(nodes: readonly GraphNode<Id>[]): readonly GraphNode<Id>[] {
  const byId = [...nodes].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  return byId.filter(({ id }, i) => i === 0 || id !== byId[i - 1]?.id)
}

/** Those of the ids, and everything before them, that are among the nodes. Each node is looked at once. */
export function ancestorsOf<Id extends string>(
  nodes: ReadonlyMap<Id, GraphNode<Id>>,
  ids: readonly Id[],
): ReadonlySet<Id> {
  const found = new Set<Id>()
  const stack = [...ids]
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    const node = found.has(id) ? undefined : nodes.get(id)
    if (node === undefined) continue
    found.add(id)
    for (const previous of node.previous ?? []) stack.push(previous)
  }
  return found
}
