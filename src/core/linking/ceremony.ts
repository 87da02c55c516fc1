import type { Side } from '../hello-claim.ts'
import type { DocumentId, OperationId, PublicKey } from '../ids.ts'
import { isLinkProof, linkProof } from './link-proof.ts'

/**
 * Linking a new device of a person with a known one (identity.md §1.4), in pure steps: what was heard, what the person says and the time go in;
 * what to say, show and sign comes out. Who dials says Hello and its proof first; who answers says nothing before these are sound.
 *
 *     dialling                         answering
 *     Hello, LinkProof     ─────▶
 *                          ◀─────      Hello, LinkProof         the known device's names its person
 *     both show four words of the connection; the person compares them and says so on the known device
 *     new device: request  ─────▶      known device: membership
 *
 * One connection, one ceremony. Whatever does not fit ends it for good, and a new device then throws its key away.
 */
export type Linking = Begun | { readonly phase: 'over' }
type Begun = Greeting | Comparing

interface Greeting extends Terms {
  readonly phase: 'greeting'
  readonly peer?: PublicKey
}
interface Comparing extends Terms {
  readonly phase: 'comparing'
  readonly peer: PublicKey
  readonly group: DocumentId
  /** On the known device: the person found the words equal. */
  readonly isConfirmed: boolean
  /** On the known device: what the new one asked. */
  readonly request?: OperationId
}

/** What a ceremony begins with, on a connection whose Secret Handshake is done. */
export interface Terms {
  readonly role: 'new' | 'known'
  readonly side: Side
  readonly handshakeHash: Uint8Array
  readonly ownKey: PublicKey
  /** Of the linking code, 16 bytes. */
  readonly secret: Uint8Array
  /** The key that the scanned code names; absent on the device that shows it. */
  readonly expected?: PublicKey
  /** The person, on the known device. */
  readonly person?: DocumentId
  /** When both must have proved themselves, and when it must be over. Milliseconds as in `tick`. */
  readonly greetingMs: number
  readonly deadlineMs: number
}

export type LinkingInput =
  /** A Hello whose signature holds on this connection. */
  | { readonly on: 'hello'; readonly publicKey: PublicKey }
  | { readonly on: 'proof'; readonly mac: Uint8Array; readonly group?: DocumentId }
  /** The person compared the words. */
  | { readonly on: 'words'; readonly areEqual: boolean }
  /** A request of this key to be let into the person came. */
  | { readonly on: 'request'; readonly publicKey: PublicKey; readonly request: OperationId }
  /** The person's control closure came, or went on: whom it finds admitted. */
  | { readonly on: 'resolved'; readonly isOwnAdmitted: boolean; readonly isPeerAdmitted: boolean }
  /** The person ended it, without any suspicion. */
  | { readonly on: 'decline' }
  /** The connection ended. */
  | { readonly on: 'end' }
  | { readonly on: 'tick'; readonly nowMs: number }

export type LinkingEffect =
  | { readonly do: 'say-hello' }
  | { readonly do: 'say-proof'; readonly mac: Uint8Array; readonly group?: DocumentId }
  /** Four words of the connection, on both devices. */
  | { readonly do: 'show-words'; readonly peer: PublicKey }
  /** New device: publish the request to this person, and nothing else. */
  | { readonly do: 'ask'; readonly group: DocumentId }
  /** Known device: publish the membership for this request. */
  | { readonly do: 'admit'; readonly publicKey: PublicKey; readonly request: OperationId }
  /** New device: the closure shows both admitted. */
  | { readonly do: 'linked'; readonly group: DocumentId; readonly peer: PublicKey }
  /** New device: forget the key that was made for this. */
  | { readonly do: 'destroy-key' }
  | { readonly do: 'fail'; readonly failure: LinkingFailure }

/** What did not fit. All of these may be an attack, and are shown as such. */
export type Interference =
  /** The Hello names another key than the code. */
  | 'other-key'
  /** The proof does not hold: made without the secret, for another connection, or sent back. */
  | 'proof-wrong'
  /** Something else came, or twice, than what was due. */
  | 'out-of-turn'
  /** The person found different words on the two screens. */
  | 'words-differ'
  /** This device was admitted to a person to whom the other device does not belong. */
  | 'foreign-person'

export type LinkingFailure =
  | { readonly code: 'linking/interference'; readonly because: Interference }
  | { readonly code: 'linking/late' }
  | { readonly code: 'linking/cut-off' }
  | { readonly code: 'linking/declined' }

export type LinkingStep = readonly [Linking, readonly LinkingEffect[]]

/** Begins the ceremony: who dials speaks. */
export function startLinking(terms: Terms): LinkingStep {
  return [{ ...terms, phase: 'greeting' }, terms.side === 0 ? greeting(terms) : []]
}

/** One step. What comes when it is over changes nothing. Never throws for anything a peer says. */
export function stepLinking(state: Linking, input: LinkingInput): LinkingStep {
  if (state.phase === 'over') return [state, []]
  switch (input.on) {
    case 'end':
      return over(state, { code: 'linking/cut-off' })
    case 'decline':
      return over(state, { code: 'linking/declined' })
    case 'tick':
      return isLate(state, input.nowMs) ? over(state, { code: 'linking/late' }) : [state, []]
    case 'hello':
      return onHello(state, input.publicKey)
    case 'proof':
      return onProof(state, input.mac, input.group)
    case 'words':
      return onWords(state, input.areEqual)
    case 'request':
      return onRequest(state, input.publicKey, input.request)
    case 'resolved':
      return onResolved(state, input.isOwnAdmitted, input.isPeerAdmitted)
  }
}

const isLate = (state: Begun, nowMs: number): boolean =>
  nowMs >= (state.phase === 'greeting' ? state.greetingMs : state.deadlineMs)

/** Hello and proof of this side: the known device's is about its person too. */
function greeting({ secret, side, handshakeHash, person }: Terms): readonly LinkingEffect[] {
  const group = person ? { group: person } : {}
  return [{ do: 'say-hello' }, { do: 'say-proof', mac: linkProof(secret, { side, handshakeHash, ...group }), ...group }]
}

function onHello(state: Begun, peer: PublicKey): LinkingStep {
  if (state.phase !== 'greeting' || state.peer) return interference(state, 'out-of-turn')
  const isExpected = state.expected === undefined || state.expected === peer
  return isExpected && peer !== state.ownKey ? [{ ...state, peer }, []] : interference(state, 'other-key')
}

function onProof(state: Begun, mac: Uint8Array, said?: DocumentId): LinkingStep {
  if (state.phase !== 'greeting' || !state.peer) return interference(state, 'out-of-turn')
  const { secret, handshakeHash, peer, role, person } = state
  const side: Side = state.side === 0 ? 1 : 0
  const group = said ? { group: said } : {}
  if (!isLinkProof(secret, { side, handshakeHash, ...group }, mac)) return interference(state, 'proof-wrong')
  // The known device speaks for a person, the new one for nobody.
  const shared = role === 'known' ? person : said
  if (!shared || (role === 'known' && said)) return interference(state, 'out-of-turn')
  const effects: LinkingEffect[] = state.side === 1 ? [...greeting(state)] : []
  effects.push({ do: 'show-words', peer })
  if (role === 'new') effects.push({ do: 'ask', group: shared })
  return [{ ...state, phase: 'comparing', peer, group: shared, isConfirmed: false }, effects]
}

function onWords(state: Begun, areEqual: boolean): LinkingStep {
  if (!areEqual) return interference(state, 'words-differ')
  const isDue = state.phase === 'comparing' && state.role === 'known' && !state.isConfirmed
  return isDue ? letIn({ ...state, isConfirmed: true }) : [state, []]
}

/** Requests of other keys are not about this ceremony. */
function onRequest(state: Begun, publicKey: PublicKey, request: OperationId): LinkingStep {
  const isDue = state.phase === 'comparing' && state.role === 'known' && state.peer === publicKey && !state.request
  return isDue ? letIn({ ...state, request }) : [state, []]
}

/** The device is let in once both are there: the person's word, and the request. */
function letIn(state: Comparing): LinkingStep {
  const { isConfirmed, request, peer } = state
  return [state, isConfirmed && request ? [{ do: 'admit', publicKey: peer, request }] : []]
}

function onResolved(state: Begun, isOwnAdmitted: boolean, isPeerAdmitted: boolean): LinkingStep {
  if (state.phase !== 'comparing' || state.role !== 'new' || !isOwnAdmitted) return [state, []]
  if (!isPeerAdmitted) return interference(state, 'foreign-person')
  return [{ phase: 'over' }, [{ do: 'linked', group: state.group, peer: state.peer }]]
}

/** The known device has let the other one in: what is left comes by sync, whatever connection carries it. */
const isDone = (state: Begun): boolean =>
  state.phase === 'comparing' && state.role === 'known' && state.isConfirmed && state.request !== undefined

const interference = (state: Begun, because: Interference): LinkingStep =>
  over(state, { code: 'linking/interference', because })

function over(state: Begun, failure: LinkingFailure): LinkingStep {
  if (isDone(state) && failure.code !== 'linking/interference') return [{ phase: 'over' }, []]
  const key: readonly LinkingEffect[] = state.role === 'new' ? [{ do: 'destroy-key' }] : []
  return [{ phase: 'over' }, [...key, { do: 'fail', failure }]]
}
