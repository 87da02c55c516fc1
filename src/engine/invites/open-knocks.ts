import type { DocumentId } from '../../core/ids.ts'
import { inviteKeys } from '../../core/invite/invite-keys.ts'
import { openKnockNote } from '../../core/invite/knock-note.ts'
import { isKnockProof } from '../../core/invite/knock-proof.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { EngineDeps } from '../deps.ts'
import { BY_ID } from '../index-keys.ts'
import type { OpenKnock } from './api.ts'
import { invitesOf } from './invites-of.ts'
import { knocksAt } from './knocks.ts'
import { readMade } from './rows.ts'

const sealSchema = systemSchemaId('takibi_invite_v1')
/** Seals of invites that are looked through: more than all groups of a device have. */
const maxSeals = 1_000

/**
 * Requests without answer that came by an invite, as its key proves, with what their notes say: a claim of whoever knocked. Without name where this
 * device has no seal of the invite, or what was sealed is no note.
 */
export async function openKnocks(deps: EngineDeps, group: DocumentId): Promise<readonly OpenKnock[]> {
  const authority = await deps.authority.authority()
  const open = new Set<string>(authority.requests(group).map(({ request }) => request))
  const knocks = open.size > 0 ? (await knocksAt(deps, group)).filter(({ request }) => open.has(request)) : []
  if (knocks.length === 0) return []
  const [invites, seals, requests] = await Promise.all([
    invitesOf(deps, group),
    sealsOf(deps),
    deps.store.views(knocks.map(({ request }) => request)),
  ])
  const found = new Map<DocumentId, OpenKnock>()
  for (const [at, knock] of knocks.entries()) {
    const invite = invites.find(({ key }) => key === knock.invite)
    const person = authority.groupRequests(group).find(({ request }) => request === knock.request)?.member
    if (!invite || !person || requests[at]?.owner !== knock.author) continue
    if (!isKnockProof(invite.key, knock.proof, { request: knock.request, person })) continue
    const opened = (seals.get(invite.id) ?? []).map((seal) => openKnockNote(seal, knock.note))
    const name = opened.find((note) => note !== undefined)?.name ?? ''
    const { id, role, by, isLive } = invite
    found.set(knock.request, { request: knock.request, invite: id, role, by, isLive, name })
  }
  return [...found.values()]
}

/** What opens the notes under each invite: of those made here, and what keepers said to each other. */
async function sealsOf({
  store,
  schemas,
}: Pick<EngineDeps, 'store' | 'schemas'>): Promise<ReadonlyMap<DocumentId, readonly Uint8Array[]>> {
  const seals = new Map<DocumentId, Uint8Array[]>()
  const put = (invite: DocumentId, seal: Uint8Array): void => {
    seals.set(invite, [...(seals.get(invite) ?? []), seal])
  }
  for (const [invite, secret] of await readMade(store)) put(invite, inviteKeys(secret).seal)
  const family = await schemas.familyOf(sealSchema)
  if (family === undefined) return seals
  for (const { row } of await store.viewsIn({ prefix: [family.number, BY_ID], direction: 'asc', limit: maxSeals })) {
    const { invite, seal } = row.fields
    if (invite?.kind === 'relation' && seal?.kind === 'bytes') put(invite.value, seal.value)
  }
  return seals
}
