import type { SchemaId } from '../../../core/ids.ts'
import type { NodeEngine } from '../../../engine/client-api/node-engine.ts'
import type { NodeLog } from './json-log.ts'

/**
 * Serves by sync what is published here: the family of each schema whose definition is shared, now and whenever another one comes, and those that the
 * operator follows. Until the signal says stop.
 */
export async function serveScopes(
  api: NodeEngine,
  follow: readonly SchemaId[],
  log: NodeLog,
  signal: AbortSignal,
): Promise<void> {
  const served = new Set<string>()
  const share = async (schemaId: SchemaId): Promise<void> => {
    const shared = await api.share(schemaId)
    if (shared.ok) log.info('serving a schema', { scope: shared.value })
    else if (!signal.aborted) log.warn('A schema cannot be served', { schemaId, code: shared.error.code })
  }
  const shareNew = async (): Promise<void> => {
    const [schemas, scopes] = [await api.sharedSchemas(), await api.shared()]
    if (!schemas.ok || !scopes.ok) return
    for (const { scope } of scopes.value) served.add(scope)
    for (const { id, definition } of schemas.value) {
      // One document defines all versions of a family.
      if (!definition || served.has(definition)) continue
      served.add(definition)
      if (!served.has(`schema:${id}`)) await share(id)
    }
  }
  for (const schemaId of follow) await share(schemaId)
  let last: Promise<unknown> = Promise.resolve()
  const report = (): void => {
    last = last.then(shareNew)
  }
  await api.watchSchemas({ signal, report })
  await last
}
