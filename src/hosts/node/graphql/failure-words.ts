import { GraphQLError } from 'graphql'
import type { Failure } from '../../../engine/failure.ts'
import type { Explain } from '../cli/command.ts'

/**
 * What p2panda calls these failures (wire.md §2.4, §4.5, §6.2). A message begins with the name, so that programs find out what happened, and goes on
 * with our sentence.
 */
export type Names = { readonly [C in Failure['code']]?: string }
const names: Names = {
  'entry/malformed': 'InvalidEntry',
  'entry/links-invalid': 'InvalidLinks',
  'entry/signature-invalid': 'InvalidSignature',
  'entry/seq-num-unexpected': 'SeqNumDoesNotMatch',
  'entry/skiplink-missing': 'ExpectedSkiplinkNotFound',
  'entry/backlink-missing': 'ExpectedBacklinkNotFound',
  'entry/skiplink-mismatch': 'WrongSkiplinkHash',
  'entry/backlink-mismatch': 'WrongBacklinkHash',
  'entry/out-of-range': 'MaxSeqNumReached',
  'payload/hash-mismatch': 'PayloadHashMismatch',
  'payload/size-mismatch': 'PayloadSizeMismatch',
  'operation/malformed': 'InvalidEncoding',
  'operation/previous-empty': 'ExpectedPreviousOperations',
  'operation/previous-unsorted': 'UnsortedOperationIds',
  'operation/previous-missing': 'PreviousOperationNotFound',
  'operation/previous-foreign': 'InvalidDocumentViewId',
  'operation/field-missing': 'MissingField',
  'operation/field-unknown': 'UnexpectedFields',
  'operation/field-type': 'InvalidType',
  'operation/field-invalid': 'InvalidValue',
  'schema/not-matching': 'InvalidClaimedSchema',
  'document/deleted': 'DeletedDocument',
  'document/log-taken': 'ExpectedDocumentLogNotFound',
  'document/log-mismatch': 'LogIdDoesNotMatchExisting',
}

/** A failure of the engine as an error of GraphQL. `own`: what it is called in this place, where that is another name. */
export function toGraphQLError(failure: Failure, explain: Explain, own: Names = {}): GraphQLError {
  if (failure.code === 'schema/unknown') return new GraphQLError('Schema not found')
  if (failure.code === 'call/aborted')
    return new GraphQLError('This took too long, or the node is stopping. Ask for less.')
  const name = own[failure.code] ?? names[failure.code]
  return new GraphQLError(name ? `${name}: ${explain(failure)}` : explain(failure))
}
