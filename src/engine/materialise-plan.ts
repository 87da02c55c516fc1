import { sortOperations } from '../core/document/graph.ts'
import { documentViewId } from '../core/document/view-id.ts'
import type { DocumentId, DocumentViewId, SchemaId } from '../core/ids.ts'
import { maxIngestBatch, maxListedVersions } from '../core/limits.ts'
import { systemSchemaId } from '../core/schema/system/id.ts'
import type { Change, Expectation, Store, ViewRow } from '../ports/store.ts'
import type { AuthorityBook } from './authority/book.ts'
import type { Home } from './authority/homes.ts'
import type { AuthorityTurn } from './authority/turn.ts'
import type { Changed } from './changes-hub.ts'
import { type FamilyLedger, openLedger } from './families.ts'
import { indexKeysOf } from './index-keys.ts'
import { awaitsOperation, awaitsSchema } from './ingest-judge.ts'
import { type DefinitionSources, defineAt } from './schema-definition.ts'
import type { SchemaRegistry } from './schema-registry.ts'
import type { Opener } from './sealed/opener.ts'
import { isReading, readingOf } from './sealed/reading.ts'
import { type ReadDocument, innerSchemaIdOf } from './stored-document.ts'
import { viewOf } from './view-row.ts'

/** The views of some documents, as they are to be written. */
export interface ViewsPlan {
  readonly changes: readonly Change[]
  readonly expect: readonly Expectation[]
  readonly changed: Changed
  /** Documents that waited for a schema which is known now, or are judged by what changed here, as they are put into the queue: one list a row. */
  readonly woken: readonly (readonly DocumentId[])[]
  /** The groups that documents belong to, as their owners say. */
  readonly homes: ReadonlyMap<DocumentId, Home>
  /** To be called after the commit. */
  readonly committed: () => void
}

interface Sources {
  readonly store: Store
  readonly schemas: SchemaRegistry
  readonly authority: AuthorityBook
  readonly opener: Opener
}

/** Reduces documents and finds their families and index keys. Reads schemas; writes nothing. */
export async function planViews(
  { store, schemas, authority, opener }: Sources,
  given: ReadonlyMap<DocumentId, ReadDocument>,
  isOurs: boolean,
): Promise<ViewsPlan> {
  const documents = await opener.openAll(given)
  const turn = await authority.openTurn(documents, isOurs)
  const ledger = openLedger(store, await schemas.families())
  const known = onceEach(schemas)
  const changes: Change[] = []
  const families = new Set<number>()
  for (const document of documents.values()) {
    const reading = await readingOf(known, document)
    const { awaits } = reading
    if (awaits !== undefined) changes.push({ put: 'pending', value: { id: document.documentId, awaits } })
    // Without its CREATE's payload a document has no schema, and nothing to show; nor has one that does not open.
    if (!isReading(reading)) continue
    const { definition, outer, versions } = reading
    const family = await ledger.familyOf(definition)
    families.add(family.number)
    const judge = await turn.judgeOf(document, outer)
    const view = judge && withListing(viewOf(document, definition.schema, judge, versions), turn)
    changes.push(
      view
        ? { put: 'view', value: { ...view, keys: indexKeysOf(view, family) } }
        : { delete: 'view', documentId: document.documentId },
    )
  }
  const learnt = await learnSchemas({ store, opener }, documents, ledger)
  const woken = await wakeDocuments(store, learnt.schemaIds, turn.toJudge)
  const rejudged = turn.rejudged()
  return {
    changes: [...changes, ...ledger.changes(), ...learnt.changes, ...turn.changes(), ...woken.changes],
    expect: ledger.expect(),
    changed: {
      documentIds: new Set(documents.keys()),
      families,
      schemas: ledger.hasGrown(),
      ...(turn.hasMoved() && { authority: true }),
      ...(rejudged.length > 0 && { rejudged }),
    },
    woken: woken.rows,
    homes: turn.homes(),
    committed: turn.committed,
  }
}

/** R5: the list of a group is the union of all that count, whichever came last. */
const withListing = <View extends Pick<ViewRow, 'documentId' | 'schemaId' | 'fields' | 'isDeleted'>>(
  view: View | undefined,
  { listing }: AuthorityTurn,
): View | undefined =>
  view?.schemaId === groupSchema && !view.isDeleted
    ? { ...view, fields: { ...view.fields, members: { kind: 'relation_list', value: listing(view.documentId) } } }
    : view

/** A registry that is asked once for each schema, however many documents have it. */
function onceEach({ definition }: SchemaRegistry): Pick<SchemaRegistry, 'definition'> {
  const asked = new Map<SchemaId, ReturnType<typeof definition>>()
  return {
    definition: (id) => {
      const found = asked.get(id) ?? definition(id)
      asked.set(id, found)
      return found
    },
  }
}

const groupSchema = systemSchemaId('key_group_v1')
const schemaDefinition = systemSchemaId('schema_definition_v1')

interface Learnt {
  readonly schemaIds: readonly SchemaId[]
  readonly changes: readonly Change[]
}

/** The schemas that definitions among these documents define, at each of their versions; one whose fields are not all here waits for them. */
async function learnSchemas(
  sources: DefinitionSources,
  documents: ReadonlyMap<DocumentId, ReadDocument>,
  ledger: FamilyLedger,
): Promise<Learnt> {
  const schemaIds: SchemaId[] = []
  const changes: Change[] = []
  for (const document of documents.values()) {
    if (innerSchemaIdOf(document) !== schemaDefinition) continue
    for (const viewId of versionsOf(document)) {
      const found = await defineAt(sources, document, viewId)
      if (found.is === 'found') {
        await ledger.familyOf(found.definition)
        schemaIds.push(found.definition.schema.id)
      } else if (found.is === 'missing') {
        changes.push({
          put: 'pending',
          value: { id: document.documentId, awaits: awaitsOperation(found.operationId) },
        })
      }
    }
  }
  return { schemaIds, changes }
}

/** The views of a definition that may be versions: what each operation left, and what stands now. Of a very long one the first and the last. */
function versionsOf(document: ReadDocument): readonly DocumentViewId[] {
  const nodes = document.operations.flatMap(({ id, operation }) =>
    operation ? [{ id, previous: operation.action === 'create' ? undefined : operation.previous }] : [],
  )
  const { sorted, tips } = sortOperations(nodes)
  const listed = sorted.length > maxListedVersions ? sorted.slice(0, 1) : sorted
  return [...new Set([...listed.map((id) => documentViewId([id])), ...(tips.length > 0 ? [documentViewId(tips)] : [])])]
}

/** Puts the documents that waited for these schemas into the queue, and those that are to be judged anew. */
async function wakeDocuments(
  store: Store,
  schemaIds: readonly SchemaId[],
  toJudge: readonly (readonly DocumentId[])[],
): Promise<{ readonly rows: readonly (readonly DocumentId[])[]; readonly changes: readonly Change[] }> {
  const documentIds: DocumentId[] = []
  if (schemaIds.length > 0)
    for (const { id } of await store.pending(schemaIds.map(awaitsSchema))) documentIds.push(id as DocumentId)
  const rows: (readonly DocumentId[])[] = [...toJudge]
  for (let at = 0; at < documentIds.length; at += maxIngestBatch) rows.push(documentIds.slice(at, at + maxIngestBatch))
  return {
    rows,
    changes: [
      ...documentIds.map((id): Change => ({ delete: 'pending', id })),
      ...rows.map((row): Change => ({ put: 'queue', documentIds: row })),
    ],
  }
}
