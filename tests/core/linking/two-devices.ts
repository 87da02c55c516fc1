import type { Side } from '../../../src/core/hello-claim.ts'
import type { DocumentId, OperationId, PublicKey } from '../../../src/core/ids.ts'
import {
  type Linking,
  type LinkingEffect,
  type LinkingInput,
  type Terms,
  startLinking,
  stepLinking,
} from '../../../src/core/linking/ceremony.ts'

/** What travels. A Hello names the connection that its key signed for: anybody may repeat one, only the key's holder makes one. */
export type Said =
  | { readonly type: 'Hello'; readonly publicKey: PublicKey; readonly side: Side; readonly hash: Uint8Array }
  | { readonly type: 'LinkProof'; readonly mac: Uint8Array; readonly group?: DocumentId }

/** One device in a ceremony: what it said and did, in order. */
export interface Device {
  readonly terms: Terms
  readonly state: () => Linking
  readonly effects: readonly LinkingEffect[]
  readonly said: readonly Said[]
  /** Takes in a message as a connection does: one whose signature does not hold ends it. */
  readonly hear: (message: Said) => void
  readonly put: (input: LinkingInput) => void
  readonly did: <D extends LinkingEffect['do']>(what: D) => Extract<LinkingEffect, { readonly do: D }> | undefined
}

export function startDevice(terms: Terms): Device {
  const effects: LinkingEffect[] = []
  const said: Said[] = []
  const theirSide: Side = terms.side === 0 ? 1 : 0
  let state: Linking
  const perform = ([next, more]: readonly [Linking, readonly LinkingEffect[]]): void => {
    state = next
    effects.push(...more)
    for (const effect of more) {
      if (effect.do === 'say-hello')
        said.push({ type: 'Hello', publicKey: terms.ownKey, side: terms.side, hash: terms.handshakeHash })
      if (effect.do === 'say-proof')
        said.push({ type: 'LinkProof', mac: effect.mac, ...(effect.group ? { group: effect.group } : {}) })
    }
  }
  const put = (input: LinkingInput): void => perform(stepLinking(state, input))
  perform(startLinking(terms))
  return {
    terms,
    state: () => state,
    effects,
    said,
    put,
    hear: (message) => {
      if (message.type === 'LinkProof')
        return put({ on: 'proof', mac: message.mac, ...(message.group ? { group: message.group } : {}) })
      const isSigned = message.side === theirSide && message.hash === terms.handshakeHash
      put(isSigned ? { on: 'hello', publicKey: message.publicKey } : { on: 'end' })
    },
    did: (what) => effects.find((effect) => effect.do === what) as never,
  }
}

export const key = (digit: string): PublicKey => digit.repeat(64) as PublicKey
export const id = (digit: string): DocumentId => `0020${digit.repeat(64)}` as DocumentId
export const request = id('7') as OperationId
export const secret = new Uint8Array(16).fill(1)
export const newKey = key('1')
export const knownKey = key('2')
export const person = id('a')

/** The terms of both, over one connection. */
export function honestTerms(
  shownBy: 'new' | 'known',
  hash: Uint8Array,
): { readonly fresh: Terms; readonly known: Terms } {
  const common = { handshakeHash: hash, secret, greetingMs: 10_000, deadlineMs: 600_000 }
  const fresh: Terms = { ...common, role: 'new', side: shownBy === 'new' ? 1 : 0, ownKey: newKey }
  const known: Terms = { ...common, role: 'known', side: shownBy === 'new' ? 0 : 1, ownKey: knownKey, person }
  return shownBy === 'new'
    ? { fresh, known: { ...known, expected: newKey } }
    : { fresh: { ...fresh, expected: knownKey }, known }
}
