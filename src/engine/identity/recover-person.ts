import { keySubject } from '../../core/authority/entry.ts'
import { shortId } from '../../core/identity/short-id.ts'
import type { DocumentId, PublicKey } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { PaperKey } from '../../ports/paper-key.ts'
import type { Call, Draft } from '../api.ts'
import { identityChanged } from '../changes-hub.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { publishDrafts } from '../publish.ts'
import { queryDocuments } from '../query/query.ts'
import type { Recovery, WordsOwner } from './api.ts'
import { type DevicePlace, devicesOf, levelIn, placesIn } from './devices.ts'
import { keepDrafts } from './keep-drafts.ts'
import { keptLogs } from './kept-logs.ts'
import { ownPersonChange, readOwnPerson } from './own-person.ts'
import { admissionDrafts, roleFields } from './person-drafts.ts'
import { lowerings } from './remove-device.ts'

const requestSchema = systemSchemaId('key_group_membership_request_v1')
const membershipSchema = systemSchemaId('key_group_membership_v1')

type Signal = Pick<Call, 'signal'>

/** Everything that a recovery goes by. */
interface Plan {
  readonly person: DocumentId
  /** The key of the words that were typed, the one of the new words, and this device's. */
  readonly old: PublicKey
  readonly renewed: PublicKey
  readonly device: PublicKey
  readonly places: readonly DevicePlace[]
  /** Whether a key was let in before anything is signed. */
  readonly isIn: (key: PublicKey) => boolean
}

/**
 * Makes this device one of the person whose recovery words were typed, takes lost devices out, and renews the words (identity.md §1.5): the new paper
 * key lets in this device and those that stay, and the old one, having kept what it wrote, takes itself out for good (S41). Two commits; where the
 * second did not come to be, doing it again does only that. On a device that is one of the person already the words do the same, but let it in no
 * second time.
 *
 * What others know of the old paper key comes as `elsewhere`: nothing is signed while entries of it are missing here (R29).
 * Fails with `words/…`, `person/…`, or as publishing does.
 */
export async function recoverPerson(
  deps: EngineDeps,
  { words, lost, elsewhere }: Recovery,
  call: Signal,
): Promise<Result<DocumentId, Failure>> {
  const { paper } = deps
  const [device] = await deps.keys.publicKeys()
  if (!paper || !device) return fail({ code: 'signer/gone' })
  const taken = await paper.takeUp(words)
  if (!taken.ok) return taken
  try {
    const old = taken.value
    const person = await personOf(deps, old, call)
    if (!person.ok) return person
    const isBehind = await lacksHeads(deps, old, elsewhere)
    if (isBehind) return fail({ code: 'person/behind' })
    const known = await readOwnPerson(deps.store)
    if (known && known !== person.value) return fail({ code: 'person/exists' })
    const places = await placesIn(deps, person.value, call)
    if (!places.ok) return places
    const { members } = (await deps.authority.authority()).group(person.value)
    const isIn = (key: PublicKey): boolean => members.includes(keySubject(key))
    const plan = {
      person: person.value,
      old,
      device,
      isIn,
      places: places.value,
      renewed: await renewedKey(
        paper,
        old,
        (key) => !isIn(key) && places.value.some(({ publicKey }) => publicKey === key),
      ),
    }
    const renewed = known && isIn(plan.renewed) ? ok(undefined) : await renew(deps, plan, lost, call)
    return renewed.ok ? await retire(deps, plan, call) : renewed
  } finally {
    await paper.letGo()
  }
}

/** New words are kept here until they are confirmed; old ones that this very device kept, whether typed now or renewed elsewhere, are not. */
async function renewedKey(paper: PaperKey, old: PublicKey, isRetired: (key: PublicKey) => boolean): Promise<PublicKey> {
  const kept = await paper.publicKey()
  if (kept !== undefined && (kept === old || isRetired(kept))) await paper.wipe()
  return paper.make()
}

/**
 * Whose recovery words were typed, and which devices they have, as far as this device knows. Signs nothing and keeps nothing.
 * Fails with `words/…`, `person/words-unknown`, `person/words-retired` or `person/exists`.
 */
export async function lookUpWords(deps: EngineDeps, words: string, call: Signal): Promise<Result<WordsOwner, Failure>> {
  const { paper } = deps
  if (!paper) return fail({ code: 'signer/gone' })
  const taken = await paper.takeUp(words)
  await paper.letGo()
  if (!taken.ok) return taken
  const person = await personOf(deps, taken.value, call)
  if (!person.ok) return person
  const known = await readOwnPerson(deps.store)
  if (known && known !== person.value) return fail({ code: 'person/exists' })
  const devices = await devicesOf(deps, person.value)
  return ok({
    person: person.value,
    shortId: shortId(person.value),
    devices: devices.filter(({ isPaper }) => !isPaper),
    isOwn: devices.some(({ isOwn }) => isOwn),
  })
}

/** The person that a paper key stands above: of the groups it asked for a place in, the one it may let others into. */
async function personOf(deps: EngineDeps, paper: PublicKey, call: Signal): Promise<Result<DocumentId, Failure>> {
  await deps.materialiser.settled()
  const requests = await queryDocuments(deps, { schema: requestSchema, meta: { owner: { eq: paper } } }, call)
  if (!requests.ok) return requests
  const groups = requests.value.documents.map(({ fields }) => fields['key_group'] as DocumentId)
  const authority = await deps.authority.authority()
  const person = groups.find((group) => authority.group(group).members.includes(keySubject(paper)))
  if (person) return ok(person)
  return fail({ code: groups.length > 0 ? 'person/words-retired' : 'person/words-unknown' })
}

/** Whether others have entries of a key that are not here, or other ones (R29). */
async function lacksHeads(
  { store }: EngineDeps,
  publicKey: PublicKey,
  elsewhere: Recovery['elsewhere'],
): Promise<boolean> {
  const heads = await store.heads(elsewhere.map(({ logId }) => ({ publicKey, logId })))
  return elsewhere.some(({ seqNum, hash }, at) => {
    const head = heads[at]
    return !head || head.seqNum < seqNum || (head.seqNum === seqNum && head.hash !== hash)
  })
}

/** The first commit: lost devices out by the old key, the new key in by the old one, and devices in by the new one, a level below it. */
async function renew(
  deps: EngineDeps,
  plan: Plan,
  lost: readonly PublicKey[],
  { signal }: Signal,
): Promise<Result<unknown, Failure>> {
  const { person, old, renewed, device, places, isIn } = plan
  if (lost.includes(device)) return fail({ code: 'person/device-own' })
  const drafts: Draft[] = []
  for (const key of lost) {
    const own = places.filter(({ publicKey }) => publicKey === key)
    const [first] = own
    if (!first) return fail({ code: 'person/device-unknown', publicKey: key })
    drafts.push(...keepDrafts(first, await keptLogs(deps, key, {}, signal), old), ...lowerings(own, old))
  }
  const authority = await deps.authority.authority()
  const summary = authority.group(person)
  const below = (levelIn(summary, old) ?? 0) + 1
  const staying = places.filter(({ publicKey }) => !lost.includes(publicKey) && levelIn(summary, publicKey) === below)
  const anew = staying.map(({ request }, at): Draft => {
    const fields = { key_group: person, request, ...roleFields('keeper') }
    return { as: `again ${at}`, by: renewed, action: 'create', schema: membershipSchema, fields }
  })
  const gone = new Set([...staying, ...places.filter(({ publicKey }) => lost.includes(publicKey))])
  const members = [
    ...places.filter((place) => !gone.has(place)).map(({ membership }) => membership),
    ...['paper', ...(isIn(device) ? [] : ['device']), ...anew.map((_, at) => `again ${at}`)].map((ref) => ({ ref })),
  ]
  drafts.push(
    ...admissionDrafts('paper', person, { by: renewed, acceptedBy: old, role: 'keeper' }),
    ...(isIn(device) ? [] : admissionDrafts('device', person, { by: device, acceptedBy: renewed, role: 'keeper' })),
    ...anew,
    ...staying.map(({ membership }): Draft => ({ by: old, action: 'delete', document: membership })),
    { by: device, action: 'update', document: person, fields: { members } },
  )
  const published = await publishDrafts(deps, drafts, { signal }, () => [ownPersonChange(person)])
  if (published.ok) deps.changes.announce(identityChanged)
  return published
}

/** The second: the old key keeps what it wrote, in one document (R14, R25b), and takes itself out. */
async function retire(
  deps: EngineDeps,
  { person, old, places }: Plan,
  { signal }: Signal,
): Promise<Result<DocumentId, Failure>> {
  const own = places.filter(({ publicKey }) => publicKey === old)
  const [first] = own
  if (!first) return fail({ code: 'person/words-unknown' })
  const logs = (await keptLogs(deps, old, {}, signal)).map(({ logId, to, tip }) => ({ logId, to, tip }))
  const published = await publishDrafts(deps, [...keepDrafts(first, logs, old), ...lowerings(own, old)], { signal })
  return published.ok ? ok(person) : published
}
