import { assert } from '../core/assert.ts'
import type { PublicKey } from '../core/ids.ts'
import type { Draft, EngineApi, ExportScope, Published } from '../engine/api.ts'
import type { NodesApi } from '../hosts/nodes/api.ts'
import { noNodes } from '../hosts/nodes/no-nodes.ts'
import type { RelaysApi } from '../hosts/relays/api.ts'
import { noRelays } from '../hosts/relays/no-relays.ts'
import { blobsOf } from './blobs.ts'
import { campfireOf } from './campfire.ts'
import { bytesFrom } from './byte-source.ts'
import { inspectorOf } from './inspector.ts'
import { groupsOf, toTarget } from './groups.ts'
import { identityOf } from './identity.ts'
import { invitesOf } from './invites.ts'
import { isFailure } from './errors.ts'
import { documentView, historyView, queryView, schemasView } from './live-views.ts'
import { toDocumentId, toOperationId, toSchemaId, toViewId } from './parse.ts'
import { syncOf } from './sync.ts'
import type { Exported, TakibiNode } from './takibi-node.ts'
import { answerOf } from './unwrap.ts'

const never = new AbortController().signal

function toScope(what: Exported): ExportScope {
  if ('schema' in what) return { schema: toSchemaId(what.schema) }
  return 'document' in what ? { document: toDocumentId(what.document) } : what
}

/**
 * The public node over an engine, wherever that runs.
 * @param stop ends the host once the engine is closed: workers, timers, files
 * @param publicKeys the engine's own, where they are known without asking it
 * @param nodes of a host that connects with nodes; absent: it connects with nobody
 * @param relays of a host that meets others through relays; absent: it does not
 */
export async function nodeOver(
  api: EngineApi,
  stop: () => Promise<void> | void,
  publicKeys?: readonly PublicKey[],
  nodes: NodesApi = noNodes,
  relays: RelaysApi = noRelays,
): Promise<TakibiNode> {
  const [publicKey] = publicKeys ?? (await answerOf(api.publicKeys()))
  assert(publicKey, 'an engine has a device key')

  const publishOne = async (draft: Draft, signal: AbortSignal): Promise<Published> => {
    const [published] = await answerOf(api.publish([draft], { signal }))
    assert(published, 'one draft gives one operation')
    return published
  }
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => (closing ??= closeOnce().finally(stop))
  const closeOnce = async (): Promise<void> => {
    try {
      await api.close()
    } catch (thrown) {
      // An engine that is gone is closed.
      if (!isFailure(thrown)) throw thrown
    }
  }

  return {
    publicKey,
    defineSchema: async (name, description, fields, { newVersionOf, sortable, group, signal = never } = {}) => {
      const before = newVersionOf && { newVersionOf: toSchemaId(newVersionOf) }
      const inGroup = group && { group: toDocumentId(group) }
      return answerOf(
        api.defineSchema(
          { name, description, fields, ...(sortable && { sortable }), ...before, ...inGroup },
          { signal },
        ),
      )
    },
    schemas: () => schemasView(api),
    create: async (schema, fields, { group, expiresAt, signal = never } = {}) => {
      const sealed = group && { group: toDocumentId(group), ...(expiresAt !== undefined && { expiresAt }) }
      const published = await publishOne({ action: 'create', schema: toSchemaId(schema), fields, ...sealed }, signal)
      return published.documentId
    },
    update: async (document, fields, { previous, schema, signal = never } = {}) => {
      const seen = previous && { previous: previous.map(toOperationId) }
      const version = schema && { schema: toSchemaId(schema) }
      const draft: Draft = { action: 'update', document: toDocumentId(document), fields, ...seen, ...version }
      return (await publishOne(draft, signal)).operationId
    },
    remove: async (document, { signal = never } = {}) =>
      (await publishOne({ action: 'delete', document: toDocumentId(document) }, signal)).operationId,
    publishBatch: async (drafts, { signal = never } = {}) => answerOf(api.publish(drafts, { signal })),
    document: (document) => documentView(api, document),
    documentAt: async (viewId) => answerOf(api.documentAt(toViewId(viewId))),
    history: (document) => historyView(api, document),
    query: (schema, options = {}) => queryView(api, schema, options),
    search: async (text, { schemas, limit = 50, signal = never } = {}) => {
      const among = schemas && { schemas: schemas.map(toSchemaId) }
      return answerOf(api.search(text, { limit, ...among }, { signal }))
    },
    campfire: campfireOf(api, new Set(publicKeys ?? [publicKey])),
    blobs: blobsOf(api),
    inspect: inspectorOf(api),
    sync: syncOf(api, nodes, relays),
    identity: identityOf(api),
    groups: groupsOf(api),
    invites: invitesOf(api, nodes),
    canI: async (permission, target) => answerOf(api.canI(permission, toTarget(target))),
    notes: {
      get: async (key) => answerOf(api.note(key)),
      put: async (key, value) => answerOf(api.putNote(key, value)),
    },
    export: async (what, { onReport, signal = never } = {}) =>
      answerOf(api.exportBundle(toScope(what), { signal, ...(onReport && { report: onReport }) })),
    import: async (source, { onProgress, signal = never } = {}) =>
      answerOf(api.importBundle(bytesFrom(source), { signal, ...(onProgress && { report: onProgress }) })),
    verify: async ({ onProgress, signal = never } = {}) =>
      answerOf(api.check({ signal, ...(onProgress && { report: onProgress }) })),
    close,
    [Symbol.asyncDispose]: close,
  }
}
