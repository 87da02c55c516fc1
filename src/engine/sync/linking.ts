import type { Side } from '../../core/hello-claim.ts'
import type { PublicKey } from '../../core/ids.ts'
import {
  type Linking,
  type LinkingEffect,
  type LinkingInput,
  type Terms,
  startLinking,
  stepLinking,
} from '../../core/linking/ceremony.ts'
import type { Clock } from '../../ports/clock.ts'

/** Both sides prove themselves within this time: whoever does not holds the place of one who would. */
const greetingMs = 10_000
/** People find the other device, compare and confirm within this time, or begin again. */
const ceremonyMs = 10 * 60_000

/** The connection that a ceremony is held on. */
export interface LinkingLine {
  readonly side: Side
  readonly handshakeHash: Uint8Array
  readonly ownKey: PublicKey
  /** Does what the ceremony has this side say, and ends the connection where it failed. */
  readonly perform: (effect: LinkingEffect) => void
}

/** What a person or the engine adds to what the line hears. */
export type LinkingWord = Extract<LinkingInput, { readonly on: 'words' | 'request' | 'resolved' | 'decline' }>

/** One ceremony, on this device. */
export interface LinkingSeat {
  /** Takes it to a connection: the first that comes. Nothing where another one has it, or it is over. */
  readonly take: (line: LinkingLine) => ((heard: LinkingInput) => void) | undefined
  readonly put: (word: LinkingWord) => void
}

/**
 * A ceremony that waits for its connection, and ends after ten minutes whatever came.
 * @param about what the code says and which side of it this device is @param tell every effect, with the connection's name for its four words
 */
export function createLinkingSeat(
  clock: Clock,
  about: Pick<Terms, 'role' | 'secret' | 'expected' | 'person'>,
  tell: (effect: LinkingEffect, handshakeHash: Uint8Array) => void,
  life: AbortSignal,
): LinkingSeat {
  let line: LinkingLine | undefined
  let state: Linking | undefined
  const over = new AbortController()

  const perform = ([next, effects]: readonly [Linking, readonly LinkingEffect[]]): void => {
    state = next
    if (next.phase === 'over') over.abort()
    for (const effect of effects) {
      line?.perform(effect)
      tell(effect, line?.handshakeHash ?? new Uint8Array())
    }
  }
  const put = (input: LinkingInput): void => {
    if (state) perform(stepLinking(state, input))
  }
  const keepTime = async (times: Pick<Terms, 'greetingMs' | 'deadlineMs'>): Promise<void> => {
    const signal = AbortSignal.any([life, over.signal])
    await clock.sleep(greetingMs, signal)
    put({ on: 'tick', nowMs: times.greetingMs })
    await clock.sleep(ceremonyMs - greetingMs, signal)
    put({ on: 'tick', nowMs: times.deadlineMs })
  }
  return {
    put,
    take: (taken) => {
      if (line || life.aborted) return undefined
      line = taken
      const { side, handshakeHash, ownKey } = taken
      const now = clock.now()
      const times = { greetingMs: now + greetingMs, deadlineMs: now + ceremonyMs }
      perform(startLinking({ ...about, side, handshakeHash, ownKey, ...times }))
      // Rejects where it is over before its time.
      keepTime(times).catch(() => undefined)
      return put
    },
  }
}
