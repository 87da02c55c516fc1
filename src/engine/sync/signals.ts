import { concatBytes } from '../../core/bytes/concat.ts'
import type { PublicKey } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { Clock } from '../../ports/clock.ts'
import type { SignalListener, SignalPath } from '../../ports/signal-path.ts'
import type { ScopeName } from '../../ports/store.ts'
import type { Kid, Signal } from '../../sync/messages.ts'
import type { Failure } from '../failure.ts'
import { type Allowance, createAllowance } from './allowance.ts'

/** Signals of one device in a minute (sync.md §7): that are passed on for it, that are taken from it, and that this device sends over one connection. */
const perMinute = 10
/** Who asks for so many in a minute to be passed on breaks a rule. */
const floodPerMinute = 100
/** Signals of all devices together that are taken from one connection in a minute: a node brings those of many. */
const broughtPerMinute = 120
/** Devices of which it is remembered who told of them. */
const maxHeard = 256
/** A device that nobody told of is looked for over so many connections. */
const maxGuesses = 3

const nonceBytes = 24
/** Until there are groups signals are sealed between the two alone. */
const noKid = '' as Kid

/** A connection, as signals see it. */
export interface SignalLink {
  /** This device's transport key there, and the other's. */
  readonly own: PublicKey
  readonly remoteKey: PublicKey
  /** What the two have in common: scopes with a live session. */
  readonly scopes: () => readonly ScopeName[]
  readonly say: (message: Signal) => void
}

/** Signals over the live connections of an engine: those of its own, and those of others that it passes on. */
export interface Signals {
  readonly path: SignalPath
  /** The transport key that others are told, as long as somebody listens. */
  readonly reachableAs: () => PublicKey | undefined
  readonly join: (link: SignalLink) => void
  readonly leave: (link: SignalLink) => void
  /** One came over a connection. What goes nowhere is dropped; what breaks a rule ends the connection. */
  readonly take: (signal: Signal, via: SignalLink) => Result<void, Failure>
  /** A device said over this connection that it can be reached. */
  readonly hear: (transportKey: PublicKey, via: SignalLink) => void
}

interface Allowances {
  readonly asked: Allowance
  readonly brought: Allowance
  readonly sent: Allowance
  /** By who a signal says it is from. */
  readonly from: Allowance
}

const done = ok(undefined)
const sealedOf = ({ nonce, ct }: Signal): Uint8Array => concatBytes(nonce, ct)

/** @param announce somebody listens now: says in all live sessions that this device can be reached */
export function createSignals(clock: Clock, announce: () => void): Signals {
  const links = new Map<SignalLink, Allowances>()
  const listeners = new Set<SignalListener>()
  const heard = new Map<PublicKey, Set<SignalLink>>()

  const isAcquainted = (a: SignalLink, b: SignalLink): boolean => {
    const names = new Set(a.scopes())
    return b.scopes().some((name) => names.has(name))
  }
  /** To whoever holds that key and shares a scope with the one who asks. */
  const passOn = (signal: Signal, via: SignalLink): void => {
    for (const link of links.keys())
      if (link !== via && link.remoteKey === signal.to && isAcquainted(link, via)) link.say(signal)
  }
  const deliver = (signal: Signal, allowances: Allowances): void => {
    if (!allowances.brought.take('all') || !allowances.from.take(signal.from)) return
    for (const { onSignal } of listeners) onSignal(signal.from, sealedOf(signal))
  }
  /** The connections by which a device may be reached. One with itself may be dead, without anybody knowing yet, so it is not enough. */
  const waysTo = (to: PublicKey): readonly SignalLink[] => {
    const direct = [...links.keys()].filter(({ remoteKey }) => remoteKey === to)
    const others = [...links.keys()].filter(({ remoteKey }) => remoteKey !== to)
    const told = [...(heard.get(to) ?? [])].filter(({ remoteKey }) => remoteKey !== to)
    return [...direct, ...(told.length > 0 ? told : others.slice(-maxGuesses))]
  }
  const forget = (link: SignalLink): void => {
    for (const [key, ways] of heard) if (ways.delete(link) && ways.size === 0) heard.delete(key)
  }

  return {
    reachableAs: () => (listeners.size > 0 ? [...links.keys()].at(-1)?.own : undefined),
    join: (link) => {
      const [asked, brought, sent, from] = [floodPerMinute, broughtPerMinute, perMinute, perMinute].map((limit) =>
        createAllowance(clock, limit),
      ) as [Allowance, Allowance, Allowance, Allowance]
      links.set(link, { asked, brought, sent, from })
    },
    leave: (link) => {
      links.delete(link)
      forget(link)
    },
    take: (signal, via) => {
      const allowances = links.get(via)
      if (!allowances || signal.kid !== noKid) return done
      if (signal.to === via.own) deliver(signal, allowances)
      else if (signal.from !== via.remoteKey) return fail({ code: 'sync/signal-foreign', from: signal.from })
      else if (!allowances.asked.take('all'))
        return fail({ code: 'sync/too-many', what: 'signals', limit: floodPerMinute })
      else if (allowances.from.take(signal.from)) passOn(signal, via)
      return done
    },
    hear: (transportKey, via) => {
      if (transportKey === via.own || !links.has(via)) return
      const ways = heard.get(transportKey) ?? new Set()
      heard.delete(transportKey)
      heard.set(transportKey, ways.add(via))
      const [oldest] = heard.keys()
      if (heard.size > maxHeard && oldest) heard.delete(oldest)
      for (const { onPresent } of listeners) onPresent(transportKey)
    },
    path: {
      send: (to, sealed) => {
        const [nonce, ct] = [sealed.slice(0, nonceBytes), sealed.slice(nonceBytes)]
        for (const link of waysTo(to))
          if (links.get(link)?.sent.take('all')) link.say({ type: 'Signal', to, from: link.own, kid: noKid, nonce, ct })
      },
      listen: (listener) => {
        listeners.add(listener)
        announce()
        return () => listeners.delete(listener)
      },
    },
  }
}
