import { describe, expect, test } from 'vitest'
import { startLinking, stepLinking } from '../../../src/core/linking/ceremony.ts'
import { type LinkClaim, linkProof } from '../../../src/core/linking/link-proof.ts'
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

const hash = new Uint8Array(32).fill(8)
const otherHash = new Uint8Array(32).fill(9)

/** Both hear all that the other said, until neither says more. */
function talk(a: Device, b: Device): void {
  const heard = { a: 0, b: 0 }
  while (heard.a < b.said.length || heard.b < a.said.length) {
    while (heard.b < a.said.length) b.hear(a.said[heard.b++]!)
    while (heard.a < b.said.length) a.hear(b.said[heard.a++]!)
  }
}

describe.each(['new', 'known'] as const)('where the %s device shows the code', (shownBy) => {
  const meet = (): { readonly fresh: Device; readonly known: Device } => {
    const terms = honestTerms(shownBy, hash)
    return { fresh: startDevice(terms.fresh), known: startDevice(terms.known) }
  }
  const greeted = (): { readonly fresh: Device; readonly known: Device } => {
    const both = meet()
    talk(both.fresh, both.known)
    return both
  }

  test('[LD2] two devices that heard each other show the words, and the new one asks to be let in', () => {
    const { fresh, known } = greeted()
    expect(fresh.did('show-words')).toEqual({ do: 'show-words', peer: knownKey })
    expect(known.did('show-words')).toEqual({ do: 'show-words', peer: newKey })
    expect(fresh.did('ask')).toEqual({ do: 'ask', group: person })
    expect(known.did('admit')).toBeUndefined()
  })

  test('[LD2] the device is let in once, when its person confirmed the words and it asked, in either order', () => {
    for (const order of ['words first', 'request first']) {
      const { fresh, known } = greeted()
      const words = { on: 'words', areEqual: true } as const
      const asked = { on: 'request', publicKey: newKey, request } as const
      for (const input of order === 'words first' ? [words, asked] : [asked, words]) known.put(input)
      for (const input of [words, asked]) known.put(input)
      expect(known.effects.filter((effect) => effect.do === 'admit')).toEqual([
        { do: 'admit', publicKey: newKey, request },
      ])
      fresh.put({ on: 'resolved', isOwnAdmitted: true, isPeerAdmitted: true })
      expect(fresh.effects.at(-1)).toEqual({ do: 'linked', group: person, peer: knownKey })
    }
  })

  test('[LD2] a request of another key is not about this ceremony', () => {
    const { known } = greeted()
    known.put({ on: 'words', areEqual: true })
    known.put({ on: 'request', publicKey: key('9'), request })
    expect(known.did('admit')).toBeUndefined()
  })

  test('[LD3] who answers says nothing before Hello and proof of who dials are sound', () => {
    const { fresh, known } = meet()
    const [dialling, answering] = shownBy === 'new' ? [known, fresh] : [fresh, known]
    expect(answering.said).toEqual([])
    answering.hear(dialling.said[0]!)
    expect(answering.said).toEqual([])
    answering.hear(dialling.said[1]!)
    expect(answering.said.map(({ type }) => type)).toEqual(['Hello', 'LinkProof'])
  })

  test('[LD4] words that differ end it on both, and the new device throws its key away', () => {
    const { fresh, known } = greeted()
    for (const device of [fresh, known]) device.put({ on: 'words', areEqual: false })
    const interference = { do: 'fail', failure: { code: 'linking/interference', because: 'words-differ' } }
    expect(known.effects.at(-1)).toEqual(interference)
    expect(fresh.effects.slice(-2)).toEqual([{ do: 'destroy-key' }, interference])
  })

  test('[LD4] a person to whom the known device does not belong is foreign', () => {
    const { fresh } = greeted()
    fresh.put({ on: 'resolved', isOwnAdmitted: false, isPeerAdmitted: false })
    expect(fresh.did('fail')).toBeUndefined()
    fresh.put({ on: 'resolved', isOwnAdmitted: true, isPeerAdmitted: false })
    expect(fresh.did('fail')?.failure).toEqual({ code: 'linking/interference', because: 'foreign-person' })
    expect(fresh.did('linked')).toBeUndefined()
  })

  test.each([
    [{ on: 'end' }, 'linking/cut-off'],
    [{ on: 'decline' }, 'linking/declined'],
    [{ on: 'tick', nowMs: 600_000 }, 'linking/late'],
  ] as const)('[LD5] %o ends it as %s, and the key goes; nothing is done afterwards', (input, code) => {
    const { fresh } = greeted()
    fresh.put({ on: 'tick', nowMs: 599_999 })
    expect(fresh.did('fail')).toBeUndefined()
    fresh.put(input)
    expect(fresh.effects.slice(-2)).toEqual([{ do: 'destroy-key' }, { do: 'fail', failure: { code } }])
    const { length } = fresh.effects
    fresh.put({ on: 'resolved', isOwnAdmitted: true, isPeerAdmitted: true })
    expect(fresh.effects).toHaveLength(length)
  })

  test('[LD5] a proof that does not come within ten seconds ends it', () => {
    const { fresh, known } = meet()
    for (const device of [fresh, known]) {
      device.put({ on: 'tick', nowMs: 9_999 })
      expect(device.did('fail')).toBeUndefined()
      device.put({ on: 'tick', nowMs: 10_000 })
      expect(device.did('fail')?.failure).toEqual({ code: 'linking/late' })
    }
  })

  test('[LD5] a connection that ends when the device is let in is no failure', () => {
    const { known } = greeted()
    known.put({ on: 'words', areEqual: true })
    known.put({ on: 'request', publicKey: newKey, request })
    known.put({ on: 'end' })
    expect(known.did('fail')).toBeUndefined()
  })
})

describe('a greeting that does not fit', () => {
  const hello = (publicKey = knownKey): Said => ({ type: 'Hello', publicKey, side: 0, hash })
  const claim: LinkClaim = { side: 0, handshakeHash: hash, group: person }
  const proof = (about: Partial<LinkClaim> = {}, by = secret): Said => ({
    type: 'LinkProof',
    mac: linkProof(by, { ...claim, ...about }),
    group: person,
  })
  const forNobody: Said = { type: 'LinkProof', mac: linkProof(secret, { side: 0, handshakeHash: hash }) }
  const wrong: readonly (readonly [string, string, readonly Said[]])[] = [
    ['proof-wrong', 'a proof by another secret', [hello(), proof({}, new Uint8Array(16))]],
    ['proof-wrong', 'a proof of another connection', [hello(), proof({ handshakeHash: otherHash })]],
    ['proof-wrong', 'its own proof, sent back', [hello(), proof({ side: 1 })]],
    ['proof-wrong', 'a proof for another person', [hello(), { ...proof(), group: id('f') } as Said]],
    ['proof-wrong', 'a proof cut short', [hello(), { ...proof(), mac: new Uint8Array(31) } as Said]],
    ['out-of-turn', 'a proof before the Hello', [proof()]],
    ['out-of-turn', 'two Hellos', [hello(), hello()]],
    ['out-of-turn', 'a Hello afterwards', [hello(), proof(), hello()]],
    ['out-of-turn', 'a proof again', [hello(), proof(), proof()]],
    ['out-of-turn', 'a proof by somebody who speaks for nobody', [hello(), forNobody]],
    ['other-key', 'a Hello of the device itself', [hello(newKey)]],
  ]
  test.each(wrong)('[LD4] ends as %s: %s', (because, _, messages) => {
    const { fresh } = honestTerms('new', hash)
    const device = startDevice(fresh)
    for (const message of messages) device.hear(message)
    expect(device.effects.slice(-2)).toEqual([
      { do: 'destroy-key' },
      { do: 'fail', failure: { code: 'linking/interference', because } },
    ])
  })

  test('[LD4] who scanned a code finds the key that it names, or ends', () => {
    const { known } = honestTerms('new', hash)
    const [state] = startLinking(known)
    const [over, effects] = stepLinking(state, { on: 'hello', publicKey: key('9') })
    expect(over).toEqual({ phase: 'over' })
    expect(effects).toEqual([{ do: 'fail', failure: { code: 'linking/interference', because: 'other-key' } }])
  })

  test('[LD4] a known device hears of no other person', () => {
    const { known } = honestTerms('known', hash)
    const device = startDevice(known)
    device.hear({ type: 'Hello', publicKey: newKey, side: 0, hash })
    device.hear(proof())
    expect(device.did('fail')?.failure).toEqual({ code: 'linking/interference', because: 'out-of-turn' })
    expect(device.said).toEqual([])
  })
})
