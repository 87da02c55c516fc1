import { failAt, readArray, readText } from '../bytes/cbor-reader.ts'
import { writeArray, writeText } from '../bytes/cbor-writer.ts'
import type { SchemaId } from '../ids.ts'
import { maxLinkHints } from '../limits.ts'
import type { Result } from '../result.ts'
import { parseSchemaId, schemaIdParts } from '../schema/schema-id.ts'
import { readLinkName, toLinkName } from './link-name.ts'
import { readLink, writeLink } from './link-text.ts'
import { type LinkFailure, type NodeAddress, readNodeAddress, writeNodeAddress } from './node-address.ts'

/**
 * An invitation to follow a shared collection: `…/#/join/2<base64url CBOR [schema id, name, [[address, transport key]…]]>`. It holds no
 * secret: what is shared so is served to everybody who asks.
 */
export interface ShareLink {
  /** The first version of the family. */
  readonly schemaId: SchemaId
  /** What the sender calls it: a claim, until the collection itself is here. */
  readonly name: string
  /** Nodes that had it when the link was made. */
  readonly hints: readonly NodeAddress[]
}

/** Links that begin with 1 are invites to groups. */
const version = '2'

/** The part of a link behind `#/join/`. What the name may not have is taken out, and hints past the limit are left out. */
export const shareLinkText = ({ schemaId, name, hints }: ShareLink): string =>
  writeLink(version, (writer) => {
    writeArray(writer, 3)
    writeText(writer, schemaId)
    writeText(writer, toLinkName(name))
    const told = hints.slice(0, maxLinkHints)
    writeArray(writer, told.length)
    for (const hint of told) writeNodeAddress(writer, hint)
  })

/** What such a link says, or a `LinkFailure`. */
export const parseShareLink = (text: string): Result<ShareLink, LinkFailure> =>
  readLink(version, text, (cursor) => {
    if (readArray(cursor, 'a share link') !== 3) failAt(cursor, 0, 'a share link of three items')
    const schemaFrom = cursor.at
    const schemaId = parseSchemaId(readText(cursor, 'a schema id'))
    const isOfPeople = schemaId.ok && schemaIdParts(schemaId.value).kind === 'application'
    if (!isOfPeople) failAt(cursor, schemaFrom, 'the id of a schema that somebody made')
    const name = readLinkName(cursor, 'a name')
    const hintsFrom = cursor.at
    const count = readArray(cursor, 'hints')
    if (count > maxLinkHints) failAt(cursor, hintsFrom, `at most ${maxLinkHints} hints`)
    const hints: NodeAddress[] = []
    while (hints.length < count && !cursor.failure) hints.push(readNodeAddress(cursor))
    return { schemaId: schemaId.ok ? schemaId.value : ('' as SchemaId), name, hints }
  })
