import type { SchemaId } from '../../ids.ts'
import type { FieldFailure } from '../../operation/failure.ts'
import type { Fields } from '../../operation/operation.ts'
import type { Schema } from '../schema.ts'
import { blob } from './blob.ts'
import { blobPiece } from './blob-piece.ts'
import { defineSystemSchema, sortedIds } from './define.ts'
import type { FieldRule, InnerRule, SystemSchemaText } from './define.ts'
import { groupInvite } from './group-invite.ts'
import { groupKnock } from './group-knock.ts'
import { groupNode } from './group-node.ts'
import { keyGroup } from './key-group.ts'
import { keyGroupMembership } from './key-group-membership.ts'
import { keyGroupMembershipLimit } from './key-group-membership-limit.ts'
import { keyGroupMembershipRequest } from './key-group-membership-request.ts'
import { keyPackage } from './key-package.ts'
import { secret } from './secret.ts'
import { secretGroup } from './secret-group.ts'
import { secretPiece } from './secret-piece.ts'
import { schemaDefinition } from './schema-definition.ts'
import { schemaFieldDefinition } from './schema-field-definition.ts'
import { takibiCollection } from './takibi-collection.ts'
import { takibiContact } from './takibi-contact.ts'
import { takibiDevice } from './takibi-device.ts'
import { takibiFile } from './takibi-file.ts'
import { takibiGroup } from './takibi-group.ts'
import { takibiInvite } from './takibi-invite.ts'
import { takibiMessage } from './takibi-message.ts'
import { takibiPerson } from './takibi-person.ts'
import { takibiPlace } from './takibi-place.ts'
import { takibiReaction } from './takibi-reaction.ts'
import { takibiView } from './takibi-view.ts'

/** What is public, or on its way into groups. p2panda-js and aquadoggo know the first four. */
const openSchemas = {
  schema_definition_v1: schemaDefinition,
  schema_field_definition_v1: schemaFieldDefinition,
  blob_v1: blob,
  blob_piece_v1: blobPiece,
  takibi_collection_v1: takibiCollection,
  takibi_view_v1: takibiView,
} as const satisfies Readonly<Record<string, SystemSchemaText>>

/** Clear, control (schemas.md §1): who may do what in a group, and what belongs to that. */
const controlSchemas = {
  key_group_v1: keyGroup,
  key_group_membership_request_v1: keyGroupMembershipRequest,
  key_group_membership_v1: keyGroupMembership,
  key_group_membership_limit_v1: keyGroupMembershipLimit,
  group_invite_v1: groupInvite,
  group_node_v1: groupNode,
  group_knock_v1: groupKnock,
  key_package_v1: keyPackage,
  secret_group_v1: secretGroup,
} as const satisfies Readonly<Record<string, SystemSchemaText>>

/** What travels with a group and says to those without its keys only who wrote it, when, and how long it is (schemas.md §2). */
const carrierSchemas = {
  secret_v1: secret,
  secret_piece_v1: secretPiece,
} as const satisfies Readonly<Record<string, SystemSchemaText>>

/** What stands inside sealed documents only (schemas.md §3). Definitions, collections and views stand there too. */
const sealedSchemas = {
  takibi_group_v1: takibiGroup,
  takibi_invite_v1: takibiInvite,
  takibi_person_v1: takibiPerson,
  takibi_device_v1: takibiDevice,
  takibi_message_v1: takibiMessage,
  takibi_reaction_v1: takibiReaction,
  takibi_file_v1: takibiFile,
  takibi_contact_v1: takibiContact,
  takibi_place_v1: takibiPlace,
} as const satisfies Readonly<Record<string, SystemSchemaText>>

/** Every schema that is built in. */
const texts = { ...openSchemas, ...controlSchemas, ...carrierSchemas, ...sealedSchemas } as const

/** The ids of the schemas that are built in. */
export type SystemSchemaId = keyof typeof texts

const schemas: ReadonlyMap<string, Schema> = new Map(
  Object.entries(texts).map(([id, text]) => [id, defineSystemSchema(id, text)]),
)
const rules: ReadonlyMap<string, Readonly<Record<string, FieldRule>>> = new Map(
  Object.entries<SystemSchemaText>(texts).map(([id, text]) => [id, text.rules ?? {}]),
)

/** The built-in schema of that id, if there is one. */
export const systemSchema = (id: SchemaId | SystemSchemaId): Schema | undefined => schemas.get(id)

/** Whether documents of a built-in schema may be shown to anybody. The others travel with their group only (decisions.md 18). */
export const isPublicSchema = (id: SchemaId): boolean => Object.hasOwn(openSchemas, id)

/** Whether documents of a schema belong to the control closure of a group, part 0 of it (decisions.md 18). */
export const isControlSchema = (id: SchemaId): boolean => Object.hasOwn(controlSchemas, id)

const ofOneGroup: ReadonlySet<string> = new Set<SystemSchemaId>([
  'secret_group_v1',
  'group_invite_v1',
  'group_knock_v1',
  'group_node_v1',
])

/**
 * Whether documents of a schema belong to the control closures of the groups around their group too: those that say who is in it. What opens its
 * sealed documents, and who else may come in or serve it, is that group's own.
 */
export const isNestedSchema = (id: SchemaId): boolean => isControlSchema(id) && !ofOneGroup.has(id)

const fixed: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries<SystemSchemaText>(texts).flatMap(([id, text]) =>
    text.fixed === undefined ? [] : [[id, new Set(text.fixed)]],
  ),
)

/** The fields of a built-in schema that CREATE alone sets, besides owners; `undefined` where there are none. */
export const fixedFields = (id: SchemaId): ReadonlySet<string> | undefined => fixed.get(id)

/** Whether a field of a built-in schema is a list of ids that has to be sorted. */
export const isSortedField = (id: SchemaId, field: string): boolean => rules.get(id)?.[field] === sortedIds

const innerRules: ReadonlyMap<string, InnerRule> = new Map(
  Object.entries<SystemSchemaText>(texts).map(([id, { rule = 'open' }]) => [id, rule]),
)

/** Who may create and change sealed documents of this schema. Things of people's own schemas are open (schemas.md §3). */
export const innerRuleOf = (id: SchemaId): InnerRule => innerRules.get(id) ?? 'open'

const inside: ReadonlySet<string> = new Set<SystemSchemaId>([
  ...(Object.keys(sealedSchemas) as (keyof typeof sealedSchemas)[]),
  'schema_definition_v1',
  'schema_field_definition_v1',
  'takibi_collection_v1',
  'takibi_view_v1',
])

/** Whether documents of a schema may stand inside sealed ones: not those that are judged in clear. A schema we do not know waits until we do. */
export const maySeal = (id: SchemaId): boolean => inside.has(id) || !schemas.has(id)

/** All built-in schemas. */
export const systemSchemas = (): readonly Schema[] => [...schemas.values()]

/** What a built-in schema's own rules find wrong with fields that have the right kinds (wire.md §4.4), or `undefined`. */
export function findSystemFault(id: SchemaId, fields: Fields): FieldFailure | undefined {
  for (const [field, rule] of Object.entries(rules.get(id) ?? {})) {
    const value = fields[field]
    const expected = value === undefined ? undefined : rule(value)
    if (expected !== undefined) return { code: 'operation/field-invalid', field, expected }
  }
  return undefined
}
