import type { DocumentId, PublicKey } from '../../core/ids.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import { viewsOf } from '../authority/views-of.ts'
import type { EngineDeps } from '../deps.ts'

const nodeSchema = systemSchemaId('group_node_v1')

/** A node that keepers let serve a group (flows.md §2). It is no member, and signs nothing. */
export interface GroupNode {
  readonly id: DocumentId
  /** By its Hello. */
  readonly publicKey: PublicKey
  readonly transportKey: PublicKey
  readonly address: string
  /** Not dismissed. */
  readonly isLive: boolean
}

/** The nodes of a group, dismissed ones too. */
export async function nodesOf(
  deps: Pick<EngineDeps, 'store' | 'authority'>,
  group: DocumentId,
): Promise<readonly GroupNode[]> {
  return (await viewsOf(deps, group, nodeSchema)).map(({ documentId, fields, isDeleted }) => {
    const text = (name: string): string => String(fields[name]?.value)
    return {
      id: documentId,
      publicKey: text('key') as PublicKey,
      transportKey: text('transport_key') as PublicKey,
      address: text('address'),
      isLive: !isDeleted,
    }
  })
}
