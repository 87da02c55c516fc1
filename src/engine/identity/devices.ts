import type { DocumentId, PublicKey } from '../../core/ids.ts'
import { type Result, ok } from '../../core/result.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { Call } from '../api.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { queryDocuments } from '../query/query.ts'
import type { Device } from './api.ts'

/** The devices of the person who writes here, and the paper keys that stand above them. */
export async function devicesOf(deps: EngineDeps, person: DocumentId): Promise<readonly Device[]> {
  await deps.materialiser.settled()
  const authority = await deps.authority.authority()
  const { founder, levels, members } = authority.group(person)
  const [[own], kept] = await Promise.all([deps.keys.publicKeys(), deps.paper?.publicKey().catch(() => undefined)])
  return members.flatMap((subject): readonly Device[] => {
    if (!subject.startsWith('k:')) return []
    const publicKey = subject.slice(2) as PublicKey
    const level = levels.find((one) => one.subject === subject && one.range === '*')?.level
    const isPaper = subject === founder || publicKey === kept
    return [{ publicKey, isOwn: publicKey === own, isPaper, ...(level !== undefined && { level }) }]
  })
}

/** A place in a person's group, and the key that it was given to. */
export interface DevicePlace {
  readonly membership: DocumentId
  readonly request: DocumentId
  readonly publicKey: PublicKey
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
    page.value.documents.flatMap(({ id, fields }, at) => {
      const request = requests[at]
      if (!request) return []
      const { documentId, owner } = request
      return [{ membership: id, request: documentId, publicKey: owner, isAccepted: fields['accepted'] === true }]
    }),
  )
}
