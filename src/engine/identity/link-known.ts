import { keySubject } from '../../core/authority/entry.ts'
import type { DocumentId, OperationId, PublicKey } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { Call, Draft } from '../api.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { publishDrafts } from '../publish.ts'
import { devicesOf, placesIn } from './devices.ts'
import { keepDrafts } from './keep-drafts.ts'
import { keptLogs } from './kept-logs.ts'
import type { Comparison, LinkingStart } from './link-api.ts'
import { readOwnPerson } from './own-person.ts'
import { roleFields } from './person-drafts.ts'
import { lowerings } from './remove-device.ts'

const membershipSchema = systemSchemaId('key_group_membership_v1')

type Signal = Pick<Call, 'signal'>

/** The person that this device may let others into. Fails with `person/none`, `person/not-allowed` or `person/words-kept`. */
export async function linkingPerson(
  deps: EngineDeps,
  { withoutWords = false }: Pick<LinkingStart, 'withoutWords'>,
): Promise<Result<DocumentId, Failure>> {
  const [person, [device]] = await Promise.all([readOwnPerson(deps.store), deps.keys.publicKeys()])
  if (!person) return fail({ code: 'person/none' })
  if (!device) return fail({ code: 'signer/gone' })
  await deps.materialiser.settled()
  const { keepers } = (await deps.authority.authority()).group(person)
  if (!keepers.includes(keySubject(device))) return fail({ code: 'person/not-allowed' })
  return (await keptWords(deps, person)) && !withoutWords ? fail({ code: 'person/words-kept' }) : ok(person)
}

/** The paper key, while this device holds it and it was not renewed elsewhere. */
async function keptWords(deps: EngineDeps, person: DocumentId): Promise<PublicKey | undefined> {
  const kept = await deps.paper?.publicKey()
  const { members } = (await deps.authority.authority()).group(person)
  return kept !== undefined && members.includes(keySubject(kept)) ? kept : undefined
}

/** By which a key asks for a place in a person's group, or was let in already, as after a connection that broke too early. */
export async function requestBy(
  deps: EngineDeps,
  person: DocumentId,
  key: PublicKey,
): Promise<OperationId | undefined> {
  await deps.materialiser.settled()
  const authority = await deps.authority.authority()
  const isTheirs = ({ subject }: { readonly subject: string }): boolean => subject === keySubject(key)
  const place = authority.places(person).find((one) => isTheirs(one) && one.isAccepted)
  return (place ?? authority.requests(person).find(isTheirs))?.request
}

/** Whom a person lets in, and as what. */
export interface Admission extends Pick<LinkingStart, 'withoutWords'>, Pick<Comparison, 'mayLetIn'> {
  readonly person: DocumentId
  readonly publicKey: PublicKey
  readonly request: OperationId
}

/**
 * Lets a new device in by its request, one level below this one. Where the person wants no recovery words their key does so instead, keeps what it wrote
 * and takes itself out, and is destroyed: then devices are equals, and nothing stands above them (identity.md §1.3).
 */
export async function admitDevice(
  deps: EngineDeps,
  { person, publicKey, request, withoutWords = false, mayLetIn }: Admission,
  { signal }: Signal,
): Promise<Result<void, Failure>> {
  const places = await placesIn(deps, person, { signal })
  if (!places.ok) return places
  const words = withoutWords ? await keptWords(deps, person) : undefined
  const devices = (await devicesOf(deps, person)).filter(({ isPaper }) => !isPaper)
  if (!devices.some((one) => one.publicKey === publicKey)) {
    const isKeeper = words !== undefined || (mayLetIn ?? devices.length < 2)
    const fields = { key_group: person, request, ...roleFields(isKeeper ? 'keeper' : 'member') }
    const members = [...places.value.map(({ membership }) => membership), { ref: 'device' }]
    const drafts: readonly Draft[] = [
      { as: 'device', ...(words && { by: words }), action: 'create', schema: membershipSchema, fields },
      { action: 'update', document: person, fields: { members } },
    ]
    const published = await publishDrafts(deps, drafts, { signal })
    if (!published.ok) return published
    await deps.materialiser.settled()
  }
  return words ? retireWords(deps, person, words, signal) : ok(undefined)
}

/** What the words' key wrote stays, in one document (R14, R25b); it takes itself out, and nobody has it any more. */
async function retireWords(
  deps: EngineDeps,
  person: DocumentId,
  words: PublicKey,
  signal: AbortSignal,
): Promise<Result<void, Failure>> {
  const places = await placesIn(deps, person, { signal })
  if (!places.ok) return places
  const own = places.value.filter(({ publicKey }) => publicKey === words)
  const [first] = own
  if (!first) return ok(undefined)
  const logs = (await keptLogs(deps, words, {}, signal)).map(({ logId, to, tip }) => ({ logId, to, tip }))
  const published = await publishDrafts(deps, [...keepDrafts(first, logs, words), ...lowerings(own, words)], { signal })
  if (!published.ok) return published
  await deps.paper?.wipe()
  return ok(undefined)
}
