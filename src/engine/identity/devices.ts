import type { GroupSummary } from '../../core/authority/authority.ts'
import { keySubject } from '../../core/authority/entry.ts'
import type { DocumentId, PublicKey } from '../../core/ids.ts'
import { type Result, ok } from '../../core/result.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { Call } from '../api.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { queryDocuments } from '../query/query.ts'
import type { Device } from './api.ts'
import { readDeviceNames } from './device-names.ts'

/** The devices of the person who writes here, and the paper keys that stand above them. */
export async function devicesOf(deps: EngineDeps, person: DocumentId): Promise<readonly Device[]> {
  await deps.materialiser.settled()
  const authority = await deps.authority.authority()
  const summary = authority.group(person)
  const { members } = summary
  const words = await wordsAbove(deps, summary)
  const [[own], kept, names] = await Promise.all([
    deps.keys.publicKeys(),
    deps.paper?.publicKey().catch(() => undefined),
    readDeviceNames(deps.store),
  ])
  return members.flatMap((subject): readonly Device[] => {
    if (!subject.startsWith('k:')) return []
    const publicKey = subject.slice(2) as PublicKey
    const level = levelIn(summary, publicKey)
    const isOwn = publicKey === own
    const isPaper = !isOwn && (subject === words || publicKey === kept)
    const name = names.get(publicKey)
    return [{ publicKey, isOwn, isPaper, ...(level !== undefined && { level }), ...(name !== undefined && { name }) }]
  })
}

/** How far somebody who may let others in is from the founder; `undefined`: they may not. */
export const levelIn = ({ levels }: GroupSummary, publicKey: PublicKey): number | undefined =>
  levels.find(({ subject, range }) => subject === keySubject(publicKey) && range === '*')?.level

/**
 * The paper key of a person: its founder, or, once that took itself out, the one that stands alone above everything else, as a recovery leaves it: the
 * new paper key takes the place of the old one and lets all devices in anew, a level below. Where the words were given up, a device stands there; other
 * than a paper key it wrote more than who is let in.
 */
async function wordsAbove(
  { store, life }: Pick<EngineDeps, 'store' | 'life'>,
  { founder, levels, members }: GroupSummary,
): Promise<string | undefined> {
  if (founder !== undefined && members.includes(founder)) return founder
  const standing = levels.filter(({ subject, range }) => range === '*' && members.includes(subject))
  const highest = Math.min(...standing.map(({ level }) => level))
  const [first, ...others] = standing.filter(({ level }) => level === highest)
  if (!first?.subject.startsWith('k:') || others.length > 0) return undefined
  for await (const heads of store.allHeads(first.subject.slice(2) as PublicKey, life)) {
    const views = await store.views(heads.map(({ documentId }) => documentId))
    if (!views.every((view) => view?.schemaId.startsWith('key_group_membership_'))) return undefined
  }
  return first.subject
}

/** A place in a person's group, and the key that it was given to. */
export interface DevicePlace {
  readonly membership: DocumentId
  readonly request: DocumentId
  readonly publicKey: PublicKey
  /** Who gave it. */
  readonly by: PublicKey
  /** As its document says now; who really is let in, the authority says. */
  readonly isAccepted: boolean
}

const membershipSchema = systemSchemaId('key_group_membership_v1')
/** Places in a person's group that are looked at: more than anybody has devices. */
const mostPlaces = 1_000

/** The places in a person's group whose requests are here, paper keys among them. */
export async function placesIn(
  deps: EngineDeps,
  person: DocumentId,
  { signal }: Pick<Call, 'signal'>,
): Promise<Result<readonly DevicePlace[], Failure>> {
  const where = { key_group: { eq: person } }
  const page = await queryDocuments(deps, { schema: membershipSchema, where, first: mostPlaces }, { signal })
  if (!page.ok) return page
  const asked = page.value.documents.map(({ fields }) => fields['request'] as DocumentId)
  const requests = await deps.store.views(asked)
  return ok(
    page.value.documents.flatMap(({ id, fields, owner: by }, at) => {
      const request = requests[at]
      if (!request) return []
      const { documentId, owner } = request
      return [{ membership: id, request: documentId, publicKey: owner, by, isAccepted: fields['accepted'] === true }]
    }),
  )
}
