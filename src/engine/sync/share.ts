import type { DocumentId, SchemaId } from '../../core/ids.ts'
import { type Result, ok } from '../../core/result.ts'
import type { Change, ScopeName } from '../../ports/store.ts'
import { documentsInScope, isStored } from '../bundle/export-scope.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { outsideOf, rowsForDocuments, targetsWithoutSessions } from '../outbox/rows.ts'
import { enterPart, forkedLogs, readDocuments } from './enter-scopes.ts'
import { type ScopeRecord, partOf, scopeOfSchema, sharedKey } from './shared-scopes.ts'

/** Documents that enter a scope in one commit. With pieces of 256,000 bytes that is what may lie in memory. */
const documentsPerCommit = 64

/** Tells everybody on this database that what is shared has changed: scopes, and so perhaps schemas that others may know, or documents only. */
const announce = ({ changes }: EngineDeps, documentIds?: ReadonlySet<DocumentId>): void =>
  changes.announce({ documentIds: documentIds ?? new Set(), families: new Set(), schemas: documentIds === undefined })

/**
 * Shares a family: first the row that says so, which makes whatever is stored from then on enter the scope with its view; then everything
 * that is here already; then it is served. What is interrupted goes on at the next start. Doing it again brings in what was missed.
 *
 * @returns the scope's name, or a failure of `scopeOfSchema`
 */
export async function shareSchema(deps: EngineDeps, schemaId: SchemaId): Promise<Result<ScopeName, Failure>> {
  const scope = await scopeOfSchema(deps.schemas, schemaId)
  if (!scope.ok) return scope
  const { name } = scope.value
  const row = (await deps.store.local(sharedKey(name))) as ScopeRecord | undefined
  // What is served already goes on being served while it is looked through again.
  if (!row || row.isFilling) await putScope(deps, { ...scope.value, isFilling: true })
  await fill(deps, scope.value, schemaId)
  return ok(name)
}

/** Brings in what an interrupted sharing left out. */
export async function finishSharing(deps: EngineDeps): Promise<void> {
  for (const { isFilling, ...scope } of await deps.scopes.all()) if (isFilling) await fill(deps, scope, scope.schemaId)
}

const putScope = async (deps: EngineDeps, scope: ScopeRecord): Promise<void> => {
  await deps.store.commit([{ put: 'local', key: sharedKey(scope.name), value: scope }], [])
  announce(deps)
}

/** @param schemaId any version of the family that is known here */
async function fill(deps: EngineDeps, scope: ScopeRecord, schemaId: SchemaId): Promise<void> {
  await enterAll(deps, scope, schemaId)
  // Unless it was unshared meanwhile.
  if (await deps.store.local(sharedKey(scope.name))) await putScope(deps, scope)
}

/** From now on the scope is neither served nor asked for. Its documents stay in it, so that sharing it again costs nothing. */
export async function unshareSchema(deps: EngineDeps, schemaId: SchemaId): Promise<Result<void, Failure>> {
  const scope = await scopeOfSchema(deps.schemas, schemaId)
  if (!scope.ok) return scope
  await deps.store.commit([{ delete: 'local', key: sharedKey(scope.value.name) }], [])
  announce(deps)
  return ok(undefined)
}

async function enterAll(deps: EngineDeps, scope: ScopeRecord, schemaId: SchemaId): Promise<void> {
  await deps.materialiser.settled()
  for await (const page of documentsInScope(deps, { schema: schemaId }, deps.life)) {
    const ids = isStored(page) ? page.map(({ documentId }) => documentId) : page
    for (let at = 0; at < ids.length; at += documentsPerCommit)
      await enterSome(deps, scope, ids.slice(at, at + documentsPerCommit))
  }
}

/** While nobody writes views, since these say how a document is marked. */
const enterSome = (deps: EngineDeps, scope: ScopeRecord, ids: readonly DocumentId[]): Promise<void> =>
  deps.materialiser.hold(async () => {
    const documents = await readDocuments(deps.store, ids)
    const forked = await forkedLogs(deps.store)
    const rows = ids.length > 0 ? await deps.store.views(ids) : []
    const changes: Change[] = []
    for (const document of documents.values()) {
      if (document.mark !== 'shared') changes.push({ put: 'mark', documentId: document.documentId, mark: 'shared' })
      changes.push(enterPart(document, partOf(scope), forked))
    }
    const targets = await targetsWithoutSessions(deps.store)
    if (targets.length > 0)
      changes.push(...(await rowsForDocuments(deps.store, targets, await outsideOf(deps.store, ids))))
    for (const row of rows)
      if (row && row.mark !== 'shared') changes.push({ put: 'view', value: { ...row, mark: 'shared' } })
    if (changes.length > 0) await deps.store.commit(changes, [])
    announce(deps, new Set(documents.keys()))
  }, deps.life)
