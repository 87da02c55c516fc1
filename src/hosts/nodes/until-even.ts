import type { EngineApi } from '../../engine/api.ts'
import type { Clock } from '../../ports/index.ts'

/** Both sides have said where they stand a second after the last entry. */
const quietMs = 3_000
/** Who says nothing for so long has nothing to say, or will not. */
const stuckMs = 30_000
const lookEveryMs = 1_000

export interface EvenDeps {
  readonly peers: EngineApi['peers']
  readonly sessions: EngineApi['sessions']
  readonly clock: Clock
}

/**
 * Resolves when a connection has nothing more to do: all that is shared with the peer was compared and went over, or nothing moves any more.
 * Rejects with `signal.reason` when aborted.
 *
 * @param peer number of the connection
 */
export async function untilEven(
  { peers, sessions, clock }: EvenDeps,
  peer: number,
  signal: AbortSignal,
): Promise<void> {
  let bytes = -1
  let quietSince = clock.now()
  for (;;) {
    await clock.sleep(lookEveryMs, signal)
    const [known, talks] = await Promise.all([peers(), sessions()])
    const info = known.ok ? known.value.find(({ id }) => id === peer) : undefined
    if (!info || !talks.ok) return
    const now = clock.now()
    if (info.bytesIn + info.bytesOut !== bytes) quietSince = now
    bytes = info.bytesIn + info.bytesOut
    const own = talks.value.filter((session) => session.peer === peer)
    const isBusy = info.state !== 'ready' || own.some(({ state }) => state === 'comparing' || state === 'transferring')
    if (now - quietSince >= (isBusy ? stuckMs : quietMs)) return
  }
}
