import type { DocumentId, SchemaId } from '../../../core/ids.ts'
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
  const share = async (schemaId: SchemaId): Promise<void> => {
    const shared = await api.share(schemaId)
    if (shared.ok) log.info('serving a schema', { scope: shared.value })
    else if (!signal.aborted) log.warn('A schema cannot be served', { schemaId, code: shared.error.code })
  }
  for (const schemaId of follow) await share(schemaId)
  const before = await api.shared()
  const scopes = new Set<string>(before.ok ? before.value.map(({ scope }) => scope) : [])
  /** One document defines all versions of a family. */
  const served = new Set<DocumentId>()
  const shareNew = async (): Promise<void> => {
    const schemas = await api.sharedSchemas()
    for (const { id, definition } of schemas.ok ? schemas.value : []) {
      if (signal.aborted) return
      if (!definition || served.has(definition)) continue
      served.add(definition)
      if (!scopes.has(`schema:${id}`)) await share(id)
    }
  }
  // Each sharing is a change of schemas, too: what is reported meanwhile is one more look, however often.
  let isDue = false
  let looking: Promise<void> | undefined
  const look = async (): Promise<void> => {
    while (isDue) {
      isDue = false
      await shareNew()
    }
    looking = undefined
  }
  const report = (): void => {
    isDue = true
    looking ??= look()
  }
  await api.watchSchemas({ signal, report })
  await looking
}
