import type { DocumentId, PublicKey, SchemaId } from '../../../src/core/ids.ts'
import type { SealingPlace } from '../../../src/core/sealing/place.ts'
import { groupKeys } from '../../../src/core/sealing/group-keys.ts'
import { anId } from '../operation/an-operation.ts'

export const group = anId(1) as string as DocumentId
export const keys = groupKeys(group, 0)
export const nonce = new Uint8Array(24).fill(7)
export const message = 'takibi_reaction_v1' as SchemaId
export const place: SealingPlace = {
  group,
  publicKey: 'ab'.repeat(32) as PublicKey,
  action: 'update',
  previous: [anId(2)],
}
