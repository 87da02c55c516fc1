import type { GroupSummary } from '../../core/authority/authority.ts'
import { keySubject } from '../../core/authority/entry.ts'
import { encodeRanges } from '../../core/authority/ranges.ts'
import { type KeptLog, keepRows } from '../../core/identity/keep-rows.ts'
import type { DocumentId, PublicKey } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { Call, Draft } from '../api.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { publishDrafts } from '../publish.ts'
import type { RemovedDevice, Removal } from './api.ts'
import { type DevicePlace, placesIn } from './devices.ts'
import { keptLogs } from './kept-logs.ts'
import { readOwnPerson } from './own-person.ts'

const limitSchema = systemSchemaId('key_group_membership_limit_v1')

/**
 * Takes a lost or stolen device out of its person (identity.md §1.5), in one commit and in this order: what stays of what it wrote, then its place,
 * then the list of places. Whoever stands below it removes it softly: it could come back, and only the recovery words make it final.
 * Fails with `person/none`, `person/device-unknown`, `person/device-own`, `person/not-allowed`, or as publishing does.
 */
export async function removeDevice(
  deps: EngineDeps,
  { publicKey, stolenSince }: Removal,
  { signal }: Pick<Call, 'signal'>,
): Promise<Result<RemovedDevice, Failure>> {
  const [person, own] = await Promise.all([readOwnPerson(deps.store), deps.keys.publicKeys()])
  const [speaker] = own
  if (!person) return fail({ code: 'person/none' })
  if (!speaker) return fail({ code: 'signer/gone' })
  if (publicKey === speaker) return fail({ code: 'person/device-own' })
  await deps.materialiser.settled()
  const places = await placesIn(deps, person, { signal })
  if (!places.ok) return places
  const [first, ...others] = places.value.filter((place) => place.publicKey === publicKey)
  if (!first) return fail({ code: 'person/device-unknown', publicKey })
  const authority = await deps.authority.authority()
  const summary = authority.group(person)
  const level = levelIn(summary, speaker)
  if (level === undefined) return fail({ code: 'person/not-allowed' })

  const logs = await keptLogs(deps, publicKey, stolenSince, signal)
  const drafts = [
    ...keepDrafts(first, logs),
    ...lowerings([first, ...others]),
    indexWithout(person, places.value, publicKey),
  ]
  const published = await publishDrafts(deps, drafts, { signal })
  if (!published.ok) return published
  const theirs = levelIn(summary, publicKey)
  return ok({ keptLogs: logs.length, isFinal: theirs === undefined || level <= theirs })
}

/** How far somebody who may let others in is from the founder; `undefined`: they may not. */
export const levelIn = ({ levels }: GroupSummary, publicKey: PublicKey): number | undefined =>
  levels.find(({ subject, range }) => subject === keySubject(publicKey) && range === '*')?.level

/** Keeps logs of whoever has this place. `by`: who says so; this device where nobody is named. */
export const keepDrafts = (
  { membership, publicKey }: DevicePlace,
  logs: readonly KeptLog[],
  by?: PublicKey,
): readonly Draft[] =>
  keepRows(logs).map((rows) => {
    const fields = { membership, public_key: publicKey, mode: 'keep', ranges: encodeRanges(rows) }
    return { ...(by && { by }), action: 'create', schema: limitSchema, fields }
  })

/** Takes back what was given, in every document that gives it. */
export const lowerings = (places: readonly DevicePlace[], by?: PublicKey): readonly Draft[] =>
  places.map(({ membership }) => ({
    ...(by && { by }),
    action: 'update',
    document: membership,
    fields: { accepted: false },
  }))

/** The list of places, by which others find them, without those of a key. */
const indexWithout = (person: DocumentId, places: readonly DevicePlace[], gone: PublicKey): Draft => {
  const members = places.filter(({ publicKey }) => publicKey !== gone).map(({ membership }) => membership)
  return { action: 'update', document: person, fields: { members: members.sort() } }
}
