import { type Result, ok } from '../../core/result.ts'
import { attempt } from '../attempt.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import type { ClientApi } from './api.ts'
import { createEarlyRoom } from './early-room.ts'
import { nextArgs } from './next-args.ts'
import {
  countShared,
  isSchemaShared,
  sharedBlob,
  sharedDocument,
  sharedList,
  sharedQuery,
  sharedSchemas,
} from './shared.ts'
import { takeEntry } from './take-entry.ts'

type Read = <T>(body: () => Promise<Result<T, Failure>>, signal?: AbortSignal) => Promise<Result<T, Failure>>

/** What strangers may ask of an engine. `read` waits until views are up to date. */
export function createClientApi(deps: EngineDeps, read: Read): ClientApi {
  const early = createEarlyRoom(deps.clock)
  return {
    nextArgs: (publicKey, viewId) => attempt(() => nextArgs(deps, publicKey, viewId)),
    takeEntry: (entry, operation, call) =>
      attempt(
        () => takeEntry({ ...deps, early }, entry, operation, (schema) => isSchemaShared(deps, schema), call),
        call.signal,
      ),
    sharedSchemas: () => read(async () => ok(await sharedSchemas(deps))),
    sharedDocument: (schema, wanted) => read(() => sharedDocument(deps, schema, wanted)),
    sharedQuery: (query, call) => read(() => sharedQuery(deps, query, call), call.signal),
    countShared: (query, call) => read(() => countShared(deps, query, call), call.signal),
    sharedList: (list, query, call) => read(() => sharedList(deps, list, query, call), call.signal),
    sharedBlob: (wanted, call) => read(() => sharedBlob(deps, wanted, call), call.signal),
  }
}
