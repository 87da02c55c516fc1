import type { DocumentId, DocumentViewId } from '../ids.ts'
import { maxSchemaFields } from '../limits.ts'
import type { Fields } from '../operation/operation.ts'
import { type Result, fail, ok } from '../result.ts'
import { parseFieldType } from './field-type.ts'
import type { Schema, SchemaField } from './schema.ts'
import { applicationSchemaId, isSchemaName } from './schema-id.ts'
import { fieldName } from './system/schema-field-definition.ts'

/** Documents that do not add up to a schema. */
export type BuildSchemaFailure = { readonly code: 'schema/definition-invalid'; readonly reason: string }

/**
 * Materialised definitions to the schema they define (wire.md §4.4). 1 to 1,024 fields, names as p2panda has them, each once.
 * Does not fetch anything: the caller brings the fields of every view that `definition.fields` pins, in that order.
 *
 * @param viewId the view of the `schema_definition_v1` document; it becomes part of the schema's id
 * @param definition the fields of that view
 * @param fieldDefinitions the fields of each pinned `schema_field_definition_v1` view
 * @param document the `schema_definition_v1` document: the family
 * @returns the schema, or `schema/definition-invalid`.
 */
export function buildSchema(
  viewId: DocumentViewId,
  definition: Fields,
  fieldDefinitions: readonly Fields[],
  document?: DocumentId,
): Result<Schema, BuildSchemaFailure> {
  const name = textOf(definition, 'name')
  const description = textOf(definition, 'description')
  const pinned = definition['fields']
  if (name === undefined || !isSchemaName(name)) return invalid('its name is none')
  if (description === undefined) return invalid('it has no description')
  if (pinned?.kind !== 'pinned_relation_list') return invalid('it lists no fields')
  if (pinned.value.length !== fieldDefinitions.length)
    return invalid(`it pins ${pinned.value.length} fields, ${fieldDefinitions.length} came`)
  if (fieldDefinitions.length === 0 || fieldDefinitions.length > maxSchemaFields)
    return invalid(`it has ${fieldDefinitions.length} fields instead of 1 to ${maxSchemaFields}`)

  const fields = new Map<string, SchemaField>()
  for (const fieldDefinition of fieldDefinitions) {
    const field = buildField(fieldDefinition)
    if (!field.ok) return field
    if (fields.has(field.value.name)) return invalid(`it has two fields named ${field.value.name}`)
    fields.set(field.value.name, field.value)
  }
  if ([...fields.values()].filter(({ kind }) => kind === 'owner').length > 1) return invalid('it has two owners')
  return ok({
    id: applicationSchemaId(name, viewId),
    name,
    description,
    fields: [...fields.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    ...(document === undefined ? {} : { definition: document }),
  })
}

function buildField(definition: Fields): Result<SchemaField, BuildSchemaFailure> {
  const name = textOf(definition, 'name')
  if (name === undefined || !fieldName.test(name)) return invalid('a field has no proper name')
  const type = parseFieldType(textOf(definition, 'type') ?? '')
  return type.ok ? ok({ name, ...type.value }) : invalid(`field ${name}: expected ${type.error.expected}`)
}

const invalid = (reason: string): Result<never, BuildSchemaFailure> =>
  fail({ code: 'schema/definition-invalid', reason })

function textOf(fields: Fields, name: string): string | undefined {
  const field = fields[name]
  return field?.kind === 'str' ? field.value : undefined
}
