import { ok } from '../../core/result.ts'
import { attempt } from '../attempt.ts'
import type { EngineDeps, EngineOptions, EnginePorts } from '../deps.ts'
import { type LocalEngine, type Read, startEngine } from '../engine.ts'
import type { ClientApi } from './api.ts'
import { createEarlyRoom } from './early-room.ts'
import { nextArgs } from './next-args.ts'
import { countShared, sharedBlob, sharedDocument, sharedList, sharedQuery } from './shared.ts'
import { createSharedSchemas } from './shared-schemas.ts'
import { takeEntry } from './take-entry.ts'

/** The engine of a node: what a device's does, and what strangers may ask of it. */
export type NodeEngine = LocalEngine & ClientApi

/** An engine that also answers p2panda's client API. Devices, which nobody can ask, do without. */
export function createNodeEngine(ports: EnginePorts, options: EngineOptions): NodeEngine {
  const { api, deps, read } = startEngine(ports, options)
  return { ...api, ...createClientApi(deps, read) }
}

function createClientApi(deps: EngineDeps, read: Read): ClientApi {
  const early = createEarlyRoom(deps.clock)
  const schemas = createSharedSchemas(deps)
  return {
    nextArgs: (publicKey, viewId) => attempt(() => nextArgs(deps, publicKey, viewId)),
    takeEntry: (entry, operation, call) =>
      attempt(() => takeEntry({ ...deps, early }, entry, operation, schemas.has, call), call.signal),
    sharedSchemas: () => read(async () => ok(await schemas.all())),
    sharedDocument: (schema, wanted) => read(() => sharedDocument(deps, schema, wanted)),
    sharedQuery: (query, call) => read(() => sharedQuery(deps, query, call), call.signal),
    countShared: (query, call) => read(() => countShared(deps, query, call), call.signal),
    sharedList: (list, query, call) => read(() => sharedList(deps, list, query, call), call.signal),
    sharedBlob: (wanted, call) => read(() => sharedBlob(deps, wanted, call), call.signal),
  }
}
