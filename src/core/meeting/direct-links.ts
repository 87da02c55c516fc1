import type { PublicKey } from '../ids.ts'
import { maxDirectLinks, maxLinkCandidates } from '../limits.ts'
import type { ConnectionBlob } from './blob.ts'
import type { AttemptId } from './direct-signal.ts'

/**
 * With whom to connect directly, and when, for devices that reach each other by signals: whoever hears that the other is there offers, the
 * other answers. Where both offer at once the offer of the lower key goes on. One step takes what happened, and says what to do.
 */
export interface DirectLinks {
  readonly own: PublicKey
  readonly peers: ReadonlyMap<PublicKey, Peer>
  /** Attempts of others that were begun, the newest last: a signal that comes twice begins nothing. */
  readonly seen: readonly AttemptId[]
}

interface Peer {
  readonly isLinked: boolean
  /** When to offer, where nothing else happens before: milliseconds since the Unix epoch. */
  readonly offerAt?: number
  /** Offers in a row that came to nothing, and when the last was made. */
  readonly tries: number
  readonly triedAt: number
  readonly attempt?: Attempt
}

interface Attempt {
  readonly id: AttemptId
  /** We offered. */
  readonly isOurs: boolean
  /** Both blobs are known here. */
  readonly isAnswered: boolean
  readonly isOpen: boolean
  readonly until: number
}

export type DirectInput =
  /** Somebody says that this device can be reached. */
  | { readonly on: 'present'; readonly key: PublicKey }
  | { readonly on: 'offer' | 'answer'; readonly key: PublicKey; readonly id: AttemptId; readonly blob: ConnectionBlob }
  /** The connection of an attempt is open, or came to nothing. */
  | { readonly on: 'opened' | 'failed'; readonly key: PublicKey; readonly id: AttemptId }
  /** There is a direct connection that has proved its keys, by whatever way it came about. */
  | { readonly on: 'linked'; readonly key: PublicKey }
  /** The last direct connection is over, or seems to be: one ended it, or (`isLost`) nobody wanted that. */
  | { readonly on: 'left'; readonly key: PublicKey; readonly isLost: boolean }
  | { readonly on: 'tick' }

export type DirectEffect =
  /** Make a connection, and send its blob. */
  | { readonly do: 'offer'; readonly key: PublicKey; readonly id: AttemptId }
  /** Make a connection, connect it to this blob, and send its own. */
  | { readonly do: 'answer'; readonly key: PublicKey; readonly id: AttemptId; readonly blob: ConnectionBlob }
  /** Connect the one that was made to this blob. */
  | { readonly do: 'connect'; readonly key: PublicKey; readonly id: AttemptId; readonly blob: ConnectionBlob }
  /** Close what was made for this attempt. */
  | { readonly do: 'drop'; readonly key: PublicKey; readonly id: AttemptId }

/** What a step may use. */
export interface DirectMoment {
  /** Milliseconds since the Unix epoch. */
  readonly now: number
  /** Used for an offer, if this step makes one. */
  readonly freshId: AttemptId
}

/** An attempt that takes longer hardly comes to anything: browsers give up after some 15 seconds. */
export const attemptMs = 30_000
/** After the first offer in vain; three times as long after each other. */
export const firstPauseMs = 10_000
/** Then the device is left alone until it is heard of again. */
const maxTries = 5
/** Offers that may wait for an answer at once: made for keys that somebody named. */
const maxOffers = 2
const maxSeen = 64

type Blobbed = Extract<DirectInput, { readonly blob: ConnectionBlob }>
type Stepped = readonly [DirectLinks, readonly DirectEffect[]]

export const noDirectLinks = (own: PublicKey): DirectLinks => ({ own, peers: new Map(), seen: [] })

const stranger: Peer = { isLinked: false, tries: 0, triedAt: -Infinity }
const nothing: readonly DirectEffect[] = []

function put(state: DirectLinks, key: PublicKey, peer: Peer): DirectLinks {
  const peers = new Map(state.peers)
  const isIdle = !peer.isLinked && !peer.attempt && peer.offerAt === undefined
  peers.delete(key)
  if (!isIdle) peers.set(key, peer)
  return { ...state, peers }
}

/** Links, and what may become one. */
const occupied = ({ peers }: DirectLinks): number =>
  [...peers.values()].filter(({ isLinked, attempt }) => isLinked || attempt).length

const dropOf = (key: PublicKey, { attempt }: Peer): readonly DirectEffect[] =>
  attempt ? [{ do: 'drop', key, id: attempt.id }] : nothing

/** Offers to whoever has waited longest, if it is time for anybody: one offer in a step. */
function offerNext(state: DirectLinks, { now, freshId }: DirectMoment): Stepped {
  const all = [...state.peers]
  if (all.filter(([, { attempt }]) => attempt?.isOurs).length >= maxOffers) return [state, nothing]
  const isFull = occupied(state) >= maxDirectLinks
  const due = all.find(
    ([, { attempt, isLinked, offerAt }]) =>
      !attempt && offerAt !== undefined && now >= offerAt && (isLinked || !isFull),
  )
  if (!due) return [state, nothing]
  const [key, { isLinked, tries }] = due
  const attempt = { id: freshId, isOurs: true, isAnswered: false, isOpen: false, until: now + attemptMs }
  return [put(state, key, { isLinked, tries, triedAt: now, attempt }), [{ do: 'offer', key, id: freshId }]]
}

/** An attempt came to nothing. Whose offer it was tries again, for a while. */
function giveUp(state: DirectLinks, key: PublicKey, now: number): DirectLinks {
  const { attempt, ...peer } = state.peers.get(key) ?? stranger
  if (!attempt?.isOurs) return put(state, key, peer)
  const tries = peer.tries + 1
  const offerAt = now + firstPauseMs * 3 ** (tries - 1)
  return put(state, key, { ...peer, tries, ...(tries < maxTries && { offerAt }) })
}

function onPresent(state: DirectLinks, key: PublicKey, now: number): DirectLinks {
  const peer = state.peers.get(key)
  if (key === state.own || peer?.isLinked || peer?.attempt) return state
  if (!peer && state.peers.size >= maxLinkCandidates) return state
  const { triedAt } = peer ?? stranger
  return put(state, key, { ...stranger, triedAt, offerAt: Math.max(now, triedAt + firstPauseMs) })
}

function onOffer(state: DirectLinks, { key, id, blob }: Blobbed, now: number): Stepped {
  const peer = state.peers.get(key) ?? stranger
  const isOursFirst = peer.attempt?.isOurs && state.own < key
  const hasRoom = peer.isLinked || peer.attempt !== undefined || occupied(state) < maxDirectLinks
  if (key === state.own || state.seen.includes(id) || isOursFirst || !hasRoom) return [state, nothing]
  const { offerAt: _, ...rest } = peer
  const attempt = { id, isOurs: false, isAnswered: true, isOpen: false, until: now + attemptMs }
  const next = put({ ...state, seen: [...state.seen, id].slice(-maxSeen) }, key, { ...rest, attempt })
  return [next, [...dropOf(key, peer), { do: 'answer', key, id, blob }]]
}

function onAnswer(state: DirectLinks, { key, id, blob }: Blobbed): Stepped {
  const peer = state.peers.get(key)
  const attempt = peer?.attempt
  if (!peer || attempt?.id !== id || attempt.isAnswered) return [state, nothing]
  return [put(state, key, { ...peer, attempt: { ...attempt, isAnswered: true } }), [{ do: 'connect', key, id, blob }]]
}

function onLinked(state: DirectLinks, key: PublicKey): Stepped {
  const peer = state.peers.get(key) ?? stranger
  const next = put(state, key, { ...stranger, isLinked: true })
  // An attempt that is open became this link; one that is not is needed no more.
  return [next, peer.attempt?.isOpen ? nothing : dropOf(key, peer)]
}

function onLeft(state: DirectLinks, key: PublicKey, isLost: boolean, now: number): Stepped {
  const peer = state.peers.get(key)
  if (!peer) return [state, nothing]
  if (!isLost) return [put(state, key, stranger), dropOf(key, peer)]
  const offerAt = peer.attempt ? now + firstPauseMs : now
  return [put(state, key, { ...peer, isLinked: false, offerAt }), nothing]
}

function onTick(state: DirectLinks, now: number): Stepped {
  const late = [...state.peers].filter(([, { attempt }]) => attempt && now >= attempt.until)
  const effects = late.flatMap(([key, peer]) => dropOf(key, peer))
  return [late.reduce((next, [key]) => giveUp(next, key, now), state), effects]
}

function take(state: DirectLinks, input: DirectInput, now: number): Stepped {
  switch (input.on) {
    case 'present':
      return [onPresent(state, input.key, now), nothing]
    case 'offer':
      return onOffer(state, input, now)
    case 'answer':
      return onAnswer(state, input)
    case 'opened':
    case 'failed': {
      const peer = state.peers.get(input.key)
      if (peer?.attempt?.id !== input.id) return [state, nothing]
      if (input.on === 'failed') return [giveUp(state, input.key, now), nothing]
      return [put(state, input.key, { ...peer, attempt: { ...peer.attempt, isOpen: true } }), nothing]
    }
    case 'linked':
      return onLinked(state, input.key)
    case 'left':
      return onLeft(state, input.key, input.isLost, now)
    case 'tick':
      return onTick(state, now)
  }
}

/** Takes one input; effects are to be done in their order. Each step also begins what it is time for. */
export function stepDirectLinks(state: DirectLinks, input: DirectInput, moment: DirectMoment): Stepped {
  const [taken, effects] = take(state, input, moment.now)
  const [next, offers] = offerNext(taken, moment)
  return [next, [...effects, ...offers]]
}
