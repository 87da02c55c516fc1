import type { RtcState } from '../../adapters/web/rtc-connection.ts'
import { webClock } from '../../adapters/web/web-clock.ts'
import type { PublicKey } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { Failure } from '../../engine/failure.ts'
import type { LiveView } from '../../engine/live-view.ts'
import { type CodeFailure, type CodeKind, type TakenCode, linkOf } from './code-kind.ts'
import { listenForCodes } from './meet-tabs.ts'
import type { MeetingPorts } from './meeting-ports.ts'
import { type Line, openLine } from './rtc-line.ts'
import { keepLink } from './rtc-link.ts'

/** Our code, in the forms that people hand on. */
export interface ShownCode {
  /** For a QR code: characters of its alphanumeric mode. */
  readonly qr: string
  readonly text: string
  /** The address of this app with the code behind `#`, which no server sees. */
  readonly link: string
}

export type MeetState =
  | { readonly step: 'preparing' }
  /** Our code can be handed on; the other's has not been taken yet. */
  | { readonly step: 'showing'; readonly code: ShownCode }
  /**
   * The other's code was taken. `isFound`: there is a way to it, and it has yet to take ours. `isLate`: that takes longer than it should,
   * so it is time to speak of handing over a file.
   */
  | { readonly step: 'connecting'; readonly code: ShownCode; readonly isFound: boolean; readonly isLate: boolean }
  /** The channel is up and lies with the engine, which goes on by itself, also after `close`. */
  | { readonly step: 'met'; readonly transportKey: PublicKey }
  /** What was met is gone: one of the two ended it, or nothing brought it back. */
  | { readonly step: 'ended' }
  /** There is no way between the two. Both start again, or hand over a file. */
  | { readonly step: 'apart' }
  | { readonly step: 'failed'; readonly failure: Failure }

/** One meeting: shows our code, takes the other's, in whatever order. */
export interface Meet extends LiveView<MeetState> {
  /** What was scanned or pasted. Says at once what is wrong with it; whether it leads anywhere is told by the state. */
  readonly take: (found: string) => Result<undefined, CodeFailure>
  /** Forgets both codes and makes a new one. */
  readonly again: () => void
  /** Nobody looks any more. A meeting that came about stays. */
  readonly close: () => void
}

export interface MeetOptions extends MeetingPorts {
  /** What codes are shown and taken. */
  readonly codes: CodeKind
}

/** Two devices in one network need a second; what takes longer than this mostly never comes. */
const lateMs = 15_000

/** What is the same before and after `again`. */
interface Attempt {
  readonly over: AbortController
  taken: TakenCode | undefined
  /** The key that our code names. */
  own: PublicKey | undefined
  shown: ShownCode | undefined
  line: Line | undefined
}

/**
 * Begins a meeting. Ask for the camera before: a browser tells a page its addresses only with it, or with a way to the internet.
 * While it lasts it also takes codes that other tabs of this app were opened with.
 */
export function startMeet(options: MeetOptions): Meet {
  const { codes } = options
  const listeners = new Set<(state: MeetState, previous: MeetState) => void>()
  let state: MeetState = { step: 'preparing' }
  let attempt = newAttempt()
  const set = (next: MeetState): void => {
    const previous = state
    state = next
    for (const listener of listeners) listener(state, previous)
  }

  const prepare = async (current: Attempt): Promise<void> => {
    const key = await options.transportKey().then(ok, failed)
    const opened = await openLine(options)
    if (current.over.signal.aborted) return opened.ok ? opened.value.connection.close() : undefined
    if (!key.ok) return set({ step: 'failed', failure: key.error })
    if (!opened.ok) return set({ step: 'failed', failure: opened.error })
    const line = opened.value
    current.line = line
    current.own = key.value
    const own = await codes.show({ transportKey: key.value, blob: line.connection.blob() }).then(ok, failed)
    if (current.over.signal.aborted) return
    if (!own.ok) return set({ step: 'failed', failure: own.error })
    current.shown = { ...own.value, link: linkOf(codes, own.value.text) }
    set({ step: 'showing', code: current.shown })
    if (current.taken) await connect(current, line, current.taken)
  }

  const connect = async (current: Attempt, line: Line, taken: TakenCode): Promise<void> => {
    const { signal } = current.over
    const prepared = await Promise.resolve(codes.prepare?.(taken)).then(ok, failed)
    if (signal.aborted) return
    if (!prepared.ok) return set({ step: 'failed', failure: prepared.error })
    // What the connection says from now on belongs to this attempt only.
    const unsubscribe = line.connection.subscribe((rtc) => follow(current, rtc))
    signal.addEventListener('abort', () => unsubscribe(), { once: true })
    const setup = await line.connection.connect(taken.blob)
    if (signal.aborted) return
    if (!setup.ok) return set({ step: 'failed', failure: setup.error })
    follow(current, line.connection.state())
    void webClock.sleep(lateMs, signal).then(
      () => state.step === 'connecting' && set({ ...state, isLate: true }),
      () => undefined,
    )
    await whenOpen(line, signal)
    current.over.abort()
    const { transportKey, inviteSecret } = taken
    const { purpose } = codes
    const role = setup.value === 'active' ? 'client' : 'server'
    set({ step: 'met', transportKey })
    await keepLink(
      line,
      { role, transportKey, inviteSecret, ...(purpose && { purpose }) },
      options,
      webClock,
      new AbortController().signal,
    )
    if (attempt === current) set({ step: 'ended' })
  }

  const follow = (current: Attempt, rtc: RtcState): void => {
    if (rtc === 'failed') return set({ step: 'apart' })
    if ((rtc !== 'searching' && rtc !== 'found') || !current.shown) return
    const isLate = state.step === 'connecting' && state.isLate
    set({ step: 'connecting', code: current.shown, isFound: rtc === 'found', isLate })
  }

  const take = (found: string): Result<undefined, CodeFailure> => {
    const code = codes.read(found)
    if (!code.ok) return code
    // Known before anything is made of it, so that a slip costs nothing.
    if (code.value.transportKey === attempt.own) return fail({ code: 'meeting/own-code' })
    if (attempt.taken) return ok(undefined)
    attempt.taken = code.value
    if (attempt.line) void connect(attempt, attempt.line, code.value)
    return ok(undefined)
  }

  const drop = (): void => {
    attempt.over.abort()
    // What was met is the engine's, and `keepLink` closes it.
    if (state.step !== 'met' && state.step !== 'ended') attempt.line?.connection.close()
  }
  const stopListening = listenForCodes(options.database, codes.route, take)
  void prepare(attempt)
  return {
    getState: () => state,
    getInitialState: () => ({ step: 'preparing' }),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    take,
    again: () => {
      drop()
      attempt = newAttempt()
      set({ step: 'preparing' })
      void prepare(attempt)
    },
    close: () => {
      stopListening()
      drop()
    },
  }
}

/** Ports reject with plain failures. */
const failed = (thrown: unknown) => fail(thrown as Failure)

const newAttempt = (): Attempt => ({
  over: new AbortController(),
  taken: undefined,
  own: undefined,
  shown: undefined,
  line: undefined,
})

/** Resolves when the connection is open; never when the signal said not to wait. */
const whenOpen = ({ connection }: Line, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (connection.state() !== 'open' || signal.aborted) return
      unsubscribe()
      resolve()
    }
    const unsubscribe = connection.subscribe(look)
    look()
  })
