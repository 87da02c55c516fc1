import { type Authority, createAuthority } from '../../../src/core/authority/authority.ts'
import type { ControlEntry, ControlOperation, Flag, Flags, Row } from '../../../src/core/authority/entry.ts'
import { decodeRanges } from '../../../src/core/authority/ranges.ts'
import type { DocumentId, OperationId, PublicKey } from '../../../src/core/ids.ts'
import type { Fields, Operation } from '../../../src/core/operation/operation.ts'
import { readOperation } from '../../../src/core/operation/typed.ts'
import { systemSchema } from '../../../src/core/schema/system/index.ts'
import { readStored } from '../../../src/engine/stored-document.ts'
import type { Store } from '../../../src/ports/store.ts'

/*
 * Control entries of a store, for tests of what this engine writes itself: every owner it names is the CREATE of a document. What strangers write is
 * read with more care (core/authority).
 */

const flagNames: readonly (readonly [Flag, string])[] = [
  ['accepted', 'accepted'],
  ['authorise', 'can_authorise'],
  ['create', 'can_create'],
  ['update', 'can_update'],
  ['delete', 'can_delete'],
]

const flagsOf = (fields: Fields): Flags =>
  Object.fromEntries(flagNames.flatMap(([flag, name]) => (fields[name] ? [[flag, fields[name].value]] : [])))

const text = (fields: Fields, name: string): string => String(fields[name]?.value)

function limitOf(fields: Fields): ControlOperation {
  const ranges = decodeRanges(fields['ranges']?.value as Uint8Array)
  if (!ranges.ok) throw new Error(ranges.error.expected)
  return {
    kind: 'limit',
    membership: text(fields, 'membership') as DocumentId,
    publicKey: text(fields, 'public_key') as PublicKey,
    mode: text(fields, 'mode') as 'keep' | 'void',
    rows: ranges.value.filter((row): row is Row => !('digest' in row)),
  }
}

function controlOf(documentId: DocumentId, operation: Operation): ControlOperation | undefined {
  const { action, schemaId } = operation
  if (schemaId === 'key_group_membership_v1' && action === 'delete')
    return { kind: 'membership-delete', membership: documentId, previous: operation.previous }
  if (schemaId === 'key_group_membership_v1' && action === 'update')
    return {
      kind: 'membership-update',
      membership: documentId,
      previous: operation.previous,
      flags: flagsOf(operation.fields),
    }
  if (action !== 'create') return undefined
  const { fields } = operation
  const group = text(fields, 'key_group') as DocumentId
  if (schemaId === 'key_group_v1') return { kind: 'group', founder: 'key' }
  if (schemaId === 'key_group_membership_request_v1') return { kind: 'request', group }
  if (schemaId === 'key_group_membership_limit_v1') return limitOf(fields)
  if (schemaId !== 'key_group_membership_v1') return undefined
  return {
    kind: 'membership',
    group,
    request: text(fields, 'request') as OperationId,
    range: '*',
    flags: flagsOf(fields),
  }
}

/** What the resolver makes of everything in a store. */
export async function authorityOver(store: Store): Promise<Authority> {
  const entries: ControlEntry[] = []
  for await (const page of store.allDocuments(new AbortController().signal))
    for (const row of page) {
      const document = 'code' in row ? row : readStored(row)
      if ('code' in document) throw new Error(document.code)
      for (const { id, entry, operation: plain } of document.operations) {
        const schema = plain && systemSchema(plain.schemaId)
        const typed = plain && schema ? readOperation(plain, schema) : undefined
        const operation = typed?.ok ? controlOf(document.documentId, typed.value) : undefined
        const { publicKey, logId, seqNum, backlink } = entry
        const link = backlink && { backlink: backlink as OperationId }
        if (operation) entries.push({ id, publicKey, logId, seqNum, ...link, operation })
      }
    }
  const authority = createAuthority()
  authority.add(entries)
  return authority
}
