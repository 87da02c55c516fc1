import { createContext, useContext, type ReactNode } from 'react'
import type { TakibiNode } from '../takibi-node.ts'

const NodeContext = createContext<TakibiNode | undefined>(undefined)

/** Gives a node to everything below. Opening and closing it stays with the caller: `use(openNode())` under a `<Suspense>` does well. */
export function NodeProvider({
  node,
  children,
}: {
  readonly node: TakibiNode
  readonly children: ReactNode
}): ReactNode {
  return <NodeContext value={node}>{children}</NodeContext>
}

/** The node of the nearest `NodeProvider`; an error where there is none. */
export function useNode(): TakibiNode {
  const node = useContext(NodeContext)
  if (!node) throw new Error('useNode needs a <NodeProvider node={…}> above it.')
  return node
}
