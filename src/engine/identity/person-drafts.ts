import { type Role, permissions, roles } from '../../core/authority/entry.ts'
import type { PublicKey } from '../../core/ids.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { Draft, DraftValues } from '../api.ts'

const group = systemSchemaId('key_group_v1')
const request = systemSchemaId('key_group_membership_request_v1')
const membership = systemSchemaId('key_group_membership_v1')

/** The switches of a new membership with a role, as its document has them. */
export const roleFields = (role: Role): DraftValues => ({
  accepted: true,
  ...Object.fromEntries(permissions.map((permission) => [`can_${permission}`, roles[role].includes(permission)])),
})

/** Drafts by which `by` asks for a place in a group and `acceptedBy` gives it: named `<name> asks` and `<name>`. */
export const admissionDrafts = (
  name: string,
  to: DraftValues[string] & ({ readonly ref: string } | string),
  { by, acceptedBy, role }: { readonly by: PublicKey; readonly acceptedBy: PublicKey; readonly role: Role },
): readonly [asking: Draft, accepting: Draft] => [
  { as: `${name} asks`, by, action: 'create', schema: request, fields: { key_group: to } },
  {
    as: name,
    by: acceptedBy,
    action: 'create',
    schema: membership,
    fields: { key_group: to, request: { ref: `${name} asks` }, ...roleFields(role) },
  },
]

/**
 * A person, founded by its paper key, with this device as its first (identity.md §1.3, rows 1 to 6). Where a log ids of the paper key begin with
 * the group, its request and the genesis have the next two, as R8 wants them.
 */
export function personDrafts(paper: PublicKey, device: PublicKey): readonly Draft[] {
  const person = { ref: 'person' }
  return [
    { as: 'person', by: paper, action: 'create', schema: group, fields: { name: 'g', members: [] } },
    ...admissionDrafts('paper', person, { by: paper, acceptedBy: paper, role: 'keeper' }),
    ...admissionDrafts('device', person, { by: device, acceptedBy: paper, role: 'keeper' }),
    { by: device, action: 'update', document: person, fields: { members: [{ ref: 'paper' }, { ref: 'device' }] } },
  ]
}
