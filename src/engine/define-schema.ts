import type { DocumentId, DocumentViewId, SchemaId } from '../core/ids.ts'
import { documentViewId } from '../core/document/view-id.ts'
import { type Result, fail, ok } from '../core/result.ts'
import { parseFieldType, formatFieldType } from '../core/schema/field-type.ts'
import { applicationSchemaId, isSchemaName } from '../core/schema/schema-id.ts'
import { systemSchemaId } from '../core/schema/system/id.ts'
import type { Change } from '../ports/store.ts'
import type { Call, Draft, KnownSchema, Reference, SchemaDraft } from './api.ts'
import { attempt } from './attempt.ts'
import type { EngineDeps } from './deps.ts'
import type { Failure } from './failure.ts'
import { sortableWishKey } from './families.ts'
import { publishDrafts } from './publish.ts'
import { definitionFields, pinnedFields } from './schema-definition.ts'

const schemaDefinition = systemSchemaId('schema_definition_v1')
const fieldDefinition = systemSchemaId('schema_field_definition_v1')
const definitionRef = 'definition'

/**
 * Publishes the documents that define a schema, all in one commit: a field definition per field, and the definition that pins them.
 * A new version of a schema is an UPDATE of its definition; fields that stay as they were are pinned again, not defined again.
 */
export function defineSchema(deps: EngineDeps, draft: SchemaDraft, call: Call): Promise<Result<KnownSchema, Failure>> {
  return attempt(async () => {
    const types = parseTypes(draft)
    if (!types.ok) return types
    const before = draft.newVersionOf === undefined ? ok(undefined) : await readVersion(deps, draft.newVersionOf)
    if (!before.ok) return before
    const group = before.value ? before.value.group : draft.group
    const inGroup = group === undefined ? {} : { group }
    const fields = draftFields(types.value, before.value?.viewIds ?? new Map(), inGroup)
    const values = { name: draft.name, description: draft.description, fields: fields.pinned }
    const definition: Draft = before.value
      ? { action: 'update', document: before.value.document, fields: values, as: definitionRef }
      : { action: 'create', schema: schemaDefinition, fields: values, as: definitionRef, ...inGroup }
    const published = await publishDrafts(deps, [...fields.drafts, definition], call, (all) => {
      const made = all.at(-1)
      if (!draft.sortable || !made) return []
      return [{ put: 'local', key: sortableWishKey(made.documentId), value: [...draft.sortable] } satisfies Change]
    })
    if (!published.ok) return published
    await deps.materialiser.settled()
    const id = applicationSchemaId(draft.name, documentViewId([published.value.at(-1)!.operationId]))
    const known = await deps.schemas.find(id)
    return known ? ok(known) : fail({ code: 'schema/unknown', schemaId: id })
  }, call.signal)
}

/** What can be said about a definition before anything is signed. */
function parseTypes({ name, fields, sortable }: SchemaDraft): Result<ReadonlyMap<string, string>, Failure> {
  if (!isSchemaName(name))
    return invalid('its name has to be 2 to 64 letters, digits and _, a letter first and no _ last')
  const types = new Map<string, string>()
  for (const [field, text] of Object.entries(fields)) {
    const type = parseFieldType(text)
    if (!type.ok) return type
    types.set(field, formatFieldType(type.value))
  }
  if (types.size === 0) return invalid('it has no fields')
  const unknown = sortable?.find((field) => !types.has(field))
  return unknown === undefined ? ok(types) : invalid(`it has no field "${unknown}" to sort by`)
}

const invalid = (reason: string): Result<never, Failure> => fail({ code: 'schema/definition-invalid', reason })

interface Version {
  readonly document: NonNullable<KnownSchema['definition']>
  /** The views it pins, by `<name> <type>` of the field. */
  readonly viewIds: ReadonlyMap<string, DocumentViewId>
  /** Of a sealed one. */
  readonly group: DocumentId | undefined
}

/** The definition as it stands now, whichever of its versions was named. */
async function readVersion(deps: EngineDeps, id: SchemaId): Promise<Result<Version, Failure>> {
  const known = await deps.schemas.find(id)
  if (!known?.definition) return fail({ code: 'schema/unknown', schemaId: id })
  const pinned = (await definitionFields(deps, known.definition))['fields']
  const found = await pinnedFields(deps, pinned?.kind === 'pinned_relation_list' ? pinned.value : [])
  const viewIds = new Map<string, DocumentViewId>()
  for (const [viewId, field] of found) {
    if (field.is !== 'found') continue
    const { name, type } = field.fields
    if (name?.kind === 'str' && type?.kind === 'str') viewIds.set(`${name.value} ${type.value}`, viewId)
  }
  const group = (await deps.store.view(known.definition))?.group
  return ok({ document: known.definition, viewIds, group })
}

/** A draft per new field, and what the definition pins, in the order of the draft. */
function draftFields(
  types: ReadonlyMap<string, string>,
  known: ReadonlyMap<string, DocumentViewId>,
  inGroup: { readonly group?: DocumentId },
): { readonly drafts: readonly Draft[]; readonly pinned: readonly (string | Reference)[] } {
  const drafts: Draft[] = []
  const pinned = [...types].map(([name, type]): string | Reference => {
    const viewId = known.get(`${name} ${type}`)
    if (viewId) return viewId
    const as = `field ${name}`
    drafts.push({ action: 'create', schema: fieldDefinition, fields: { name, type }, as, ...inGroup })
    return { ref: as }
  })
  return { drafts, pinned }
}
