import type { EngineApi } from '../engine/api.ts'
import { toDocumentId, toHash, toPublicKey } from './parse.ts'
import type { Inspector } from './takibi-node.ts'
import { answerOf } from './unwrap.ts'

/** Rows of a list that nobody reads to its end. */
const defaultLimit = 1_000

/** A look under the hood of an engine. */
export const inspectorOf = (api: EngineApi): Inspector => ({
  logs: async (publicKey) => answerOf(api.logs(publicKey === undefined ? undefined : toPublicKey(publicKey))),
  entriesOf: async (document) => answerOf(api.entriesOf(toDocumentId(document))),
  entry: async (id) => answerOf(api.entry(toHash(id))),
  forks: async () => answerOf(api.forks()),
  pending: async (limit = defaultLimit) => answerOf(api.pendingItems(limit)),
  usage: async () => answerOf(api.usage()),
})
