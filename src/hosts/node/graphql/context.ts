import { GraphQLError } from 'graphql'
import type { Result } from '../../../core/result.ts'
import type { ClientApi } from '../../../engine/client-api/api.ts'
import type { Failure } from '../../../engine/failure.ts'
import type { Explain } from '../cli/command.ts'
import { type Names, toGraphQLError } from './failure-words.ts'

/** Whether somebody may write so many bytes now, or in how many seconds. */
export type AskToWrite = (publicKey: string, bytes: number) => number

/** What came of one entry that was published, for the metrics. */
export type Outcome = 'stored' | 'refused' | 'busy'

/** One request, as its resolvers see it. */
export type RequestContext = {
  readonly api: ClientApi
  readonly explain: Explain
  readonly signal: AbortSignal
  readonly askToWrite: AskToWrite
  readonly count: (outcome: Outcome) => void
  /** Seconds after which to come again, where the node was too busy for a part of the request. */
  busySeconds: number
  /** Bytes that the answer may still have. */
  bytesLeft: number
}

/** The value, or its failure thrown as GraphQL wants it. A node that cannot write says so by the status of its whole answer. */
export function must<T>(context: RequestContext, result: Result<T, Failure>, own?: Names): T {
  if (result.ok) return result.value
  if (result.error.code.startsWith('store/')) context.busySeconds = Math.max(context.busySeconds, 30)
  throw toGraphQLError(result.error, context.explain, own)
}

/** Counts what goes into the answer. */
export function spend(context: RequestContext, bytes: number): void {
  context.bytesLeft -= bytes
  if (context.bytesLeft < 0) throw new GraphQLError('The answer would be too large. Ask for fewer documents or fields.')
}
