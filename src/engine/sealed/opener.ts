import type { DocumentId } from '../../core/ids.ts'
import type { PlainOperation } from '../../core/operation/operation.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import { unseal } from '../../core/sealing/seal.ts'
import type { Opened, ReadDocument, StoredOperation } from '../stored-document.ts'
import { schemaIdOf } from '../stored-document.ts'
import type { SecretGroup, SecretGroups } from './secret-groups.ts'

/** Opens sealed documents: the one place in the engine that does. What is clear stays as it is. */
export interface Opener {
  readonly open: (document: ReadDocument) => Promise<ReadDocument>
  readonly openAll: (documents: ReadonlyMap<DocumentId, ReadDocument>) => Promise<ReadonlyMap<DocumentId, ReadDocument>>
}

const sealedSchema = systemSchemaId('secret_v1')

export function createOpener(groups: SecretGroups): Opener {
  const open = async (document: ReadDocument): Promise<ReadDocument> => {
    const named = secretGroupIn(document)
    if (named === undefined) return document
    const group = await groups.find(named)
    const operations = document.operations.map((stored) => openOne(stored, group))
    return {
      ...document,
      operations,
      sealed: { secretGroup: named, ...(group?.keyGroup && { group: group.keyGroup }) },
    }
  }
  return {
    open,
    openAll: async (documents) => {
      const sealed = [...documents.values()].filter(isSealed)
      if (sealed.length === 0) return documents
      const opened = new Map(documents)
      for (const document of sealed) opened.set(document.documentId, await open(document))
      return opened
    },
  }
}

const isSealed = (document: ReadDocument): boolean => schemaIdOf(document) === sealedSchema

/** The secret group that CREATE names. It never changes, so its view id is its document id. */
function secretGroupIn(document: ReadDocument): DocumentId | undefined {
  const create = document.operations.find(({ operation }) => operation?.action === 'create')?.operation
  if (create?.action !== 'create' || create.schemaId !== sealedSchema) return undefined
  const { group } = create.fields
  return group?.plain === 'hashes' && group.value.length === 1 ? (group.value[0] as DocumentId) : undefined
}

function openOne(stored: StoredOperation, group: SecretGroup | undefined): StoredOperation {
  const { operation, entry } = stored
  return operation === null || operation.action === 'delete'
    ? stored
    : { ...stored, inside: openOperation(operation, entry.publicKey, group) }
}

function openOperation(
  operation: Exclude<PlainOperation, { readonly action: 'delete' }>,
  publicKey: StoredOperation['entry']['publicKey'],
  group: SecretGroup | undefined,
): Opened {
  if (group === undefined) return 'locked'
  const { sealed } = operation.fields
  if (sealed?.plain !== 'bytes') return { fault: { code: 'sealed/malformed', at: 0, expected: 'an envelope' } }
  const { action } = operation
  const place = { group: group.id, publicKey, action }
  const content = unseal(
    sealed.value,
    operation.action === 'update' ? { ...place, previous: operation.previous } : place,
    group.keys,
  )
  if (content === 'locked') return content
  if (!content.ok) return { fault: content.error }
  const { schemaId, fields } = content.value
  return operation.action === 'update'
    ? { open: { action: 'update', schemaId, previous: operation.previous, fields } }
    : { open: { action: 'create', schemaId, fields } }
}
