import type { Authority } from '../../core/authority/authority.ts'
import { groupSubject, roleFlags } from '../../core/authority/entry.ts'
import { flagFields } from '../../core/authority/flag-fields.ts'
import { speaksFor } from '../../core/authority/member-change.ts'
import { refusalBy } from '../../core/authority/refusal.ts'
import type { NamedPlace } from '../../core/authority/rows.ts'
import type { DocumentId } from '../../core/ids.ts'
import { type KnockFacts, type KnockVerdict, judgeKnock } from '../../core/invite/sound-knock.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import { nextPlace } from '../authority/next-place.ts'
import type { EngineDeps } from '../deps.ts'
import { publishDrafts } from '../publish.ts'
import { viewsOf } from '../authority/views-of.ts'
import { invitesOf } from './invites-of.ts'
import { type Knock, knocksAt, usesOf } from './knocks.ts'

const membershipSchema = systemSchemaId('key_group_membership_v1')
const msPerSecond = 1_000

/**
 * Lets in those who knocked with a sound proof at groups that this device keeps, where its person need not be asked (flows.md §1.3). The others stay
 * among those who ask.
 */
export async function letInKnocking(deps: EngineDeps, signal: AbortSignal): Promise<void> {
  for (const group of await deps.membership.groups()) {
    const now = await deps.authority.authority()
    // Who was answered stays among the knocks for ever, and is not judged again.
    const open = new Set<string>(now.requests(group).map(({ request }) => request))
    const knocks = open.size > 0 ? await knocksAt(deps, group) : []
    for (const knock of knocks.filter(({ request }) => open.has(request))) {
      signal.throwIfAborted()
      const place = await nextPlace(deps)
      const authority = await deps.authority.authority()
      if (!place.ok || refusalBy(authority, group, place.value, 'authorise', '*') !== undefined) break
      // Whoever was let in a moment ago counts for the next.
      const verdict = judgeKnock(await factsOf(deps, authority, group, knock, place.value))
      if (verdict.verdict !== 'let-in') continue
      await admit(deps, group, knock, verdict, signal)
      await deps.materialiser.settled()
    }
  }
}

async function admit(
  deps: EngineDeps,
  group: DocumentId,
  { request }: Knock,
  { role }: Extract<KnockVerdict, { verdict: 'let-in' }>,
  signal: AbortSignal,
): Promise<void> {
  const fields = { key_group: group, request, ...flagFields(roleFlags(role)) }
  const published = await publishDrafts(deps, [{ action: 'create', schema: membershipSchema, fields }], { signal })
  // The next change, or the next start, tries again.
  if (!published.ok) deps.log.warn('Somebody who knocked could not be let in', { code: published.error.code })
}

async function factsOf(
  deps: EngineDeps,
  authority: Authority,
  group: DocumentId,
  knock: Knock,
  place: NamedPlace,
): Promise<KnockFacts> {
  const [invites, used] = await Promise.all([invitesOf(deps, group), usesOf(deps, group)])
  const invite = invites.find(({ key }) => key === knock.invite)
  const asked = authority.groupRequests(group).find(({ request }) => request === knock.request)
  const [request] = await deps.store.views([knock.request])
  const subject = asked && groupSubject(asked.member)
  const before = authority.places(group).find((one) => one.subject === subject && one.range === '*')
  const ownLevel = levelOf(authority, group, place)
  return {
    now: deps.clock.now() / msPerSecond,
    group,
    invite: invite && {
      ...invite,
      group,
      isMakerRemoved: authority.belonging(group, invite.by) !== 'member',
      used: used.get(invite.key) ?? 0,
    },
    knock,
    request: request && { author: request.owner, group, ...(asked && { member: asked.member }) },
    isEverDevice: asked !== undefined,
    ...(before && {
      membership: {
        membership: before.membership,
        isAccepted: before.isAccepted,
        // By whom does not matter: who was put out once is let in by a person, or not at all.
        ...(!before.isAccepted && { loweredAtLevel: ownLevel }),
      },
    }),
    newestRemovalAt: await newestRemoval(deps, authority, group),
    ownLevel,
  }
}

/** How far those for whom this device speaks stand from the founder. */
const levelOf = (authority: Authority, group: DocumentId, place: NamedPlace): number =>
  Math.min(
    Infinity,
    ...authority
      .group(group)
      .levels.filter(({ subject, range }) => range === '*' && speaksFor(authority, subject, place))
      .map(({ level }) => level),
  )

/** When this device heard last that somebody is out, in the group or in one whose members are its members. Milliseconds. */
async function newestRemoval(deps: EngineDeps, authority: Authority, group: DocumentId): Promise<number | undefined> {
  const times: number[] = []
  for (const one of authority.controlGroups(group))
    for (const { fields, isDeleted, changedAt } of await viewsOf(deps, one, membershipSchema))
      if (isDeleted || fields['accepted']?.value === false) times.push(changedAt)
  return times.length > 0 ? Math.max(...times) : undefined
}
