import { nodeLinkText, type NodeLink, parseNodeLink } from '../core/meeting/node-link.ts'
import { parseShareLink, type ShareLink, shareLinkText } from '../core/meeting/share-link.ts'
import { unwrap } from './unwrap.ts'

export type { NodeLink, ShareLink }

/** The part of a link to a shared collection behind `#/join/`. */
export const writeShareLink = (link: ShareLink): string => shareLinkText(link)
/** What such a link says; throws `link/malformed`, `link/version-unsupported`. All of it is claims of whoever sent it. */
export const readShareLink = (text: string): ShareLink => unwrap(parseShareLink(text))
/** Whether what stands behind `#/join/` means to invite to a group: `node.invites.read` reads it, and says what is wrong with it. */
export const isInviteLink = (text: string): boolean => text.startsWith('1')
/** The part of a node's link behind `#/node/`. */
export const writeNodeLink = (link: NodeLink): string => nodeLinkText(link)
/** What a node's link says; throws `link/malformed`, `link/version-unsupported`. */
export const readNodeLink = (text: string): NodeLink => unwrap(parseNodeLink(text))
