import { viewIdParts } from '../../core/document/view-id.ts'
import type { DocumentId } from '../../core/ids.ts'
import { readOperation } from '../../core/operation/typed.ts'
import { systemSchema } from '../../core/schema/system/index.ts'
import { type GroupKeys, groupKeys } from '../../core/sealing/group-keys.ts'
import type { Store } from '../../ports/store.ts'
import { readStored } from '../stored-document.ts'

/** The sealed side of a group, as those who open its documents need it. */
export interface SecretGroup {
  /** The document id of the `secret_group_v1`. */
  readonly id: DocumentId
  /** The key group that it belongs to, where that is here. */
  readonly keyGroup: DocumentId | undefined
  readonly keys: GroupKeys
}

/** The secret groups this device knows. What was found once is found for ever: nothing about them changes. */
export interface SecretGroups {
  readonly find: (id: DocumentId) => Promise<SecretGroup | undefined>
}

export function createSecretGroups(store: Store): SecretGroups {
  const known = new Map<DocumentId, SecretGroup>()
  const find = async (id: DocumentId): Promise<SecretGroup | undefined> => {
    const before = known.get(id)
    if (before !== undefined) return before
    const found = await readSecretGroup(store, id)
    if (found?.keyGroup !== undefined) known.set(id, found)
    return found
  }
  return { find }
}

/** The secret group of that document id; `undefined` where it is not here, or something else. */
async function readSecretGroup(store: Store, id: DocumentId): Promise<SecretGroup | undefined> {
  const stored = await store.document(id)
  const document = stored && readStored(stored)
  const schema = systemSchema('secret_group_v1')
  if (document === undefined || 'code' in document || schema === undefined) return undefined
  const create = document.operations.find(({ operation }) => operation?.action === 'create')?.operation
  const read = create && readOperation(create, schema)
  if (!read?.ok || read.value.action !== 'create') return undefined
  const { group, suite } = read.value.fields
  if (group?.kind !== 'owner' || suite?.kind !== 'int') return undefined
  const [keyGroup, ...others] = new Set(await store.documentsOf(viewIdParts(group.value)))
  return { id, keyGroup: others.length > 0 ? undefined : keyGroup, keys: groupKeys(id, Number(suite.value)) }
}
