import type { DocumentId, OperationId, PublicKey, SchemaId } from '../ids.ts'
import { viewIdParts } from '../document/view-id.ts'
import type { Fields, Operation } from '../operation/operation.ts'
import { type Result, fail, ok } from '../result.ts'
import { systemSchemaId } from '../schema/system/id.ts'
import type { ControlEntry, ControlOperation, Flags, Place, Row } from './entry.ts'
import { fieldOfFlag } from './flag-fields.ts'
import { type DigestRow, type RangeRow, decodeRanges, digestOf, isDigestRow } from './ranges.ts'

/** An operation on a document of a key group, read by its schema, and where its entry lies. */
export interface StoredControl extends Place {
  readonly id: OperationId
  readonly backlink?: OperationId | undefined
  readonly documentId: DocumentId
  readonly operation: Operation
}

/** What the reader asks of whoever has the store. */
export interface ControlIndex {
  /** The document that an operation belongs to; `undefined`: it is not here. */
  readonly documentOf: (id: OperationId) => DocumentId | undefined
}

/** Rows that count once all their heads are held (identity.md §2.1.4). */
export interface WaitingRows {
  readonly publicKey: PublicKey
  readonly row: DigestRow
}

/** Why an operation says nothing about who may do what, though its schema has nothing against it. */
export type ControlFault =
  /** A `keep` row names no entry that it ends with. */
  | 'keep-without-hash'
  /** Digests keep, they do not void. */
  | 'void-by-digest'
  /** An owner names operations of several documents. */
  | 'owner-ambiguous'

export type ReadControl =
  | { readonly is: 'entry'; readonly entry: ControlEntry; readonly waiting: readonly WaitingRows[] }
  /** An owner that points nowhere yet (R2). */
  | { readonly is: 'pending'; readonly awaits: OperationId }
  | { readonly is: 'refused'; readonly fault: ControlFault }
  /** No statement: a group's new name, a change of what nothing changes. */
  | { readonly is: 'nothing' }

const schemas = {
  group: systemSchemaId('key_group_v1'),
  request: systemSchemaId('key_group_membership_request_v1'),
  membership: systemSchemaId('key_group_membership_v1'),
  limit: systemSchemaId('key_group_membership_limit_v1'),
} as const

/** Whether documents of a schema are the control plane itself: who may do what follows from them. */
export const isLevelsSchema = (id: SchemaId): boolean => Object.values(schemas).includes(id)

/** A stored operation to what it says (identity.md §2.1). Pure; whoever wrote it (R1). */
export function readControl(stored: StoredControl, index: ControlIndex): ReadControl {
  const { operation } = stored
  if (operation.action === 'create') return readCreate(stored, operation.schemaId, operation.fields, index)
  const said = laterOperation(stored)
  return said === undefined ? { is: 'nothing' } : entryOf(stored, said)
}

const entryOf = (
  { id, publicKey, logId, seqNum, backlink }: StoredControl,
  operation: ControlOperation,
  waiting: readonly WaitingRows[] = [],
): ReadControl => ({
  is: 'entry',
  entry: { id, publicKey, logId, seqNum, ...(backlink !== undefined && { backlink }), operation },
  waiting,
})

/** What an UPDATE or a DELETE says. Of requests and limits no UPDATE says anything. */
function laterOperation({ documentId, operation }: StoredControl): ControlOperation | undefined {
  if (operation.action === 'create') return undefined
  const { schemaId, previous } = operation
  if (schemaId === schemas.membership)
    return operation.action === 'update'
      ? { kind: 'membership-update', membership: documentId, previous, flags: flagsIn(operation.fields) }
      : { kind: 'membership-delete', membership: documentId, previous }
  if (operation.action === 'update')
    return schemaId === schemas.group ? listIn(documentId, operation.fields) : undefined
  if (schemaId === schemas.group) return { kind: 'group-delete', group: documentId, previous }
  return schemaId === schemas.limit ? { kind: 'limit-delete', limit: documentId, previous } : undefined
}

function listIn(group: DocumentId, { members }: Fields): ControlOperation | undefined {
  return members?.kind === 'relation_list' && members.value.length > 0
    ? { kind: 'group-list', group, memberships: members.value }
    : undefined
}

function readCreate(stored: StoredControl, schemaId: SchemaId, fields: Fields, index: ControlIndex): ReadControl {
  const owners = ownersIn(fields, index)
  if (!owners.ok) return owners.error
  const { founder, member, key_group: group, membership } = owners.value
  if (schemaId === schemas.group) return entryOf(stored, { kind: 'group', founder: founder ?? 'key' })
  if (schemaId === schemas.request) {
    const asked = fields['key_group']
    if (asked?.kind !== 'relation') return { is: 'nothing' }
    return entryOf(stored, { kind: 'request', group: asked.value, ...(member !== undefined && { member }) })
  }
  if (schemaId === schemas.membership && group !== undefined) return entryOf(stored, membershipOf(group, fields))
  return schemaId === schemas.limit && membership !== undefined
    ? readLimit(stored, membership, fields)
    : { is: 'nothing' }
}

type Owners = Readonly<Record<string, DocumentId | undefined>>

/** The owners of an operation as documents, by field; or what they wait for. */
function ownersIn(
  fields: Fields,
  { documentOf }: ControlIndex,
): Result<Owners, Extract<ReadControl, { is: 'pending' | 'refused' }>> {
  const owners: [string, DocumentId][] = []
  for (const [name, field] of Object.entries(fields)) {
    if (field.kind !== 'owner') continue
    const ids = viewIdParts(field.value)
    const found = ids.map(documentOf)
    const missing = ids.find((_, at) => found[at] === undefined)
    if (missing !== undefined) return fail({ is: 'pending', awaits: missing })
    const [document, ...others] = new Set(found)
    if (document === undefined || others.length > 0) return fail({ is: 'refused', fault: 'owner-ambiguous' })
    owners.push([name, document])
  }
  return ok(Object.fromEntries(owners))
}

function membershipOf(group: DocumentId, fields: Fields): ControlOperation {
  const request = fields['request']
  const schema = fields['schema']
  return {
    kind: 'membership',
    group,
    request: (request?.kind === 'pinned_relation' ? request.value : '') as string as OperationId,
    range: schema?.kind === 'str' ? (schema.value as SchemaId) : '*',
    flags: flagsIn(fields),
  }
}

const flagsIn = (fields: Fields): Flags =>
  Object.fromEntries(
    fieldOfFlag.flatMap(([flag, name]) => {
      const field = fields[name]
      return field?.kind === 'bool' ? [[flag, field.value]] : []
    }),
  )

function readLimit(stored: StoredControl, membership: DocumentId, fields: Fields): ReadControl {
  const key = fields['public_key']
  const mode = fields['mode']
  const bytes = fields['ranges']
  if (key?.kind !== 'str' || mode?.kind !== 'str' || bytes?.kind !== 'bytes') return { is: 'nothing' }
  const ranges = decodeRanges(bytes.value)
  if (!ranges.ok) return { is: 'nothing' }
  const publicKey = key.value as PublicKey
  const fault = faultOf(mode.value, ranges.value)
  if (fault !== undefined) return { is: 'refused', fault }
  const rows = ranges.value.filter((row): row is Row => !isDigestRow(row))
  const waiting = ranges.value.filter(isDigestRow).map((row) => ({ publicKey, row }))
  const limit = { kind: 'limit', membership, publicKey, mode: mode.value === 'void' ? 'void' : 'keep', rows } as const
  return entryOf(stored, limit, waiting)
}

function faultOf(mode: string, rows: readonly RangeRow[]): ControlFault | undefined {
  if (mode === 'void') return rows.some(isDigestRow) ? 'void-by-digest' : undefined
  return rows.some((row) => !isDigestRow(row) && row.tip === undefined) ? 'keep-without-hash' : undefined
}

/**
 * The rows that a digest row stands for, once all its heads are held and are those that it was made of.
 *
 * @param headAt the entry at a place of the key's logs, where it is held
 */
export function rowsOfDigest(
  { row, publicKey }: WaitingRows,
  headAt: (place: Place) => OperationId | undefined,
): readonly Row[] | undefined {
  const heads = row.logs.map(({ logId, to }) => headAt({ publicKey, logId, seqNum: to }))
  if (heads.some((head) => head === undefined)) return undefined
  const held = heads as readonly OperationId[]
  if (digestOf(held) !== row.digest) return undefined
  return row.logs.map(({ logId, to }, at) => ({ logId, from: 1n as Row['from'], to, tip: held[at] as OperationId }))
}
