import { assert } from '../assert.ts'
import type { DocumentViewId, SchemaId } from '../ids.ts'
import { parseDocumentViewId } from '../parse-ids.ts'
import { type Result, fail, ok } from '../result.ts'

/** Text that is no schema id in its one canonical form. */
export type SchemaIdFailure = { readonly code: 'schema/id-malformed'; readonly expected: string }

/** What a schema id says. */
export type SchemaIdParts =
  | { readonly kind: 'system'; readonly name: string; readonly version: number }
  | { readonly kind: 'application'; readonly name: string; readonly viewId: DocumentViewId }

/** 2 to 64 of `A-Z a-z 0-9 _`, a letter first, no `_` last (SC1). */
const schemaName = /^[A-Za-z][A-Za-z0-9_]{0,62}[A-Za-z0-9]$/
const systemSchemaId = /^(.+)_v(0|[1-9]\d{0,2})$/s
const maxSystemVersion = 255
/** `_` and a hash. */
const hashPartLength = 69

/** Whether a schema may be called so. */
export const isSchemaName = (text: string): boolean => schemaName.test(text)

/**
 * Text to schema id: `<name>_v<n>` (any name: whether we know it is another question) or `<name>_<hash>[_<hash>…]` with the hashes
 * sorted, each once (wire.md §4.2). Other spellings of the same id are refused, never mended.
 *
 * @returns the id, or `schema/id-malformed`.
 */
export function parseSchemaId(text: string): Result<SchemaId, SchemaIdFailure> {
  const parts = splitSchemaId(text)
  if (!parts.ok) return parts
  return isSchemaName(parts.value.name) ? ok(text as SchemaId) : malformed('a name of 2 to 64 letters, digits and _')
}

/** What a schema id says. */
export function schemaIdParts(id: SchemaId): SchemaIdParts {
  const parts = splitSchemaId(id)
  assert(parts.ok, 'a schema id was parsed before')
  return parts.value
}

/** The id of the schema that this view of a `schema_definition_v1` document defines. `name` is one `isSchemaName` accepts. */
export const applicationSchemaId = (name: string, viewId: DocumentViewId): SchemaId => `${name}_${viewId}` as SchemaId

const malformed = (expected: string): Result<never, SchemaIdFailure> => fail({ code: 'schema/id-malformed', expected })

function splitSchemaId(text: string): Result<SchemaIdParts, SchemaIdFailure> {
  const [, systemName, version] = systemSchemaId.exec(text) ?? []
  if (systemName !== undefined)
    return Number(version) <= maxSystemVersion
      ? ok({ kind: 'system', name: systemName, version: Number(version) })
      : malformed('a version up to 255')

  let end = text.length
  while (text.startsWith('_0020', end - hashPartLength) && end > hashPartLength) end -= hashPartLength
  if (end === text.length) return malformed('a name, then _v and a number, or _ and hashes')
  const viewId = parseDocumentViewId(text.slice(end + 1))
  return viewId.ok
    ? ok({ kind: 'application', name: text.slice(0, end), viewId: viewId.value })
    : malformed('hashes sorted, each once')
}
