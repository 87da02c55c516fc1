import type { SchemaId } from '../../sdk/index.ts'

/** Takibi's own schemas, which every node has built in. */
export const collectionSchema = 'takibi_collection_v1' as SchemaId
export const viewSchema = 'takibi_view_v1' as SchemaId
/** Who may do what. */
export const groupSchema = 'key_group_v1' as SchemaId
export const requestSchema = 'key_group_membership_request_v1' as SchemaId
export const membershipSchema = 'key_group_membership_v1' as SchemaId
export const limitSchema = 'key_group_membership_limit_v1' as SchemaId
/** The sealed side of a group, and what its members see of it. */
export const secretGroupSchema = 'secret_group_v1' as SchemaId
export const groupCardSchema = 'takibi_group_v1' as SchemaId
/** What people call themselves in a group. */
export const personCardSchema = 'takibi_person_v1' as SchemaId
/** What is said at the fire of a group. */
export const messageSchema = 'takibi_message_v1' as SchemaId
