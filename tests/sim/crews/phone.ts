import { openMemoryStore } from '../../../src/adapters/memory/memory-store.ts'
import type { Authority } from '../../../src/core/authority/authority.ts'
import { type Subject, keySubject } from '../../../src/core/authority/entry.ts'
import type { DocumentId, SchemaId } from '../../../src/core/ids.ts'
import { fieldsToValues } from '../../../src/core/operation/values.ts'
import { systemSchemaId } from '../../../src/core/schema/system/id.ts'
import type { Values } from '../../../src/engine/api.ts'
import { loadKnown } from '../../../src/engine/authority/known.ts'
import { nodeOver } from '../../../src/sdk/node-over.ts'
import type { TakibiNode } from '../../../src/sdk/takibi-node.ts'
import type { Machine, Tab } from '../network/machine.ts'

/** A device with the library over its engine. */
export interface Phone {
  readonly name: string
  readonly machine: Machine
  readonly tab: Tab
  readonly node: TakibiNode
  readonly subject: Subject
  /** Whose device it is: the group that a person is. */
  person: DocumentId | undefined
  /** In the hands of a thief, or of a friend of the thief's. */
  isThiefs: boolean
}

export async function newPhone(machine: Machine, isThiefs: boolean): Promise<Phone> {
  const tab = machine.openTab()
  const node = await nodeOver(tab.engine, () => undefined, [machine.publicKey])
  return { name: machine.name, machine, tab, node, subject: keySubject(machine.publicKey), person: undefined, isThiefs }
}

/** A document as a device sees it. */
interface Seen {
  readonly id: DocumentId
  readonly fields: Values
}

/** What a device sees of a schema, sorted, without what is deleted. */
const seenOf = ({ machine }: Phone, schema: SchemaId): readonly Seen[] =>
  [...machine.database.views.values()]
    .filter(({ schemaId, isDeleted }) => schemaId === schema && !isDeleted)
    .map(({ documentId, fields }) => ({ id: documentId, fields: fieldsToValues(fields) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))

/** Things of a group that a device sees. */
export const thingsOn = (phone: Phone, thing: SchemaId, group: DocumentId): readonly DocumentId[] =>
  seenOf(phone, thing)
    .filter(({ fields }) => fields['group'] === group)
    .map(({ id }) => id)

/** Requests for a place in a group that nobody answered, as far as a device knows. */
export function requestsOn(phone: Phone, group: DocumentId): readonly DocumentId[] {
  const answered = new Set(
    seenOf(phone, systemSchemaId('key_group_membership_v1')).map(({ fields }) => fields['request']),
  )
  return seenOf(phone, systemSchemaId('key_group_membership_request_v1'))
    .filter(({ id, fields }) => fields['key_group'] === group && !answered.has(id))
    .map(({ id }) => id)
}

/** Who may do what by everything that a device has registered, read anew. */
export const authorityOn = async ({ machine }: Phone): Promise<Authority> =>
  (await loadKnown(openMemoryStore(machine.database))).authority
