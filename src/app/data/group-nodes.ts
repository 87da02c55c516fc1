import type { GroupNode, NodeInfo } from '../../sdk/index.ts'

/** A node that keeps a group, as its people see it. */
export interface ListedNode {
  readonly node: GroupNode
  /** Every document that lets it: two keepers may have let in the same one. */
  readonly admissions: readonly GroupNode[]
  /** Where this device connects with it. */
  readonly here: NodeInfo | undefined
  /** It has everything of the group that this device has, as the connection says that stands now. */
  readonly hasAll: boolean
}

const isSame = (a: GroupNode, b: GroupNode): boolean =>
  a.publicKey === b.publicKey && a.transportKey === b.transportKey && a.address === b.address

/** Each node once, in the order of their addresses. @param equal the keys that nodes sign with which have everything now */
export const listNodes = (
  admitted: readonly GroupNode[],
  own: readonly NodeInfo[],
  equal: ReadonlySet<string>,
): readonly ListedNode[] =>
  admitted
    .filter((node, at) => admitted.findIndex((other) => isSame(other, node)) === at)
    .map((node) => ({
      node,
      admissions: admitted.filter((other) => isSame(other, node)),
      here: own.find(({ transportKey }) => transportKey === node.transportKey),
      hasAll: equal.has(node.publicKey),
    }))
    .toSorted((a, b) => (a.node.address < b.node.address ? -1 : 1))
