import { reduceDocument } from '../core/document/reduce.ts'
import { viewIdParts } from '../core/document/view-id.ts'
import type { DocumentId, DocumentViewId } from '../core/ids.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { Schema } from '../core/schema/schema.ts'
import type { StoredDocument, ViewRow } from '../ports/store.ts'
import type { Change, DocumentView } from './api.ts'
import { isEnvironmentFailure } from './attempt.ts'
import type { Judge } from './authority/standing.ts'
import type { EngineDeps } from './deps.ts'
import { documentView } from './document-view.ts'
import type { Failure } from './failure.ts'
import { changesOf } from './history.ts'
import { isReading, readingOf } from './sealed/reading.ts'
import { readStored, type ReadDocument } from './stored-document.ts'
import { type Versions, appliedOperations, familyOf, groupOf, hasBegun, isThin } from './view-row.ts'

type Deps = Pick<EngineDeps, 'store' | 'schemas' | 'authority' | 'opener'>
type ViewDeps = Deps & Pick<EngineDeps, 'materialiser'>

/** The view of a document. One that is damaged is made anew, as all of it follows from the document. */
const soundView = async ({ store, materialiser }: ViewDeps, id: DocumentId): Promise<ViewRow | undefined> => {
  try {
    return await store.view(id)
  } catch (thrown) {
    if (!isEnvironmentFailure(thrown) || thrown.code !== 'store/corrupt' || thrown.table !== 'views') throw thrown
    const age = materialiser.age()
    await store.commit([{ put: 'queue', documentIds: [id] }], [])
    materialiser.add({ documentIds: [id], fresh: new Map(), age })
    await materialiser.settled()
    return store.view(id)
  }
}

/** A document as it is now; `undefined` when it is not here, or its schema is not. */
export const currentDocument = async (
  deps: ViewDeps,
  id: DocumentId,
): Promise<Result<DocumentView | undefined, Failure>> => {
  const row = await soundView(deps, id)
  return row && isThin(row.schemaId) ? documentAt(deps, row.viewId) : ok(row && documentView(row))
}

interface Readable {
  readonly stored: StoredDocument
  readonly read: ReadDocument
  readonly schema: Schema
  readonly versions: Versions
  readonly judge: Judge
}

/** A stored document with all that it takes to read its operations. */
const readableDocument = async (deps: Deps, id: DocumentId): Promise<Result<Readable | undefined, Failure>> => {
  const stored = await deps.store.document(id)
  if (!stored) return ok(undefined)
  const closed = readStored(stored)
  if ('code' in closed) return fail(closed)
  const read = await deps.opener.open(closed)
  const reading = await readingOf(deps.schemas, read)
  if (!isReading(reading)) return ok(undefined)
  const { definition, outer, versions } = reading
  const standing = await deps.authority.standingOf(read, outer)
  if (standing.is !== 'judged') return ok(undefined)
  return ok({ stored, read, schema: definition.schema, versions, judge: standing.judge })
}

/**
 * A document as it was when a view id named all of its tips. Its times are those of the operations that view knows.
 * `undefined`: one of the operations is not here, or they are of several documents.
 */
export const documentAt = async (
  deps: Deps,
  viewId: DocumentViewId,
): Promise<Result<DocumentView | undefined, Failure>> => {
  const row = await rowAt(deps, viewId)
  return row.ok ? ok(row.value && documentView(row.value)) : row
}

/** The same as a row of `views`, with its fields as operations have them. */
export const rowAt = async (
  deps: Deps,
  viewId: DocumentViewId,
): Promise<Result<Omit<ViewRow, 'keys'> | undefined, Failure>> => {
  const found = await deps.store.documentsOf(viewIdParts(viewId))
  const [id, ...others] = new Set(found)
  if (!id || others.length > 0) return ok(undefined)
  const readable = await readableDocument(deps, id)
  if (!readable.ok || !readable.value) return readable as Result<undefined, Failure>
  const { read, schema, versions, judge } = readable.value
  const operations = appliedOperations(read, schema, judge, versions)
  const reduced = hasBegun(operations) ? reduceDocument(operations, viewId, familyOf(versions)) : undefined
  if (!reduced?.ok) return ok(undefined)
  const known = new Set(reduced.value.sorted)
  const times = read.operations.flatMap((operation) => (known.has(operation.id) ? [operation.receivedAt] : []))
  const { lastFields, schemaId, owner, isDeleted, isEdited } = reduced.value
  return ok({
    documentId: id,
    viewId: reduced.value.viewId,
    schemaId,
    owner,
    fields: lastFields,
    isDeleted,
    isEdited,
    mark: read.mark,
    pendingOperations: 0,
    createdAt: times[0] ?? 0,
    changedAt: times.at(-1) ?? 0,
    ...groupOf(read),
  })
}

/** Every operation of a document in causal order; none when it is not here, or its schema is not. */
export const documentHistory = async (deps: Deps, id: DocumentId): Promise<Result<readonly Change[], Failure>> => {
  const readable = await readableDocument(deps, id)
  if (!readable.ok) return readable
  if (!readable.value) return ok([])
  const { stored, read, schema, versions, judge } = readable.value
  return ok(changesOf(stored, read, appliedOperations(read, schema, judge, versions), judge, familyOf(versions)))
}
