import type { Result } from '../core/result.ts'
import { type Body, type BodyFailure, decodeBody, encodeBody } from './body.ts'
import { headsField } from './message-codec.ts'
import type { Have, LogHead, LogsOf, SessionId } from './messages.ts'
import { cutByKey } from './pieces.ts'

/** All heads of a part as `Have` messages: at least one, each with a body of its own. */
export function haveMessages(session: SessionId, heads: readonly LogsOf<LogHead>[]): readonly Have[] {
  const parts = cutByKey(heads)
  return parts.map((part, i) => ({
    type: 'Have',
    session,
    ...encodeBody(headsField, part),
    ...(i < parts.length - 1 ? { hasMore: true } : {}),
  }))
}

/** The heads in one `Have`, or `message/body-malformed`. */
export const decodeHave = (have: Body): Result<readonly LogsOf<LogHead>[], BodyFailure> => decodeBody(headsField, have)
