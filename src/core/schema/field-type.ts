import type { FieldKind } from '../operation/operation.ts'
import { type Result, fail, ok } from '../result.ts'
import type { FieldType } from './schema.ts'
import { parseSchemaId } from './schema-id.ts'

/** Text that names no field type. */
export type FieldTypeFailure = { readonly code: 'schema/field-type-malformed'; readonly expected: string }

const basicKinds: ReadonlySet<string> = new Set<FieldKind>(['bool', 'int', 'float', 'str', 'bytes'])
const relationKinds: ReadonlySet<string> = new Set<FieldKind>([
  'relation',
  'relation_list',
  'pinned_relation',
  'pinned_relation_list',
  'owner',
])

/**
 * Text to field type: `bool`, `int`, `float`, `str`, `bytes`, or `<kind>(<schema id>)` with kind `relation`, `relation_list`, `pinned_relation`,
 * `pinned_relation_list` (wire.md §4.4), `owner` (identity.md §2.1).
 *
 * @returns the type, or `schema/field-type-malformed`, also for a kind that nobody knows (p2panda-rs notices that later).
 */
export function parseFieldType(text: string): Result<FieldType, FieldTypeFailure> {
  if (basicKinds.has(text)) return ok({ kind: text as FieldKind })
  const [, kind, target] = /^([a-z_]+)\((.+)\)$/s.exec(text) ?? []
  if (kind === undefined || target === undefined || !relationKinds.has(kind))
    return fail({
      code: 'schema/field-type-malformed',
      expected: 'a basic type, or a kind of relation or owner with its schema id',
    })
  const schemaId = parseSchemaId(target)
  if (!schemaId.ok) return fail({ code: 'schema/field-type-malformed', expected: schemaId.error.expected })
  return ok({ kind: kind as FieldKind, schemaId: schemaId.value })
}

/** Field type to text. A relation of a system schema may lead anywhere; it is then written without parentheses. */
export const formatFieldType = ({ kind, schemaId }: FieldType): string =>
  schemaId === undefined ? kind : `${kind}(${schemaId})`
