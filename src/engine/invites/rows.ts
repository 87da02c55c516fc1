import type { DocumentId, PublicKey } from '../../core/ids.ts'
import type { InviteLink } from '../../core/invite/invite-link.ts'
import type { Change, Store } from '../../ports/store.ts'

/**
 * What `local` rows keep of invites, which nobody else is told:
 *
 *     invites/made/<document>   the secret of an invite that was made here, so that its link can be shown again
 *     invites/held/<key>        a place that is asked for with a link
 */
const madePrefix = 'invites/made/'
const heldPrefix = 'invites/held/'

/** A place that this device asks for. */
export interface HeldInvite {
  readonly key: PublicKey
  readonly link: InviteLink
  /** What this person calls itself there, until it is somebody. */
  readonly name: string
  /** Once they were signed. */
  readonly request?: DocumentId
  readonly knock?: DocumentId
}
type HeldRow = Omit<HeldInvite, 'key'>

export async function readHeld(store: Pick<Store, 'localWith'>): Promise<readonly HeldInvite[]> {
  const rows = await store.localWith(heldPrefix)
  return rows.map(([key, value]) => ({ ...(value as HeldRow), key: key.slice(heldPrefix.length) as PublicKey }))
}
export const heldChange = ({ key, ...row }: HeldInvite): Change => ({
  put: 'local',
  key: heldPrefix + key,
  value: row satisfies HeldRow,
})
export const heldEnd = (key: PublicKey): Change => ({ delete: 'local', key: heldPrefix + key })

export const madeChange = (invite: DocumentId, secret: Uint8Array): Change => ({
  put: 'local',
  key: madePrefix + invite,
  value: secret,
})
/** The secrets of invites that were made on this device. */
export async function readMade(store: Pick<Store, 'localWith'>): Promise<ReadonlyMap<DocumentId, Uint8Array>> {
  const rows = await store.localWith(madePrefix)
  return new Map(rows.map(([key, value]) => [key.slice(madePrefix.length) as DocumentId, value as Uint8Array]))
}
