import { assert } from '../../core/assert.ts'
import { refusalBy } from '../../core/authority/refusal.ts'
import type { DocumentId } from '../../core/ids.ts'
import { inviteKeys, inviteSecretBytes } from '../../core/invite/invite-keys.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { Call, Draft } from '../api.ts'
import { nextPlace } from '../authority/next-place.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { publishDrafts } from '../publish.ts'
import { secretGroupOf } from '../sealed/secret-group-of.ts'
import type { Invite, InviteDraft } from './api.ts'
import { inviteSchema, invitesOf } from './invites-of.ts'
import { usesOf } from './knocks.ts'
import { madeChange, readMade } from './rows.ts'

const sealSchema = systemSchemaId('takibi_invite_v1')
const msPerSecond = 1_000

/**
 * Makes an invite: a clear document with its key, and for those in the group what opens the notes of those who knock. Its secret stays on this device.
 * Fails with `invite/refused`, or as publishing does.
 */
export async function makeInvite(
  deps: EngineDeps,
  { group, role, uses, expiresAt }: InviteDraft,
  { signal }: Pick<Call, 'signal'>,
): Promise<Result<Invite, Failure>> {
  await deps.materialiser.settled()
  const place = await nextPlace(deps)
  if (!place.ok) return place
  const refusal = refusalBy(await deps.authority.authority(), group, place.value, 'authorise', '*')
  if (refusal !== undefined) return fail({ code: 'invite/refused', refusal })
  const secret = deps.random.bytes(inviteSecretBytes)
  const { key, seal } = inviteKeys(secret)
  const drafts: Draft[] = [
    { as: 'invite', action: 'create', schema: inviteSchema, fields: { group, key, role, uses, expires_at: expiresAt } },
  ]
  if ((await secretGroupOf(deps, group)) !== undefined)
    drafts.push({ action: 'create', schema: sealSchema, group, fields: { invite: { ref: 'invite' }, seal } })
  const published = await publishDrafts(deps, drafts, { signal }, ([made]) => [madeChange(made!.documentId, secret)])
  if (!published.ok) return published
  const [made] = published.value
  assert(made, 'an invite is a document')
  const { documentId: id, publicKey: by } = made
  return ok({ id, group, role, uses, expiresAt, used: 0, isLive: true, by, secret })
}

/** The invites of a group that live, the newest first. */
export async function livingInvites(deps: EngineDeps, group: DocumentId): Promise<readonly Invite[]> {
  const [invites, secrets, used] = await Promise.all([
    invitesOf(deps, group),
    readMade(deps.store),
    usesOf(deps, group),
  ])
  return invites
    .filter(({ isLive, expiresAt }) => isLive && expiresAt > deps.clock.now() / msPerSecond)
    .toSorted((a, b) => b.arrivedAt - a.arrivedAt || (a.id < b.id ? -1 : 1))
    .map(({ id, key, role, uses, expiresAt, by }) => {
      const secret = secrets.get(id)
      return { id, group, role, uses, expiresAt, used: used.get(key) ?? 0, isLive: true, by, ...(secret && { secret }) }
    })
}
