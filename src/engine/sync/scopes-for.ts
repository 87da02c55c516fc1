import type { DocumentId, PublicKey } from '../../core/ids.ts'
import type { ScopeName } from '../../ports/store.ts'
import type { EngineDeps } from '../deps.ts'
import type { Membership, Standing } from './membership.ts'
import type { GroupPart, ServedPart } from './shared-scopes.ts'

/** Who is at the other end, as far as it is known, and which invites each side proved to hold. */
export interface Other {
  /** By its Hello; before, nobody. */
  readonly publicKey: PublicKey | undefined
  readonly invites: { readonly mine: PublicKey | undefined; readonly theirs: PublicKey | undefined }
}

const groupName = (group: DocumentId): ScopeName => `group:${group}` as ScopeName
const inviteName = (invite: PublicKey): ScopeName => `invite:${invite}` as ScopeName

/** The control closure of a group (0), and everything else of it (1). */
export const groupPart = (group: DocumentId, part: 0 | 1): GroupPart => {
  const name = groupName(group)
  return { name, group, part, key: { scope: name, part }, access: 'all' }
}

/** Of somebody not heard of nothing is kept by name, and nothing is told: the part it sees is empty. */
const introduction = (group: DocumentId): GroupPart => ({
  ...groupPart(group, 0),
  key: { scope: `${groupName(group)}/unknown` as ScopeName, part: 0 },
  access: 'introduce',
})

/** What one guest wrote, apart from what others did under the same invite. */
export const guestPart = (group: DocumentId, invite: PublicKey, guest: PublicKey): GroupPart => {
  const name = inviteName(invite)
  return { name, group, part: 1, key: { scope: `${name}/${guest}` as ScopeName, part: 1 }, access: 'own' }
}

/**
 * Which parts of which scopes may this key have? The one place that sessions, interests and the outbox ask (sync.md §3), when a session opens and
 * after every change. Scopes of schemas are everybody's; of a group its members and the nodes it admitted have all, who was one of them what says so,
 * anybody else nothing. A device that joins a group takes its control closure from whoever offers it, until it finds itself there.
 */
export async function scopesFor(
  { scopes, membership, keys }: Pick<EngineDeps, 'scopes' | 'membership' | 'keys'>,
  other: Other,
): Promise<readonly ServedPart[]> {
  const served: ServedPart[] = (await scopes.all()).filter(({ isFilling }) => !isFilling)
  const groups = await membership.groups()
  const [own] = groups.length > 0 || other.invites.mine ? await keys.publicKeys() : []
  if (!own) return served
  for (const group of groups) {
    const [ours, theirs] = await Promise.all([
      membership.standing(group, own),
      other.publicKey ? membership.standing(group, other.publicKey) : ('unknown' as const),
    ])
    served.push(...partsFor(group, ours, theirs))
  }
  return [...served, ...(await guestParts(membership, own, other))]
}

function partsFor(group: DocumentId, ours: Standing, theirs: Standing): readonly GroupPart[] {
  const isJoining = ours === 'unknown'
  if (isJoining || theirs === 'former' || ours === 'former') return [groupPart(group, 0)]
  return theirs === 'unknown' ? [introduction(group)] : [groupPart(group, 0), groupPart(group, 1)]
}

/** What guests write: the other side's, under an invite that lives, and this device's own. */
async function guestParts(
  membership: Membership,
  own: PublicKey,
  { publicKey, invites: { mine, theirs } }: Other,
): Promise<readonly GroupPart[]> {
  const parts: GroupPart[] = []
  const invite = theirs && (await membership.invite(theirs))
  if (theirs && invite && publicKey) {
    const guest = { invite: theirs, key: publicKey, uses: invite.uses }
    parts.push({ ...guestPart(invite.group, theirs, publicKey), access: 'guest', guest })
  }
  const guested = mine && (await membership.guestOf(mine))
  if (mine && guested) parts.push(guestPart(guested, mine, own))
  return parts
}
