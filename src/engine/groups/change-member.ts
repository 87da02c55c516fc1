import type { Authority } from '../../core/authority/authority.ts'
import type { Flags } from '../../core/authority/entry.ts'
import { flagFields } from '../../core/authority/flag-fields.ts'
import { type MemberChange, placesToChange, refusalOfChange, speaksFor } from '../../core/authority/member-change.ts'
import { type MemberPlace, changeOf } from '../../core/authority/places.ts'
import type { NamedPlace } from '../../core/authority/rows.ts'
import type { DocumentId, PublicKey } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { Call, Draft } from '../api.ts'
import { nextPlace } from '../authority/next-place.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { invitesOf } from '../invites/invites-of.ts'
import { keepDrafts } from '../identity/keep-drafts.ts'
import { keptLogs } from '../identity/kept-logs.ts'
import { publishDrafts } from '../publish.ts'
import type { ChangedMember } from './api.ts'

/**
 * Gives a member of a group another role, sends it away, or leaves (identity.md R14, R24). Where something is taken, what the member wrote in the
 * group until then is kept first, as far as it is here; then follow the lowerings, then what is given. Fails with `group/change-refused`, or as
 * publishing does.
 */
export async function changeMember(
  deps: EngineDeps,
  change: MemberChange,
  { signal }: Pick<Call, 'signal'>,
): Promise<Result<ChangedMember, Failure>> {
  await deps.materialiser.settled()
  const place = await nextPlace(deps)
  if (!place.ok) return place
  const authority = await deps.authority.authority()
  const refusal = refusalOfChange(authority, place.value, change)
  if (refusal !== undefined) return fail({ code: 'group/change-refused', refusal })

  const places = placesToChange(authority, change)
  const changes = places.map((one) => ({ ...changeOf(one, change.role), membership: one.membership }))
  const isFinal = standsAbove(authority, change, place.value)
  const lowers = changes.flatMap(({ membership, lowers: flags }) => updates(membership, flags))
  const raises = changes.flatMap(({ membership, raises: flags }) => updates(membership, flags))
  const kept = lowers.length === 0 ? ok(noLogs) : await keepAll(deps, change, place.value.publicKey, places, signal)
  if (!kept.ok) return kept
  const withdrawn = speaksFor(authority, change.subject, place.value) ? [] : await withdrawals(deps, change)
  const published = await publishDrafts(deps, [...kept.value.drafts, ...lowers, ...raises, ...withdrawn], { signal })
  return published.ok ? ok({ keptLogs: kept.value.logs, isFinal }) : published
}

/** Whoever is sent away may have handed links on: they end with the same commit (flows.md §1.3). */
async function withdrawals(deps: EngineDeps, { group, role }: MemberChange): Promise<readonly Draft[]> {
  if (role !== undefined) return []
  const living = (await invitesOf(deps, group)).filter(({ isLive }) => isLive)
  return living.map(({ id }) => ({ action: 'delete', document: id }))
}

interface Kept {
  readonly drafts: readonly Draft[]
  readonly logs: number
}
const noLogs: Kept = { drafts: [], logs: 0 }

/**
 * What keeps all that the keys of a member wrote in the group. Where a person leaves, what this device says of her other devices counts only if its
 * own rows cover it, so that is published before: being kept harms nobody who is in.
 */
async function keepAll(
  deps: EngineDeps,
  { group, subject }: MemberChange,
  own: PublicKey,
  places: readonly MemberPlace[],
  signal: AbortSignal,
): Promise<Result<Kept, Failure>> {
  const authority = await deps.authority.authority()
  const keys = [...authority.keysOf(subject)].sort()
  const memberships = keepingPlaces(places)
  const others = await keepKeys(
    deps,
    group,
    keys.filter((key) => key !== own),
    memberships,
    signal,
  )
  if (!keys.includes(own)) return ok(others)
  const before = await publishDrafts(deps, others.drafts, { signal })
  if (!before.ok) return before
  await deps.materialiser.settled()
  const mine = await keepKeys(deps, group, [own], memberships, signal)
  return ok({ drafts: mine.drafts, logs: others.logs + mine.logs })
}

/** Rows that hang on the place for all things count for each; where there is none, each place needs its own. */
function keepingPlaces(places: readonly MemberPlace[]): readonly DocumentId[] {
  const general = places.find(({ range }) => range === '*')
  return general === undefined ? places.map(({ membership }) => membership) : [general.membership]
}

async function keepKeys(
  deps: EngineDeps,
  group: DocumentId,
  keys: readonly PublicKey[],
  memberships: readonly DocumentId[],
  signal: AbortSignal,
): Promise<Kept> {
  const within = new Set((await deps.authority.documentsOf(group)).keys())
  const drafts: Draft[] = []
  let count = 0
  for (const publicKey of keys) {
    const logs = await keptLogs(deps, publicKey, { within }, signal)
    count += logs.length
    drafts.push(...memberships.flatMap((membership) => keepDrafts({ membership, publicKey }, logs)))
  }
  return { drafts, logs: count }
}

const updates = (document: DocumentId, flags: Flags): readonly Draft[] =>
  Object.keys(flags).length === 0 ? [] : [{ action: 'update', document, fields: flagFields(flags) }]

/** Whether those for whom this device speaks stand at the level of a member or above, or it is about themselves. */
function standsAbove(authority: Authority, { group, subject }: MemberChange, place: NamedPlace): boolean {
  if (speaksFor(authority, subject, place)) return true
  const general = authority.group(group).levels.filter(({ range }) => range === '*')
  const theirs = general.find((one) => one.subject === subject)?.level ?? Infinity
  return general.some(({ subject: one, level }) => level <= theirs && speaksFor(authority, one, place))
}
