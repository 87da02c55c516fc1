import type { SessionId } from '../../sync/messages.ts'
import type { PartSession } from './part-session.ts'

/**
 * Whether a session makes room for another one of its scope that the peer opens: it is over, or was a question that this one answers, or was opened
 * by the peer too, which has given it up. Where each side opened one at the same time, the first number goes on.
 */
export const givesWayTo = ({ state }: PartSession, id: SessionId): boolean =>
  state.isOver || (state.mode === 'resume' && !state.isListed) || state.id % 2 === id % 2 || state.id > id
