import type { DocumentId, PublicKey } from '../../core/ids.ts'
import type { PartKey, ScopeName } from '../../ports/store.ts'
import type { EngineDeps } from '../deps.ts'
import type { Membership, Standing } from './membership.ts'
import type { GroupPart, ServedPart } from './shared-scopes.ts'

/** Who is at the other end, as far as it is known, and which invites each side proved to hold. */
export interface Other {
  /** By its Hello; before, nobody. */
  readonly publicKey: PublicKey | undefined
  readonly invites: { readonly mine: ReadonlySet<PublicKey>; readonly theirs: ReadonlySet<PublicKey> }
}

const groupPrefix = 'group:'
const groupName = (group: DocumentId): ScopeName => `${groupPrefix}${group}` as ScopeName
const inviteName = (invite: PublicKey): ScopeName => `invite:${invite}` as ScopeName

/** Whether a part is that of a group. */
export const isOfGroup = ({ scope }: PartKey): boolean => scope.startsWith(groupPrefix)

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
  const [own] = groups.length > 0 || other.invites.mine.size > 0 ? await keys.publicKeys() : []
  if (!own) return served
  const guests = await guestParts(membership, own, other)
  // A guest says under its invite who it is, and need not say it twice.
  const invitedTo = new Set(guests.flatMap(({ group, access }) => (access === 'guest' ? [group] : [])))
  for (const group of groups) {
    const [ours, theirs] = await Promise.all([
      membership.standing(group, own),
      other.publicKey ? membership.standing(group, other.publicKey) : ('unknown' as const),
    ])
    const parts = partsFor(group, ours, theirs)
    served.push(...parts.filter(({ access }) => access !== 'introduce' || !invitedTo.has(group)))
  }
  return [...served, ...guests]
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
  for (const key of publicKey ? theirs : []) {
    const invite = await membership.invite(key)
    if (!invite) continue
    const guest = { invite: key, key: publicKey!, uses: invite.uses }
    parts.push({ ...guestPart(invite.group, key, publicKey!), access: 'guest', guest })
  }
  const held = mine.size > 0 ? await membership.held() : []
  for (const { key, group } of held) if (mine.has(key)) parts.push(guestPart(group, key, own))
  return parts
}
