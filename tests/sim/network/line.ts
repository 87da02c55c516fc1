import type { Channel } from '../../../src/ports/transport.ts'
import type { Dice } from '../dice.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** What goes wrong with a connection, and when: counted in bytes, both directions together. */
export interface LineFaults {
  readonly latencyMs: number
  /** Chunks arrive cut in pieces at any place. */
  readonly isCutting: boolean
  /** After so many bytes the connection is lost: both ends see it, or neither does (a phone that went out of reach). */
  readonly lost?: { readonly afterBytes: number; readonly seen: boolean }
  /** The bit at this byte arrives flipped. */
  readonly flipAt?: number
}

/** Two ends of one connection. */
export interface Line {
  readonly ends: readonly [Channel, Channel]
  /** Loses it now, with what is under way. */
  readonly cut: () => void
  /** From now on nothing arrives on either side, and neither is told. */
  readonly freeze: () => void
  /** Bytes handed over by both sides. */
  readonly bytes: () => number
  /** Bytes that `side` has been sent and has not read. */
  readonly unread: (side: 0 | 1) => number
  /** How it was lost, if it was. */
  readonly fate: () => 'whole' | 'cut' | 'frozen' | 'flipped'
}

/** Bytes that may lie unread before a sender waits. */
const windowBytes = 64 * 1024

/** What one end has, and what is on the way to it. */
interface End {
  readonly arrived: Uint8Array[]
  unread: number
  isOpen: boolean
  /** When the last chunk on its way arrives: no other overtakes it. */
  lastArrival: number
  readonly waiting: Set<() => void>
  readonly closed: Promise<void>
  readonly onClosed: () => void
}

function newEnd(): End {
  let onClosed = (): void => undefined
  const closed = new Promise<void>((resolve) => {
    onClosed = resolve
  })
  return { arrived: [], unread: 0, isOpen: true, lastArrival: 0, waiting: new Set(), closed, onClosed }
}

const wake = ({ waiting }: End): void => {
  const all = [...waiting]
  waiting.clear()
  for (const resolve of all) resolve()
}
const change = ({ waiting }: End): Promise<void> => new Promise((resolve) => waiting.add(resolve))
const gone = (): never => {
  // Channels reject with plain failures; they survive being posted.
  throw { code: 'channel/gone' } as unknown as Error
}

/** A connection whose every byte the dice know. Bytes arrive in order and a while after they were sent; the rest is in the faults. */
export function openLine(clock: VirtualClock, chance: Dice, faults: LineFaults): Line {
  const ends = [newEnd(), newEnd()] as const
  let bytes = 0
  let fate: ReturnType<Line['fate']> = 'whole'

  const shut = (end: End): void => {
    if (!end.isOpen) return
    end.isOpen = false
    end.onClosed()
    for (const each of ends) wake(each)
  }
  const cut = (): void => {
    if (fate === 'whole') fate = 'cut'
    for (const end of ends) {
      end.lastArrival = Infinity
      shut(end)
    }
  }
  const freeze = (): void => {
    if (fate !== 'cut') fate = 'frozen'
  }
  /** Does something at the other end after what was sent before. */
  const arrive = (to: End, act: () => void): void => {
    to.lastArrival = Math.max(to.lastArrival, clock.now() + faults.latencyMs)
    clock.later(to.lastArrival - clock.now(), () => {
      if (fate !== 'frozen' && to.isOpen) act()
    })
  }
  const land = (to: End, chunk: Uint8Array): void =>
    arrive(to, () => {
      to.arrived.push(chunk)
      wake(to)
    })

  /** What of these bytes gets through, as it arrives. */
  const damaged = (sent: Uint8Array): Uint8Array => {
    const from = bytes
    bytes += sent.length
    const { lost, flipAt } = faults
    const through = lost ? sent.slice(0, Math.max(0, lost.afterBytes - from)) : sent.slice()
    if (flipAt !== undefined && flipAt >= from && flipAt < from + through.length) {
      through[flipAt - from]! ^= 1 << chance.roll(8)
      fate = 'flipped'
    }
    return through
  }
  const endOf = (own: End, other: End): Channel => {
    async function* received(): AsyncGenerator<Uint8Array> {
      for (;;) {
        const chunk = own.arrived.shift()
        if (chunk) {
          own.unread -= chunk.length
          wake(other)
          if (faults.isCutting && chunk.length > 1) {
            const at = 1 + chance.roll(chunk.length - 1)
            yield chunk.slice(0, at)
            yield chunk.slice(at)
          } else yield chunk
        } else if (!own.isOpen) return
        else await change(own)
      }
    }
    return {
      medium: 'memory',
      received: { [Symbol.asyncIterator]: received },
      send: async (sent) => {
        if (!own.isOpen) gone()
        other.unread += sent.length
        const through = fate === 'frozen' ? undefined : damaged(sent)
        if (through && through.length > 0) land(other, through)
        if (faults.lost && bytes >= faults.lost.afterBytes && fate !== 'frozen') {
          if (faults.lost.seen) clock.later(faults.latencyMs + 1, cut)
          else clock.later(faults.latencyMs + 1, freeze)
        }
        while (other.unread > windowBytes && own.isOpen) await change(own)
        if (!own.isOpen) gone()
      },
      closed: own.closed,
      close: () => {
        if (!own.isOpen) return
        shut(own)
        arrive(other, () => shut(other))
      },
    }
  }
  const channels = [endOf(ends[0], ends[1]), endOf(ends[1], ends[0])] as const
  return { ends: channels, cut, freeze, bytes: () => bytes, unread: (side) => ends[side].unread, fate: () => fate }
}

/** Faults by the dice: most connections hold for a while, some break at any byte, a few go silent or lie. */
export function someFaults(chance: Dice): LineFaults {
  const latencyMs = chance.pick([0, 1, 20, 150, 800])
  const isCutting = chance.chance(3)
  switch (chance.roll(6)) {
    case 0:
      return { latencyMs, isCutting, lost: { afterBytes: chance.roll(6_000), seen: true } }
    case 1:
      return { latencyMs, isCutting, lost: { afterBytes: chance.roll(6_000), seen: false } }
    case 2:
      return { latencyMs, isCutting, ...(chance.chance(2) ? { flipAt: chance.roll(4_000) } : {}) }
    default:
      return { latencyMs, isCutting }
  }
}
