import type { GroupSummary } from '../../core/authority/authority.ts'
import { keySubject } from '../../core/authority/entry.ts'
import type { PublicKey } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { Call, Draft } from '../api.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { publishDrafts } from '../publish.ts'
import type { Removal, RemovalPlan, RemovedDevice } from './api.ts'
import { type DevicePlace, levelIn, placesIn } from './devices.ts'
import { keepDrafts } from './keep-drafts.ts'
import { type HeldLog, keptLogs } from './kept-logs.ts'
import { readOwnPerson } from './own-person.ts'

interface Removing {
  readonly places: readonly DevicePlace[]
  readonly logs: readonly HeldLog[]
  readonly plan: RemovalPlan
}

/**
 * What taking a device out would do, as far as this device knows: what stays of what it wrote, who was let in by it. Signs nothing.
 * Fails with `person/none`, `person/device-unknown`, `person/device-own` or `person/not-allowed`.
 */
export async function planRemoval(
  deps: EngineDeps,
  removal: Removal,
  call: Pick<Call, 'signal'>,
): Promise<Result<RemovalPlan, Failure>> {
  const removing = await lookAt(deps, removal, call)
  return removing.ok ? ok(removing.value.plan) : removing
}

/**
 * Takes a lost or stolen device out of its person (identity.md §1.5), in one commit and in this order: what stays of what it wrote, then its place.
 * The list of places goes on naming it (R5): that it is out has to be found, too. Whoever stands below it removes it softly: it could come back, and
 * only the recovery words make it final.
 * Fails as `planRemoval` or as publishing does.
 */
export async function removeDevice(
  deps: EngineDeps,
  removal: Removal,
  { signal }: Pick<Call, 'signal'>,
): Promise<Result<RemovedDevice, Failure>> {
  const removing = await lookAt(deps, removal, { signal })
  if (!removing.ok) return removing
  const { places, logs, plan } = removing.value
  const published = await publishDrafts(deps, [...keepDrafts(places[0]!, logs), ...lowerings(places)], { signal })
  return published.ok ? ok({ keptLogs: plan.keptLogs, isFinal: plan.isFinal }) : published
}

async function lookAt(
  deps: EngineDeps,
  { publicKey, stolenSince }: Removal,
  { signal }: Pick<Call, 'signal'>,
): Promise<Result<Removing, Failure>> {
  const [person, own] = await Promise.all([readOwnPerson(deps.store), deps.keys.publicKeys()])
  const [speaker] = own
  if (!person) return fail({ code: 'person/none' })
  if (!speaker) return fail({ code: 'signer/gone' })
  if (publicKey === speaker) return fail({ code: 'person/device-own' })
  await deps.materialiser.settled()
  const all = await placesIn(deps, person, { signal })
  if (!all.ok) return all
  const places = all.value.filter((place) => place.publicKey === publicKey)
  if (places.length === 0) return fail({ code: 'person/device-unknown', publicKey })
  const authority = await deps.authority.authority()
  const summary = authority.group(person)
  const level = levelIn(summary, speaker)
  if (level === undefined) return fail({ code: 'person/not-allowed' })

  const whole = await keptLogs(deps, publicKey, {}, signal)
  const logs = stolenSince === undefined ? whole : await keptLogs(deps, publicKey, { before: stolenSince }, signal)
  const theirs = levelIn(summary, publicKey)
  return ok({
    places,
    logs,
    plan: {
      keptLogs: logs.length,
      isFinal: theirs === undefined || level <= theirs,
      leftOut: Number(entriesOf(whole) - entriesOf(logs)),
      letIn: letInBy(publicKey, all.value, summary, logs),
    },
  })
}

/** Where a log begins with 1, its last sequence number is how many entries it has. */
const entriesOf = (logs: readonly HeldLog[]): bigint => logs.reduce((sum, { to }) => sum + to, 0n)

/** Who is in by the word of a key: its word goes on counting where the log that gives it is kept. */
function letInBy(
  publicKey: PublicKey,
  places: readonly DevicePlace[],
  { members }: GroupSummary,
  logs: readonly HeldLog[],
): RemovalPlan['letIn'] {
  const kept = new Set(logs.map(({ documentId }) => documentId))
  const stays = new Map<PublicKey, boolean>()
  for (const place of places.filter(({ publicKey: key }) => key !== publicKey && members.includes(keySubject(key)))) {
    const isByOthers = place.by !== publicKey
    stays.set(
      place.publicKey,
      (stays.get(place.publicKey) ?? false) || (isByOthers && place.isAccepted) || kept.has(place.membership),
    )
  }
  const isLetInBy = (key: PublicKey): boolean => places.some((one) => one.publicKey === key && one.by === publicKey)
  return [...stays].flatMap(([key, isStaying]) => (isLetInBy(key) ? [{ publicKey: key, stays: isStaying }] : []))
}

/** Takes back what was given, in every document that gives it. */
export const lowerings = (places: readonly DevicePlace[], by?: PublicKey): readonly Draft[] =>
  places.map(({ membership }) => ({
    ...(by && { by }),
    action: 'update',
    document: membership,
    fields: { accepted: false },
  }))
