import { failAt, readArray, readText } from '../bytes/cbor-reader.ts'
import { writeArray, writeText } from '../bytes/cbor-writer.ts'
import { maxLinkNameCharacters } from '../limits.ts'
import type { Result } from '../result.ts'
import { readLink, writeLink } from './link-text.ts'
import { type LinkFailure, type NodeAddress, readNodeAddress, writeNodeAddress } from './node-address.ts'

/** A node that its operator offers: `…/#/node/1<base64url CBOR [[address, transport key], token]>` (flows.md §2). */
export interface NodeLink extends NodeAddress {
  /** What the operator hands to those whose groups it keeps; mostly empty. */
  readonly token: string
}

const version = '1'

/** The part of a link behind `#/node/`. */
export const nodeLinkText = (link: NodeLink): string =>
  writeLink(version, (writer) => {
    writeArray(writer, 2)
    writeNodeAddress(writer, link)
    writeText(writer, link.token)
  })

/** What such a link says, or a `LinkFailure`. */
export const parseNodeLink = (text: string): Result<NodeLink, LinkFailure> =>
  readLink(version, text, (cursor) => {
    if (readArray(cursor, 'a node link') !== 2) failAt(cursor, 0, 'a node link of two items')
    const node = readNodeAddress(cursor)
    const from = cursor.at
    const token = readText(cursor, 'a token')
    if (token.length > maxLinkNameCharacters)
      failAt(cursor, from, `a token of at most ${maxLinkNameCharacters} characters`)
    return { ...node, token }
  })
