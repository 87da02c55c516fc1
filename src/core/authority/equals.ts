/**
 * Those of one level against each other (R12): again and again, those whom nobody outside their circle removes stand, all of a circle of mutual
 * removals at once, and whoever they remove is out.
 *
 * @param nodes each at most once
 * @param removedBy those that a node removes
 * @returns those that stand, in the order given.
 */
export function settleEquals<Node>(
  nodes: readonly Node[],
  removedBy: (node: Node) => readonly Node[],
): readonly Node[] {
  const stands = new Set<Node>()
  const removals = new Map(nodes.map((a) => [a, removedBy(a).filter((b) => b !== a)]))
  // Mostly nobody of a level removes anybody of it.
  const entangled = new Set([...removals].flatMap(([a, those]) => (those.length > 0 ? [a, ...those] : [])))
  let left = nodes.filter((node) => entangled.has(node))
  while (left.length > 0) {
    const open = new Set(left)
    const hits = new Map(left.map((a) => [a, (removals.get(a) ?? []).filter((b) => open.has(b))]))
    const circles = stronglyConnected(left, (node) => hits.get(node) ?? [])
    const circleOf = new Map(circles.flatMap((circle) => circle.map((node) => [node, circle] as const)))
    const removed = new Set<readonly Node[]>()
    for (const [a, those] of hits)
      for (const b of those) {
        const circle = circleOf.get(b)
        if (circle !== undefined && circle !== circleOf.get(a)) removed.add(circle)
      }
    const sources = circles.filter((circle) => !removed.has(circle)).flat()
    for (const node of sources) stands.add(node)
    const out = new Set(sources.flatMap((node) => hits.get(node) ?? []))
    left = left.filter((node) => !stands.has(node) && !out.has(node))
  }
  return nodes.filter((node) => stands.has(node) || !entangled.has(node))
}

/** Strongly connected components (Tarjan), without recursion: a chain of removals may be long. */
function stronglyConnected<Node>(
  nodes: readonly Node[],
  next: (node: Node) => readonly Node[],
): readonly (readonly Node[])[] {
  const indexes = new Map<Node, number>()
  const lows = new Map<Node, number>()
  const onStack = new Set<Node>()
  const stack: Node[] = []
  const components: Node[][] = []
  const low = (node: Node): number => lows.get(node) ?? 0
  const sink = (node: Node, to: number): void => void lows.set(node, Math.min(low(node), to))

  const enter = (node: Node): { node: Node; rest: Node[] } => {
    indexes.set(node, indexes.size)
    lows.set(node, indexes.size - 1)
    stack.push(node)
    onStack.add(node)
    return { node, rest: [...next(node)] }
  }
  const close = (node: Node): void => {
    if (low(node) !== indexes.get(node)) return
    const component: Node[] = []
    for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
      onStack.delete(member)
      component.push(member)
      if (member === node) break
    }
    components.push(component)
  }

  for (const start of nodes) {
    if (indexes.has(start)) continue
    const walk = [enter(start)]
    for (let frame = walk.at(-1); frame !== undefined; frame = walk.at(-1)) {
      const child = frame.rest.pop()
      if (child === undefined) {
        close(frame.node)
        walk.pop()
        const parent = walk.at(-1)
        if (parent !== undefined) sink(parent.node, low(frame.node))
      } else if (!indexes.has(child)) walk.push(enter(child))
      else if (onStack.has(child)) sink(frame.node, indexes.get(child) ?? 0)
    }
  }
  return components
}
