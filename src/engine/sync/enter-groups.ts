import type { DocumentId } from '../../core/ids.ts'
import { maxIngestBatch } from '../../core/limits.ts'
import { schemaIdParts } from '../../core/schema/schema-id.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import { isControlSchema, isNestedSchema } from '../../core/schema/system/index.ts'
import type { Change, PartKey, Store } from '../../ports/store.ts'
import type { Home } from '../authority/homes.ts'
import { judgedDocuments } from '../authority/rows.ts'
import type { EngineDeps } from '../deps.ts'
import { type ReadDocument, schemaIdOf } from '../stored-document.ts'
import {
  type Entering,
  type Place,
  enterPart,
  fieldDefinitions,
  forkedLogs,
  markedViews,
  readDocuments,
} from './enter-scopes.ts'
import { isSamePart } from './parts.ts'
import { groupPart, isOfGroup } from './scopes-for.ts'

type Deps = Pick<EngineDeps, 'store' | 'schemas'>

const definitionSchema = systemSchemaId('schema_definition_v1')

/**
 * What brings documents into the parts of the groups that they belong to, for the commit of their views: also those that do not count, which others
 * have to find out for themselves. Clear things take along what defines them.
 */
export async function planEnteringGroups(
  deps: Deps,
  documents: ReadonlyMap<DocumentId, ReadDocument>,
  homes: ReadonlyMap<DocumentId, Home>,
): Promise<Entering> {
  const { store } = deps
  const own = [...homes].flatMap(([id, home]) => partsOf(home).map((key): Place => [id, key]))
  const entering = await missingPlaces(store, [...own, ...(await definitionPlaces(deps, homes))])
  const defined = [
    ...entering.filter(([id]) => !homes.has(id)),
    ...(await groupPlaces(store, [...documents.values()].filter(isDefinition))),
  ]
  const definitions = await withRead(
    store,
    documents,
    defined.map(([id]) => id),
  )
  const fields: Place[] = []
  for (const [id, key] of defined) {
    const definition = definitions.get(id)
    const ids = definition ? await fieldDefinitions(store, definition) : []
    fields.push(...ids.map((field): Place => [field, key]))
  }
  const places = [...entering, ...(await missingPlaces(store, fields))]
  return planPlaces(
    store,
    places,
    await withRead(
      store,
      definitions,
      places.map(([id]) => id),
    ),
    documents,
  )
}

/**
 * The parts that a document of a group is in (decisions.md 18): a group's data in its own alone, who may do what also in those of the groups around it.
 * What a person asks elsewhere is told her own devices, so that they follow her there, and not those whom she is with already.
 */
const partsOf = ({ group, schemaId, outer, asksFor }: Home): readonly PartKey[] => {
  if (!isControlSchema(schemaId)) return [groupPart(group, 1).key]
  const around = isNestedSchema(schemaId) ? outer : []
  const groups = new Set([group, ...around, ...(asksFor ? [asksFor] : [])])
  return [...groups].map((one) => groupPart(one, 0).key)
}

const isDefinition = (document: ReadDocument): boolean => schemaIdOf(document) === definitionSchema

/** The definitions of things that are not sealed: their members could not read them without. */
async function definitionPlaces({ schemas }: Deps, homes: ReadonlyMap<DocumentId, Home>): Promise<readonly Place[]> {
  const seen = new Set<string>()
  const places: Place[] = []
  for (const { group, schemaId } of homes.values()) {
    if (schemaIdParts(schemaId).kind !== 'application' || seen.has(`${group}/${schemaId}`)) continue
    seen.add(`${group}/${schemaId}`)
    const definition = (await schemas.definition(schemaId))?.schema.definition
    if (definition) places.push([definition, groupPart(group, 1).key])
  }
  return places
}

/** The parts of groups that documents are in already. */
async function groupPlaces(store: Store, documents: readonly ReadDocument[]): Promise<readonly Place[]> {
  const ids = documents.map(({ documentId }) => documentId)
  const memberships = ids.length > 0 ? await store.partsOf(ids) : []
  return ids.flatMap((id, at) => (memberships[at] ?? []).filter(isOfGroup).map((key): Place => [id, key]))
}

async function missingPlaces(store: Store, places: readonly Place[]): Promise<readonly Place[]> {
  const ids = [...new Set(places.map(([id]) => id))]
  const memberships = ids.length > 0 ? await store.partsOf(ids) : []
  const partsById = new Map(ids.map((id, at) => [id, memberships[at] ?? []]))
  return places.filter(([id, key]) => !partsById.get(id)!.some((one) => isSamePart(one, key)))
}

/** These documents, with those read that are not among them. */
const withRead = async (
  store: Store,
  documents: ReadonlyMap<DocumentId, ReadDocument>,
  ids: readonly DocumentId[],
): Promise<ReadonlyMap<DocumentId, ReadDocument>> =>
  new Map([
    ...documents,
    ...(await readDocuments(
      store,
      [...new Set(ids)].filter((id) => !documents.has(id)),
    )),
  ])

/** @param viewed those whose views are made in this turn */
async function planPlaces(
  store: Store,
  places: readonly Place[],
  documents: ReadonlyMap<DocumentId, ReadDocument>,
  viewed: ReadonlyMap<DocumentId, ReadDocument>,
): Promise<Entering> {
  const forked = places.length > 0 ? await forkedLogs(store) : new Set<string>()
  const documentIds = new Set(places.map(([id]) => id).filter((id) => documents.has(id)))
  const marks = [...documentIds].flatMap((documentId): readonly Change[] =>
    documents.get(documentId)!.mark === 'shared' ? [] : [{ put: 'mark', documentId, mark: 'shared' }],
  )
  const entering = places.flatMap(([id, key]): readonly Change[] => {
    const document = documents.get(id)
    return document ? [enterPart(document, key, forked)] : []
  })
  const marked = await markedViews(
    store,
    [...documentIds].filter((id) => !viewed.has(id)),
  )
  return { changes: [...marks, ...marked, ...entering], documentIds }
}

/** Says that everything of groups has entered their parts with its view. */
const enteredKey = 'sync/groups-entered'

/** Has documents enter that were judged by a version which did not serve groups yet: their views are made once more. Once for each database. */
export async function enterEarlier(store: Store): Promise<void> {
  if ((await store.local(enteredKey)) !== undefined) return
  const ids = await judgedDocuments(store)
  if (ids.length === 0) return
  const queue: Change[] = []
  for (let at = 0; at < ids.length; at += maxIngestBatch)
    queue.push({ put: 'queue', documentIds: ids.slice(at, at + maxIngestBatch) })
  await store.commit([...queue, { put: 'local', key: enteredKey, value: true }], [])
}
