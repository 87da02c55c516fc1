import { decodeOperation, fieldsToValues, hashBytes, readOperation, systemSchema } from '../../sdk/core.ts'
import type { Change, EntryInfo } from '../../sdk/index.ts'

/** What an entry says, by the fields of its built-in schema; nothing where it cannot be read. */
const fieldsIn = ({ operation }: EntryInfo): Change['fields'] => {
  const plain = operation === null ? undefined : decodeOperation(operation)
  if (plain?.ok !== true) return {}
  const schema = systemSchema(plain.value.schemaId)
  const read = schema && readOperation(plain.value, schema)
  return read?.ok === true && read.value.action !== 'delete' ? fieldsToValues(read.value.fields) : {}
}

/** Changes with what those say that have no effect: a history leaves their fields out, since they changed nothing. */
export const withSaidInVain = (changes: readonly Change[], entries: readonly EntryInfo[]): readonly Change[] => {
  const byId = new Map(entries.map((entry) => [hashBytes(entry.bytes) as string, entry]))
  return changes.map((change) => {
    const entry = change.refusal === undefined ? undefined : byId.get(change.operationId)
    return entry === undefined ? change : { ...change, fields: { ...fieldsIn(entry), ...change.fields } }
  })
}
