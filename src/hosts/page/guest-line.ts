import type { Guest } from '../../adapters/web/relays/meeting-place.ts'
import { type HandedOver, handOver, type Post } from '../../adapters/web/rtc-handover.ts'
import type { PublicKey } from '../../core/ids.ts'
import type { Clock } from '../../ports/index.ts'

/**
 * What two guests say to each other about the data channel between them, over trystero's. The side that begins makes one and says its
 * number; the other makes the same one and answers. Then both have it, and the first may speak:
 *
 *     first ── { open: 100 } ──▶ other
 *     first ◀── { opened: 100 } ── other
 */
type Word = { readonly open: number } | { readonly opened: number }

/** A channel of our own on trystero's connection: it holds a sender up, can be handed to the worker, and loses nothing. */
export interface GuestLine {
  readonly hear: (word: unknown) => void
  /** The guest is gone, or nobody wants the room any more. */
  readonly end: () => void
}

export interface GuestLineOptions {
  readonly guest: Guest
  /** The key that the guest says it has. The handshake has it proved. */
  readonly transportKey: PublicKey
  readonly post: Post
  readonly say: (word: Word) => void
  /** Whether there is a connection to that key already, or one being made. */
  readonly isTaken: () => Promise<boolean>
  /** Says that one is being made, until the returned function is called. */
  readonly take: () => () => void
  readonly clock: Clock
}

/** Numbers of channels on a connection: browsers have 1,024, trystero's own takes one of the first two. */
const firstNumber = 100
const lastNumber = 1_000
/** By then the engine has let the guest prove its key, or has given up. */
const takenMs = 12_000
/** First pause after a channel ended, or another was there; doubled each time a channel ends soon. */
const firstPauseMs = 2_000
const longestPauseMs = 5 * 60_000
const goodMs = 60_000

const numberIn = (word: unknown, name: 'open' | 'opened'): number | undefined => {
  const found = typeof word === 'object' && word !== null ? (word as Record<string, unknown>)[name] : undefined
  return typeof found === 'number' && Number.isInteger(found) ? found : undefined
}

/** Keeps a channel to a guest, where the engine has no connection to its key yet. */
export function guestLine({ guest, transportKey, post, say, isTaken, take, clock }: GuestLineOptions): GuestLine {
  const over = new AbortController()
  let number = firstNumber - 1
  let handed: HandedOver | undefined

  const make = (next: number): HandedOver | undefined => {
    handed?.end()
    handed = undefined
    number = next
    try {
      handed = handOver(guest.connection.createDataChannel('takibi', { negotiated: true, id: next }), post)
    } catch {
      // The connection is gone, which trystero will tell.
    }
    return handed
  }
  const meet = (role: 'client' | 'server'): void => handed?.meet({ role, transportKey, inviteSecret: null })

  const open = async (next: number): Promise<void> => {
    const letGo = take()
    const made = make(next)
    if (made) say({ open: next })
    const soon = new AbortController()
    const late = clock.sleep(takenMs, AbortSignal.any([over.signal, soon.signal])).catch(() => undefined)
    await Promise.race([late, made?.ended])
    soon.abort()
    letGo()
    await made?.ended
  }
  const keepOpen = async (): Promise<void> => {
    let pauseMs = firstPauseMs
    for (let next = firstNumber; next <= lastNumber;) {
      if (!(await isTaken())) {
        const startedAt = clock.now()
        await open(next++)
        pauseMs = clock.now() - startedAt >= goodMs ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs)
      }
      await clock.sleep(pauseMs, over.signal)
    }
  }
  // Ends with the guest, and with the engine.
  if (guest.isFirst) keepOpen().catch(() => undefined)

  return {
    hear: (word) => {
      if (over.signal.aborted) return
      const asked = numberIn(word, 'open')
      if (!guest.isFirst && asked !== undefined && asked > number && asked <= lastNumber && make(asked)) {
        meet('server')
        say({ opened: asked })
      }
      if (guest.isFirst && numberIn(word, 'opened') === number) meet('client')
    },
    end: () => {
      over.abort()
      handed?.end()
    },
  }
}
