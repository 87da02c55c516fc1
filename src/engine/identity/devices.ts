import type { DocumentId, PublicKey } from '../../core/ids.ts'
import { type Result, ok } from '../../core/result.ts'
import { systemSchemaId } from '../../core/schema/system/index.ts'
import type { Call } from '../api.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { queryDocuments } from '../query/query.ts'

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
