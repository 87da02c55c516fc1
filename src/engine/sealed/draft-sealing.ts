import { documentViewId } from '../../core/document/view-id.ts'
import type { DocumentId, PublicKey, SchemaId } from '../../core/ids.ts'
import type { Fields, Operation } from '../../core/operation/operation.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import { innerRuleOf } from '../../core/schema/system/index.ts'
import { nonceBytes } from '../../core/sealing/envelope.ts'
import { type GroupKeys, groupKeys } from '../../core/sealing/group-keys.ts'
import { seal } from '../../core/sealing/seal.ts'
import type { Draft, Published } from '../api.ts'
import type { EngineDeps } from '../deps.ts'
import { isReference } from '../draft-references.ts'
import type { Failure } from '../failure.ts'
import { secretGroupOf } from './secret-group-of.ts'

/** Seals the drafts of a batch, under keys of this device and under groups that the batch itself makes. */
export interface DraftSealing {
  /** The secret group of a draft: that of a key group, or named itself. */
  readonly groupOf: (
    group: Exclude<Extract<Draft, { action: 'create' }>['group'], undefined>,
    made: ReadonlyMap<string, Published>,
  ) => Promise<Result<DocumentId, Failure>>
  /** An operation that says something, as everybody sees it: sealed for its place. */
  readonly seal: (
    said: Exclude<Operation, { action: 'delete' }>,
    publicKey: PublicKey,
    secretGroup: DocumentId,
    options: { readonly expiresAt?: number | undefined },
  ) => Promise<Result<Operation, Failure>>
  /** A secret group that the batch made. */
  readonly note: (note: {
    readonly documentId: DocumentId
    readonly schemaId: SchemaId
    readonly fields: Fields
  }) => void
}

const carrier = systemSchemaId('secret_v1')
const secretGroupSchema = systemSchemaId('secret_group_v1')
const secondsPerDay = 86_400

type Deps = Pick<EngineDeps, 'store' | 'schemas' | 'secretGroups' | 'authority' | 'materialiser' | 'random'>

export function openDraftSealing(deps: Deps): DraftSealing {
  const made = new Map<DocumentId, GroupKeys>()

  const keysOf = async (id: DocumentId): Promise<GroupKeys | undefined> =>
    made.get(id) ?? (await deps.secretGroups.find(id))?.keys

  return {
    groupOf: async (group, published) => {
      const id = isReference(group) ? published.get(group.ref)?.documentId : group
      const found = id && (made.has(id) ? id : await secretGroupOf(deps, id))
      return found ? ok(found) : fail({ code: 'group/not-sealed', group: String(id) })
    },
    seal: async (said, publicKey, secretGroup, { expiresAt }) => {
      const keys = await keysOf(secretGroup)
      const key = keys?.current
      if (key === undefined) return fail({ code: 'group/locked', group: secretGroup })
      const { action, schemaId, fields } = said
      const previous = said.action === 'update' ? { previous: said.previous } : {}
      const place = { group: secretGroup, publicKey, action, ...previous }
      const sealed = seal(schemaId, fields, place, key, deps.random.bytes(nonceBytes))
      if (!sealed.ok) return sealed
      const envelope: Fields = { sealed: { kind: 'bytes', value: sealed.value } }
      if (said.action === 'update')
        return ok({ action: 'update', schemaId: carrier, previous: said.previous, fields: envelope })
      return ok({
        action: 'create',
        schemaId: carrier,
        fields: { ...envelope, ...outerFields(schemaId, secretGroup, expiresAt) },
      })
    },
    note: ({ documentId, schemaId, fields }) => {
      const { suite } = fields
      if (schemaId === secretGroupSchema && suite?.kind === 'int')
        made.set(documentId, groupKeys(documentId, Number(suite.value)))
    },
  }
}

/** What CREATE says in clear, for good. The end is told by the day only. */
function outerFields(schemaId: SchemaId, secretGroup: DocumentId, expiresAt: number | undefined): Fields {
  const end = expiresAt === undefined ? undefined : BigInt(Math.ceil(expiresAt / secondsPerDay) * secondsPerDay)
  return {
    group: { kind: 'owner', value: documentViewId([secretGroup]) },
    ...(innerRuleOf(schemaId) === 'own' && { own: { kind: 'bool', value: true } }),
    ...(end !== undefined && { expires_at: { kind: 'int', value: end } }),
  }
}
