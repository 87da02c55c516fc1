import type { Role } from '../../core/authority/entry.ts'
import type { DocumentId, PublicKey } from '../../core/ids.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { ViewRow } from '../../ports/store.ts'
import type { EngineDeps } from '../deps.ts'
import { viewsOf } from '../authority/views-of.ts'

type Deps = Pick<EngineDeps, 'store' | 'authority'>

export const inviteSchema = systemSchemaId('group_invite_v1')

/** An invite to a group, as its document says it. */
export interface GroupInvite {
  readonly id: DocumentId
  readonly key: PublicKey
  readonly role: Role
  readonly uses: number
  /** Seconds since the Unix epoch. */
  readonly expiresAt: number
  /** Not withdrawn. */
  readonly isLive: boolean
  /** The key that made it. */
  readonly by: PublicKey
  /** When it came to this device, milliseconds. */
  readonly arrivedAt: number
}

/** All invites to a group that keepers made, withdrawn ones too. */
export const invitesOf = async (deps: Deps, group: DocumentId): Promise<readonly GroupInvite[]> =>
  (await viewsOf(deps, group, inviteSchema)).map(readInvite)

function readInvite({ documentId, owner, fields, isDeleted, createdAt }: ViewRow): GroupInvite {
  const text = (name: string): string => String(fields[name]?.value)
  return {
    id: documentId,
    key: text('key') as PublicKey,
    role: text('role') as Role,
    uses: Number(fields['uses']?.value),
    expiresAt: Number(fields['expires_at']?.value),
    isLive: !isDeleted,
    by: owner,
    arrivedAt: createdAt,
  }
}
