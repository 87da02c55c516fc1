import type { PublicKey } from '../../core/ids.ts'
import type { Change } from '../../ports/store.ts'
import { identityChanged } from '../changes-hub.ts'
import type { EngineDeps } from '../deps.ts'
import { rowsDone } from '../outbox/rows.ts'
import { tellChanged } from '../outbox/turns.ts'
import type { PartSession } from './part-session.ts'
import { documentsLacking, putAck, putCursor } from './peer-memory.ts'
import { lasting } from './refusals.ts'

/** Whom a session is with: by its transport key and, once it said Hello, its device key. */
export interface Met {
  readonly remoteKey: PublicKey
  readonly publicKey: PublicKey | undefined
}

/**
 * Notes what a session came to. `isComplete`: both sides have the same, so the peer's part is here up to the number it said, and it has what
 * was settled here, which needs no outbox any more.
 */
export async function rememberMeeting(
  { store, clock, changes: hub }: EngineDeps,
  { remoteKey, publicKey }: Met,
  session: PartSession,
  isComplete: boolean,
): Promise<void> {
  const { theirs, view, settled, refusals, forNow } = session
  const changes: Change[] = []
  if (isComplete && theirs) session.cursor = { ...session.cursor, ...theirs }
  if (isComplete && settled) session.cursor = { ...session.cursor, ownNumber: settled.number }
  changes.push(putCursor(remoteKey, view.key, { ...session.cursor, refusals: lasting(refusals, forNow) }))
  const done = isComplete && settled ? await rowsDone(store, remoteKey, { ...view, ...settled }) : []
  changes.push(...done)
  if (isComplete && settled && publicKey)
    changes.push(
      putAck({
        publicKey,
        key: view.key,
        number: settled.number,
        without: await documentsLacking(store, view.key, view.refused),
        at: Math.max(0, Math.trunc(clock.now())),
      }),
    )
  await store.commit(changes, [])
  if (done.length > 0) tellChanged(hub.announce)
  // A place that is asked for is kept by one more.
  if (isComplete && 'group' in session.scope && session.scope.access === 'own') hub.announce(identityChanged)
}
