import { hexToBytes, isHex } from '../../../core/bytes/hex.ts'
import { documentViewId } from '../../../core/document/view-id.ts'
import type { Fields } from '../../../core/operation/operation.ts'
import { valuesToFields, type FieldInput } from '../../../core/operation/values.ts'
import type { Schema, SchemaField } from '../../../core/schema/schema.ts'
import { must, operationNamed, type World } from './make-world.ts'

const documentId = (world: World, name: string): string =>
  world.names.has(name) ? operationNamed(world, name).document.id : name
const viewId = (world: World, name: string): string =>
  world.names.has(name) ? documentViewId([...operationNamed(world, name).document.tips]) : name

/** What JSON can say, as the field wants it: names become ids, hex becomes bytes, a text of digits an integer. The rest is for the schema to judge. */
function toInput(world: World, field: SchemaField | undefined, value: unknown): FieldInput {
  const asIs = value as FieldInput
  const one = (id: typeof viewId, name: unknown): FieldInput => (typeof name === 'string' ? id(world, name) : asIs)
  const many = (id: typeof viewId): FieldInput =>
    Array.isArray(value) ? value.map((name) => one(id, name) as string) : asIs
  switch (field?.kind) {
    case 'int':
      return typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? BigInt(value) : asIs
    case 'bytes':
      return typeof value === 'string' && isHex(value, value.length / 2) ? hexToBytes(value) : asIs
    case 'relation':
      return one(documentId, value)
    case 'pinned_relation':
    case 'owner':
      return one(viewId, value)
    case 'relation_list':
      return many(documentId)
    case 'pinned_relation_list':
      return many(viewId)
    case 'bool':
    case 'float':
    case 'str':
    case undefined:
      return asIs
  }
}

/** The fields of a line, judged by the schema; `partial` lets any be absent. */
export function toFields(
  world: World,
  schema: Schema,
  json: Readonly<Record<string, unknown>>,
  { partial }: { readonly partial: boolean },
): Fields {
  const fieldNamed = new Map(schema.fields.map((field) => [field.name, field]))
  const inputs = Object.entries(json).map(([name, value]) => [name, toInput(world, fieldNamed.get(name), value)])
  return must(world, valuesToFields(Object.fromEntries(inputs), schema, { partial }))
}
