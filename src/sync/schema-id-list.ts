import { parseSchemaId, schemaIdParts } from '../core/schema/schema-id.ts'
import type { SchemaId } from '../core/ids.ts'

/** Where a schema id stands in a list: those of system schemas come first. */
const isApplication = (id: SchemaId): number => (schemaIdParts(id).kind === 'application' ? 1 : 0)

/** The order in which lists of schema ids travel: system schemas first, each kind by its text, so that one set has one list (wire.md §7). */
export const compareSchemaIds = (a: SchemaId, b: SchemaId): number =>
  isApplication(a) - isApplication(b) || (a < b ? -1 : a > b ? 1 : 0)

/** Whether these texts are schema ids, in their order, each once. */
export const isSchemaIdList = (ids: readonly string[]): ids is readonly SchemaId[] =>
  ids.every((id) => parseSchemaId(id).ok) &&
  ids.every((id, i) => i === 0 || compareSchemaIds(ids[i - 1] as SchemaId, id as SchemaId) < 0)
