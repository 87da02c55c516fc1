/**
 * Takibi for pages: open a node, write, and read live.
 *
 *   openNode ─▶ node.create / update / remove        resolve when stored on this device
 *               node.query / document / history      live views: getState, subscribe, once
 *               node.export / import                 `.takibi` bundles
 */
export { openNode, type NodeOptions } from './open-node.ts'
export { deleteNode } from './delete-node.ts'
export { P2pandaError } from './errors.ts'
export {
  isInviteLink,
  type NodeLink,
  readNodeLink,
  readShareLink,
  type ShareLink,
  writeNodeLink,
  writeShareLink,
} from './links.ts'
export type * from './types.ts'
