import type { PublicKey } from '../../core/ids.ts'
import type { Side } from '../../core/hello-claim.ts'
import { maxInterestTokens } from '../../core/limits.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import { frameReader } from '../../sync/frames.ts'
import { compactTransfer, helloFailure, makeHello } from '../../sync/hello.ts'
import { makeInterest, scopeToken } from '../../sync/interest.ts'
import type { LogHead, Message, MessageOf, ScopeToken, StoreId } from '../../sync/messages.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import type { Introduction } from './api.ts'
import { failureOf } from './failure.ts'
import type { AskedFor } from './asked-for.ts'
import type { SecureChannel } from '../secure-channel.ts'
import { createIntroductions } from './introductions.ts'
import { keepTime } from './keep-time.ts'
import { createCeremony } from './ceremony-line.ts'
import { type PeerRecord, type PeerRegistry } from './peer-registry.ts'
import type { Places } from './places.ts'
import { type Sessions, createSessions } from './sessions.ts'
import type { RangesAhead } from './ranges-ahead.ts'
import { scopesFor } from './scopes-for.ts'
import { type ServedPart, partOf } from './shared-scopes.ts'
import { type Wire, createWire } from './wire.ts'

/** For the peer's goodbye. */
const goodbyeMs = 1_000

/** What all connections of an engine have in common. */
export interface ConnectionDeps {
  readonly deps: EngineDeps
  readonly registry: PeerRegistry
  readonly storeId: StoreId
  readonly agent: string
  readonly askedFor: AskedFor
  /** Messages of entries that are read, judged and stored at once, of all connections: the others wait as they came, in a few bytes. */
  readonly taking: Places
  /** Where presence goes that a peer said. */
  readonly onPresence: (message: MessageOf<'Presence'>, served: ServedPart) => void
  readonly onSignal: (message: MessageOf<'Signal'>) => Result<void, Failure>
  /** A session of this scope goes live. */
  readonly onLive: (served: ServedPart) => void
}

/** A connection whose channel is secure. */
export interface Connection {
  readonly remoteKey: PublicKey
  readonly sessions: Sessions
  readonly say: (message: Message) => void
  readonly askHeads: (publicKey: PublicKey) => Promise<readonly LogHead[]>
  /** Says goodbye. */
  readonly end: () => void
  /** Why it ended; nothing after goodbyes. Never rejects. */
  readonly closed: Promise<Failure | undefined>
}

type Handled = Promise<Result<void, Failure>>
const done = ok(undefined)
const unexpected = ({ type }: Message): Result<never, Failure> => fail({ code: 'sync/message-unexpected', type })

/** Runs a connection until it ends: Hello, Interest, then sessions for what both sides share. */
export function runConnection(
  common: ConnectionDeps,
  secure: SecureChannel,
  side: Side,
  record: PeerRecord,
  introduction: Introduction = {},
): Connection {
  const { deps, registry } = common
  const { clock } = deps
  const { remoteKey, handshakeHash } = secure
  const over = new AbortController()
  const life = AbortSignal.any([deps.life, over.signal])
  const theirSide: Side = side === 0 ? 1 : 0
  let failure: Failure | undefined
  let hello: MessageOf<'Hello'> | undefined
  let theirTokens: ReadonlySet<ScopeToken> = new Set()
  let toldParts = ''

  const stop = (why: Failure | undefined): void => {
    if (over.signal.aborted) return
    failure = why
    over.abort()
    if (why) secure.close()
  }
  const wire: Wire = createWire(
    secure,
    clock.now,
    (message, bytes) => registry.count(record, message, 'out', bytes),
    (why) => stop(why),
  )
  const say = (message: Message): number => (over.signal.aborted ? 0 : wire.say(message))

  let turns: Promise<void> = Promise.resolve()
  const takeTurn = async (task: () => Promise<Result<void, Failure> | void>): Promise<void> => {
    if (over.signal.aborted) return
    try {
      const outcome = await task()
      if (outcome && !outcome.ok) stop(outcome.error)
    } catch (thrown) {
      if (life.aborted) return
      deps.log.warn('A connection ended by a failure of this device', { thrown })
      stop(failureOf(thrown))
    }
  }
  /** One after the other, messages and whatever else touches sessions. */
  const inTurn = (task: () => Promise<Result<void, Failure> | void>): Promise<void> => {
    turns = turns.then(() => takeTurn(task))
    return turns
  }
  /** In its turn, and what it had to say leaves at its end. */
  const act = async (task: () => Promise<void>): Promise<void> => {
    await inTurn(task)
    if (over.signal.aborted) return
    wire.flush()
    time.stir()
  }

  /** Asked for whenever something changes, and each is a hash. */
  const known = [new Map<string, ScopeToken>(), new Map<string, ScopeToken>()] as const
  const tokenOf = ({ name }: ServedPart, of: Side): ScopeToken => {
    const token = known[of].get(name) ?? scopeToken(name, handshakeHash, of)
    known[of].set(name, token)
    return token
  }

  const sessions = createSessions({
    common,
    record,
    side,
    remoteKey,
    publicKey: () => hello?.publicKey,
    scopes: () => ownScopes(),
    tokenOf: (scope, of) => tokenOf(scope, of === 'mine' ? side : theirSide),
    host: {
      deps,
      storeId: common.storeId,
      say,
      flush: wire.flush,
      room: wire.room,
      post: (task) => void act(task),
      isCompact: () => hello?.features.includes(compactTransfer) === true,
      askedFor: common.askedFor,
      signal: life,
    },
  })

  /** What this side may have with this peer; before its Hello, with anybody. */
  const ownScopes = (): Promise<readonly ServedPart[]> =>
    scopesFor(deps, { publicKey: hello?.publicKey, invites: introductions.invites() })
  const sayInterest = async (): Promise<void> => {
    const scopes = await ownScopes()
    // One connection has room for so many; who follows more meets about the first of them.
    const told = scopes.slice(0, maxInterestTokens)
    const tokens = [...new Set(told.map((scope) => tokenOf(scope, side)))].sort()
    const parts = told.map(partOf).map(({ scope, part }) => `${scope}/${part}`)
    const isLess = await sessions.dropAllBut(scopes)
    // Said again where the peer may have something else now, if only another part, so that whoever dialled asks for it.
    if (parts.join() === toldParts && !isLess) return
    toldParts = parts.join()
    say(makeInterest(tokens, deps.random.bytes))
  }
  const sayHello = async (): Promise<void> => {
    const [publicKey] = await deps.keys.publicKeys()
    const signature = await deps.keys.signHello(side, handshakeHash, life)
    if (publicKey) say(makeHello(publicKey, signature, common.agent))
  }
  const introductions = createIntroductions({
    deps,
    membership: deps.membership,
    introduction,
    side,
    handshakeHash,
    publicKey: () => hello?.publicKey,
    say,
    onChange: () => refresh(),
    signal: life,
  })
  /** Both know who the other is, as far as that is to be known: what they share is next. */
  const shareWith = async (): Promise<void> => {
    await introductions.introduce()
    await sayInterest()
    if (side === 0) await sessions.resumeKnown(await ownScopes())
  }
  const ceremony =
    introduction.linking &&
    createCeremony(introduction.linking, {
      side,
      handshakeHash,
      ownKey: async () => (await deps.keys.publicKeys())[0],
      sayHello,
      say,
      stop,
    })

  const onHello = async (message: MessageOf<'Hello'>): Handled => {
    if (hello) return unexpected(message)
    const wrong = helloFailure(message, theirSide, handshakeHash)
    if (wrong) return fail(wrong)
    hello = message
    registry.update(record, { state: 'ready', publicKey: message.publicKey, agent: message.agent })
    if (ceremony) return ceremony.hear({ on: 'hello', publicKey: message.publicKey })
    if (side === 0) {
      // Who is there is known by now: a node may be asked to keep groups.
      await introductions.introduce()
      return done
    }
    await sayHello()
    await shareWith()
    return done
  }
  /** Sound proofs on both sides: only now what is shared is told. */
  const onLinkProof = async (message: MessageOf<'LinkProof'>): Handled => {
    if (!ceremony) return unexpected(message)
    const { mac, group } = message
    const heard = await ceremony.hear({ on: 'proof', mac, ...(group ? { group } : {}) })
    if (heard.ok) await shareWith()
    return heard
  }
  const onInterest = async ({ tokens }: MessageOf<'Interest'>): Handled => {
    theirTokens = new Set(tokens)
    await sessions.meet(await ownScopes(), theirTokens, true)
    return done
  }
  /** @param bytes of its frame */
  const handle = (message: Message, bytes: number, ahead?: RangesAhead): Handled => {
    if (message.type === 'Hello') return onHello(message)
    if (!hello) return Promise.resolve(unexpected(message))
    if (message.type === 'LinkProof') return onLinkProof(message)
    if (ceremony && !ceremony.isProved() && message.type !== 'Beat') return Promise.resolve(unexpected(message))
    switch (message.type) {
      case 'Interest':
        return onInterest(message)
      case 'Guest':
      case 'Host':
      case 'AskHeads':
      case 'OwnHeads':
        return introductions.handle(message)
      case 'Beat':
      // What this version says nothing about; a later one may.
      case 'Announce':
        return Promise.resolve(done)
      case 'Signal':
        return Promise.resolve(common.onSignal(message))
      default:
        return sessions.handle(message, bytes, ahead)
    }
  }

  /** Entries that come in a row: the next are read and judged while some are stored. */
  const receive = async (): Promise<void> => {
    const reader = frameReader()
    let underWay: Promise<void> = Promise.resolve()
    for await (const chunk of secure.received) {
      if (over.signal.aborted) return
      const { messages, sizes, failure: broken } = reader.push(chunk)
      for (const [at, message] of messages.entries()) {
        const bytes = sizes[at]!
        time.heard()
        if (message.type !== 'Beat') time.stir()
        registry.count(record, message, 'in', bytes)
        const leave = message.type === 'LogRanges' ? await common.taking(life) : undefined
        const ahead = message.type === 'LogRanges' ? sessions.lookAhead(message, bytes) : undefined
        // Those that are read ahead wait in the places they took.
        if (!ahead) await underWay
        underWay = inTurn(() => handle(message, bytes, ahead)).finally(leave)
        if (!ahead) await underWay
      }
      if (messages.length > 0)
        underWay = inTurn(async () => {
          const taken = await sessions.endOfChunk()
          // Once for all that came together, so that answers share packets.
          wire.flush()
          return taken
        })
      const mayRunOn = messages.length === 0 || messages.at(-1)?.type === 'LogRanges'
      if (broken || !mayRunOn) await underWay
      if (broken) stop(broken)
      if (over.signal.aborted) return
    }
    await underWay
    stop(reader.isBetweenFrames() ? undefined : { code: 'channel/cut-off' })
  }
  const time = keepTime(
    clock,
    deps.attention,
    {
      hasHello: () => hello !== undefined,
      lastSaidAt: wire.lastSaidAt,
      beat: () => {
        say({ type: 'Beat' })
        wire.flush()
      },
      tick: async () => {
        await inTurn(sessions.tick)
        if (!over.signal.aborted) wire.flush()
        return sessions.isUnsettled()
      },
      stop,
    },
    life,
  )

  registry.update(record, { state: 'hello', transportKey: remoteKey })
  if (ceremony) void act(ceremony.begin)
  else if (side === 0)
    void act(async () => {
      await sayHello()
      await shareWith()
    })
  /** What is shared may have changed, or something in it. What changes before its turn comes is seen then. */
  let isRefreshDue = false
  const refresh = (): void => {
    if (!hello || over.signal.aborted || isRefreshDue || ceremony?.isProved() === false) return
    isRefreshDue = true
    void act(async () => {
      isRefreshDue = false
      await introductions.introduce()
      await sayInterest()
      await sessions.meet(await ownScopes(), theirTokens, false)
      await sessions.push()
    })
  }
  const unsubscribe = deps.changes.subscribe(refresh)
  const settle = async (): Promise<Failure | undefined> => {
    const receiving = receive().catch((thrown: unknown) => stop(failureOf(thrown)))
    await Promise.race([
      receiving,
      new Promise<void>((resolve) => life.addEventListener('abort', () => resolve(), { once: true })),
    ])
    over.abort()
    ceremony?.end()
    unsubscribe()
    sessions.close()
    // What came last may still be on its way into views: whoever looks need not wait for that.
    registry.update(record, { state: 'closed', closedAt: clock.now() })
    await turns
    if (!failure) {
      await wire.room().catch(() => undefined)
      await secure.end().catch(() => undefined)
      // The peer's goodbye, or the end of the channel; not for ever.
      await Promise.race([receiving, clock.sleep(goodbyeMs, AbortSignal.any([])).catch(() => undefined)])
      secure.close()
    }
    return failure
  }
  /** Nothing else may be said for a while, so it leaves at once. */
  const sayNow = (message: Message): void => {
    say(message)
    if (!over.signal.aborted) wire.flush()
  }
  const closed = settle()
  const askHeads: Connection['askHeads'] = (publicKey) => {
    const answer = introductions.askHeads(publicKey)
    wire.flush()
    return answer
  }
  return { remoteKey, sessions, say: sayNow, askHeads, end: () => stop(undefined), closed }
}
