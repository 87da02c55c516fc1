import type { Side } from '../../core/hello-claim.ts'
import type { DocumentId, PublicKey } from '../../core/ids.ts'
import { isGuestProof, signGuest } from '../../core/invite/guest-proof.ts'
import { maxHeldInvites, maxOwnHeads } from '../../core/limits.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { LogHead, Message, MessageOf } from '../../sync/messages.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import type { Introduction } from './api.ts'
import type { Membership } from './membership.ts'
import { readOwnHeads } from './own-heads.ts'

/** How often a peer may ask for the heads of its own key. */
const askHeadsMs = 60_000
/** Groups that one connection may ask a node to keep: as many as a device has, and an end to it. */
const maxHosted = 64

type Handled = Promise<Result<void, Failure>>
const done = ok(undefined)
const unexpected = ({ type }: Message): Result<never, Failure> => fail({ code: 'sync/message-unexpected', type })

export interface IntroductionsPorts {
  readonly deps: Pick<EngineDeps, 'clock' | 'store'>
  readonly membership: Membership
  readonly introduction: Introduction
  readonly side: Side
  readonly handshakeHash: Uint8Array
  /** The peer's key, by its Hello. */
  readonly publicKey: () => PublicKey | undefined
  readonly say: (message: Message) => void
  /** What the peer may have has changed. */
  readonly onChange: () => void
  readonly signal: AbortSignal
}

/** What two sides tell of themselves after their Hellos (sync.md §2). */
export interface Introductions {
  /** Says what this device has to say and has not said yet: the invites it holds, the groups it asks a node to keep. */
  readonly introduce: () => Promise<void>
  readonly handle: (message: MessageOf<'Guest' | 'Host' | 'AskHeads' | 'OwnHeads'>) => Handled
  /** The invites that each side proved to hold. */
  readonly invites: () => { readonly mine: ReadonlySet<PublicKey>; readonly theirs: ReadonlySet<PublicKey> }
  /** Asks which logs of a key the other side has. Rejects where the connection ends first; a peer answers for its peer's own key only. */
  readonly askHeads: (publicKey: PublicKey) => Promise<readonly LogHead[]>
}

interface Question {
  readonly publicKey: PublicKey
  readonly heads: LogHead[]
  readonly resolve: (heads: readonly LogHead[]) => void
}

export function createIntroductions(ports: IntroductionsPorts): Introductions {
  const { deps, membership, introduction, side, handshakeHash, say, signal } = ports
  const theirSide: Side = side === 0 ? 1 : 0
  /** Of this side, said; of the other, proved. */
  const invites = { mine: new Set<PublicKey>(), theirs: new Set<PublicKey>() }
  /** Groups that the node at the other end was asked to keep. */
  const asked = new Set<DocumentId>()
  let lastAskedAt = -Infinity
  let hosted = 0
  let question: Question | undefined
  /** Hello was said: only then may anything else be. */
  let isIntroduced = false

  /** Each is proved once. Whether it lives is another question, which may have another answer tomorrow. */
  const onGuest = async (message: MessageOf<'Guest'>): Handled => {
    const { inviteKey, signature } = message
    if (invites.theirs.has(inviteKey)) return unexpected(message)
    if (invites.theirs.size === maxHeldInvites)
      return fail({ code: 'sync/too-many', what: 'invites', limit: maxHeldInvites })
    if (!isGuestProof(inviteKey, signature, theirSide, handshakeHash))
      return fail({ code: 'sync/guest-unproven', inviteKey })
    invites.theirs.add(inviteKey)
    ports.onChange()
    return done
  }
  const onHost = async (message: MessageOf<'Host'>): Handled => {
    const publicKey = ports.publicKey()
    if (!membership.host || !publicKey) return unexpected(message)
    if (++hosted > maxHosted) return fail({ code: 'sync/too-many', what: 'groups', limit: maxHosted })
    const isKept = await membership.host({ group: message.groupId, token: message.token, publicKey })
    if (isKept) ports.onChange()
    return done
  }
  const onAskHeads = async ({ publicKey }: MessageOf<'AskHeads'>): Handled => {
    // A key may ask for itself, once a minute.
    if (publicKey !== ports.publicKey() || deps.clock.now() - lastAskedAt < askHeadsMs) return done
    lastAskedAt = deps.clock.now()
    say({ type: 'OwnHeads', publicKey, heads: await readOwnHeads(deps.store, publicKey, signal) })
    return done
  }
  const onOwnHeads = async (message: MessageOf<'OwnHeads'>): Handled => {
    if (!question || question.publicKey !== message.publicKey) return unexpected(message)
    const { heads, resolve } = question
    heads.push(...message.heads)
    if (heads.length > maxOwnHeads) return fail({ code: 'sync/too-many', what: 'heads', limit: maxOwnHeads })
    if (message.hasMore) return done
    question = undefined
    resolve(heads)
    return done
  }

  return {
    introduce: async () => {
      for (const { key, seed } of await membership.held()) {
        if (invites.mine.has(key) || invites.mine.size === maxHeldInvites) continue
        invites.mine.add(key)
        say({ type: 'Guest', inviteKey: key, signature: signGuest(seed, side, handshakeHash) })
      }
      const node = ports.publicKey()
      for (const groupId of node ? await membership.keptBy(node) : []) {
        if (asked.has(groupId) || asked.size === maxHosted) continue
        asked.add(groupId)
        say({ type: 'Host', groupId, ...(introduction.token ? { token: introduction.token } : {}) })
      }
      if (isIntroduced) return
      isIntroduced = true
      if (question) say({ type: 'AskHeads', publicKey: question.publicKey })
    },
    handle: (message) => {
      switch (message.type) {
        case 'Guest':
          return onGuest(message)
        case 'Host':
          return onHost(message)
        case 'AskHeads':
          return onAskHeads(message)
        case 'OwnHeads':
          return onOwnHeads(message)
      }
    },
    invites: () => invites,
    askHeads: (publicKey) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
        question = { publicKey, heads: [], resolve }
        if (isIntroduced) say({ type: 'AskHeads', publicKey })
      }),
  }
}
