import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linkProof } from '../../../src/core/linking/link-proof.ts'
import {
  type Device,
  type Said,
  honestTerms,
  id,
  key,
  knownKey,
  newKey,
  person,
  request,
  secret,
  startDevice,
} from './two-devices.ts'

/**
 * Somebody on every line, who drops, repeats, swaps, sends back, makes things up, and may have seen the screen. Between the two devices lies one
 * connection or, as if even the handshake were broken, two with the attacker in the middle. What is signed cannot be made for another's key.
 */
interface Attack {
  readonly shownBy: 'new' | 'known'
  /** A shoulder surfer. */
  readonly knowsSecret: boolean
  readonly isInBetween: boolean
  readonly moves: readonly Move[]
}
type Party = 'new' | 'known'
type Move =
  /** Delivers what one said to the other: the next, or any again. */
  | { readonly do: 'deliver' | 'repeat' | 'reflect'; readonly to: Party; readonly which: number }
  | { readonly do: 'hello' | 'proof' | 'proof-with-person' | 'end'; readonly to: Party }
  /** The person compares; requests and memberships are passed on; the attacker lets the new device into its own person. */
  | { readonly do: 'compare' | 'request' | 'own-request' | 'membership' | 'own-membership' }

const attackerKey = key('e')
const attackerPerson = id('e')
const anyParty = fc.constantFrom<Party>('new', 'known')
const anyMove: fc.Arbitrary<Move> = fc.oneof(
  anyParty.map((to): Move => ({ do: 'deliver', to, which: 0 })),
  fc.record({ do: fc.constantFrom('repeat' as const, 'reflect' as const), to: anyParty, which: fc.nat(3) }),
  fc.record({
    do: fc.constantFrom('hello' as const, 'proof' as const, 'proof-with-person' as const, 'end' as const),
    to: anyParty,
  }),
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'compare' as const,
        'request' as const,
        'own-request' as const,
        'membership' as const,
        'own-membership' as const,
      ),
    }),
  },
)
const deliver = (to: Party): Move => ({ do: 'deliver', to, which: 0 })
const forge = (to: Party): readonly Move[] => [
  { do: 'hello', to },
  { do: to === 'new' ? 'proof-with-person' : 'proof', to },
]
const rest = (whose: 'own' | 'theirs'): readonly Move[] =>
  whose === 'theirs'
    ? [{ do: 'request' }, { do: 'compare' }, { do: 'membership' }]
    : [{ do: 'own-request' }, { do: 'compare' }, { do: 'own-membership' }]
/** What works where nothing is checked: being left alone, taking the place of one of them, or of both. */
const plots: readonly (readonly Move[])[] = [
  [deliver('new'), deliver('new'), deliver('known'), deliver('known'), ...rest('theirs')],
  [deliver('known'), deliver('known'), deliver('new'), deliver('new'), ...rest('theirs')],
  [...forge('new'), ...forge('known'), ...rest('own')],
  [...forge('known'), ...forge('new'), ...rest('theirs')],
  [...forge('new'), ...rest('own'), ...rest('theirs')],
  [deliver('known'), { do: 'reflect', to: 'known', which: 1 }, deliver('new'), deliver('new'), ...rest('theirs')],
]
/** A plot, of which here and there a move is left out, or another comes before it. */
const anyMoves = fc
  .tuple(
    fc.constantFrom(...plots),
    fc.array(fc.tuple(fc.nat(6), fc.option(anyMove, { nil: undefined })), { maxLength: 3 }),
  )
  .map(([plot, edits]) => {
    const moves = [...plot]
    for (const [at, move] of edits) moves.splice(at, move ? 0 : 1, ...(move ? [move] : []))
    return moves
  })
const anyAttack: fc.Arbitrary<Attack> = fc.record({
  shownBy: anyParty,
  knowsSecret: fc.boolean(),
  isInBetween: fc.boolean(),
  moves: fc.oneof(anyMoves, { weight: 4, arbitrary: anyMoves }, fc.array(anyMove, { maxLength: 16 })),
})

interface Outcome {
  readonly fresh: Device
  readonly known: Device
}

function play({ shownBy, knowsSecret, isInBetween, moves }: Attack): Outcome {
  const hash = new Uint8Array(32).fill(1)
  const fresh = startDevice(honestTerms(shownBy, hash).fresh)
  const known = startDevice(honestTerms(shownBy, isInBetween ? new Uint8Array(32).fill(2) : hash).known)
  const devices = { new: fresh, known }
  const delivered = { new: 0, known: 0 }
  const guess = knowsSecret ? secret : new Uint8Array(16)
  const forged = (to: Party, withPerson: boolean): Said => {
    const { side, handshakeHash } = devices[to].terms
    const group = withPerson ? { group: attackerPerson } : {}
    const mac = linkProof(guess, { side: side === 0 ? 1 : 0, handshakeHash, ...group })
    return { type: 'LinkProof', mac, ...group }
  }
  const compare = (): void => {
    const shown = [fresh.did('show-words'), known.did('show-words')]
    if (shown.every((words) => words !== undefined))
      for (const device of [fresh, known]) device.put({ on: 'words', areEqual: !isInBetween })
  }
  for (const move of moves) {
    const peers =
      'to' in move ? { to: devices[move.to], from: devices[move.to === 'new' ? 'known' : 'new'] } : undefined
    const again = 'which' in move ? peers?.from.said[move.which] : undefined
    if (move.do === 'deliver') {
      const next = peers?.from.said[delivered[move.to]++]
      if (next) peers?.to.hear(next)
    } else if (move.do === 'repeat') {
      if (again) peers?.to.hear(again)
    } else if (move.do === 'reflect') {
      const own = peers?.to.said[move.which]
      if (own) peers?.to.hear(own)
    } else if (move.do === 'hello') {
      const { side, handshakeHash } = peers!.to.terms
      peers?.to.hear({ type: 'Hello', publicKey: attackerKey, side: side === 0 ? 1 : 0, hash: handshakeHash })
    } else if (move.do === 'proof' || move.do === 'proof-with-person') {
      peers?.to.hear(forged(move.to, move.do === 'proof-with-person'))
    } else if (move.do === 'end') peers?.to.put({ on: 'end' })
    else if (move.do === 'compare') compare()
    else if (move.do === 'request') {
      if (fresh.did('ask')?.group === person) known.put({ on: 'request', publicKey: newKey, request })
    } else if (move.do === 'own-request') known.put({ on: 'request', publicKey: attackerKey, request })
    else resolve(fresh, known, move.do === 'membership' ? 'known' : 'attacker')
  }
  return { fresh, known }
}

/** The new device reads the closure of the person it asked: that of the known device, or the attacker's. */
function resolve(fresh: Device, known: Device, whose: 'known' | 'attacker'): void {
  const asked = fresh.did('ask')?.group
  const peer = fresh.did('show-words')?.peer
  const isThere =
    whose === 'known' ? asked === person && known.did('admit')?.publicKey === newKey : asked === attackerPerson
  const member = whose === 'known' ? knownKey : attackerKey
  fresh.put({ on: 'resolved', isOwnAdmitted: isThere, isPeerAdmitted: isThere && peer === member })
}

/** Whether the known device let in the new one, and it alone, over the connection that both are on. */
function letsInOnlyTheNew({ fresh, known }: Outcome): boolean {
  const admissions = known.effects.filter((effect) => effect.do === 'admit')
  const isSameConnection = fresh.terms.handshakeHash === known.terms.handshakeHash
  const isHeard = isSameConnection && fresh.did('show-words')?.peer === knownKey
  return admissions.length === 0 || (admissions.length === 1 && admissions[0]?.publicKey === newKey && isHeard)
}

/** Whether the new device is linked with the known one, or with nobody, or with somebody who saw its screen. */
function isLinkedToItsOwn({ fresh, known }: Outcome, knowsSecret: boolean): boolean {
  const linked = fresh.did('linked')
  const isLetIn = known.did('admit')?.publicKey === newKey
  return !linked || (linked.group === person ? isLetIn : knowsSecret && !isLetIn)
}

/** Whether a new device that failed has thrown its key away, as the last thing it did, and others have not. */
function endsWell({ fresh }: Outcome): boolean {
  const kinds = fresh.effects.map((effect) => effect.do)
  const failedAt = kinds.indexOf('fail')
  if (kinds.filter((kind) => kind === 'ask').length > 1) return false
  if (failedAt === -1) return !kinds.includes('destroy-key')
  return kinds.slice(failedAt - 1).join() === 'destroy-key,fail' && !kinds.includes('linked')
}

describe('whatever somebody on the line does', () => {
  const always = (holds: (outcome: Outcome, attack: Attack) => boolean): void =>
    fc.assert(
      fc.property(anyAttack, (attack) => holds(play(attack), attack)),
      { numRuns: 3_000 },
    )

  test('[LD6] nobody is let in but the new device, over the connection whose words its person compared', () => {
    expect(() => always(letsInOnlyTheNew)).not.toThrow()
  })

  test('[LD6] the new device is linked to nobody else, unless its screen was seen; then the known one is not linked with it', () => {
    expect(() => always((outcome, { knowsSecret }) => isLinkedToItsOwn(outcome, knowsSecret))).not.toThrow()
  })

  test('[LD6] a new device that fails throws its key away, and does nothing more', () => {
    expect(() => always(endsWell)).not.toThrow()
  })

  test('[LD6] left alone, the moves of this test link two devices', () => {
    for (const shownBy of ['new', 'known'] as const) {
      const [first, second] = shownBy === 'new' ? (['new', 'known'] as const) : (['known', 'new'] as const)
      const moves: Move[] = [deliver(first), deliver(first), deliver(second), deliver(second)]
      moves.push({ do: 'compare' }, { do: 'request' }, { do: 'membership' })
      const { fresh } = play({ shownBy, knowsSecret: false, isInBetween: false, moves })
      expect(fresh.did('linked')?.group).toBe(person)
      const { fresh: parted } = play({ shownBy, knowsSecret: true, isInBetween: true, moves })
      expect(parted.did('linked')).toBeUndefined()
    }
  })
})
