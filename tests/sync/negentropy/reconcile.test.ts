import * as fc from 'fast-check'
import { nip77 } from 'nostr-tools'
import { describe, expect, test } from 'vitest'
import { bytesToHex, hexToBytes } from '../../../src/core/bytes/hex.ts'
import { concatBytes } from '../../../src/core/bytes/concat.ts'
import type { Hash } from '../../../src/core/ids.ts'
import { maxReconcileRounds } from '../../../src/core/limits.ts'
import type { Fingerprint } from '../../../src/sync/messages.ts'
import { type Item, itemSetOf } from '../../../src/sync/negentropy/item-set.ts'
import { type Range, decodeRanges, encodeRange, end } from '../../../src/sync/negentropy/ranges.ts'
import {
  type Reconciled,
  type Reconciliation,
  initiate,
  reconcile,
  respond,
} from '../../../src/sync/negentropy/reconcile.ts'
import { differences, idOf, twoSets } from './any-sets.ts'
import { nastyRanges } from './nasty.ts'

const must = (state: Reconciliation, message: Uint8Array): Reconciled => {
  const taken = reconcile(state, message)
  if (!taken.ok) throw new Error(JSON.stringify(taken.error))
  return taken.value
}
const nothing = new Uint8Array(0)
const limits = fc.constantFrom(0, 4096, 5000, 61440)

describe('reconciliation', () => {
  test('[W8] the initiator finds exactly what either side lacks, each once, whatever either limit', () => {
    fc.assert(
      fc.property(
        twoSets(400),
        limits,
        limits,
        fc.constantFrom('buckets', 'one'),
        (sets, frameLimit, theirs, opening) => {
          let { state, message } = initiate(itemSetOf(sets.ours), { frameLimit, opening })
          let responder = respond(itemSetOf(sets.theirs), theirs)
          const have: Hash[] = []
          const need: Hash[] = []
          for (;;) {
            const answered = must(responder, message)
            const reply = answered.reply ?? nothing
            expect(reply.length).toBeLessThanOrEqual(theirs || Infinity)
            responder = answered.state
            const taken = must(state, reply)
            state = taken.state
            have.push(...taken.have)
            need.push(...taken.need)
            if (!taken.reply) break
            message = taken.reply
            expect(message.length).toBeLessThanOrEqual(frameLimit || Infinity)
          }
          expect({ have: have.toSorted(), need: need.toSorted() }).toEqual(differences(sets))
        },
      ),
      { numRuns: 80 },
    )
  })

  test('[W8] nostr-tools finds the differences with us as responder', () => {
    fc.assert(
      fc.property(twoSets(400), fc.constantFrom(4096, 60_000), limits, (sets, frameLimit, ours) => {
        const storage = new nip77.NegentropyStorageVector()
        for (const { timestamp, id } of sets.ours) storage.insert(Number(timestamp), id.slice(4))
        storage.seal()
        const initiator = new nip77.Negentropy(storage, frameLimit)
        let responder = respond(itemSetOf(sets.theirs), ours)
        const have: Hash[] = []
        const need: Hash[] = []
        let message: string | null = initiator.initiate()
        while (message !== null) {
          const answered = must(responder, hexToBytes(message))
          responder = answered.state
          message = initiator.reconcile(
            bytesToHex(answered.reply ?? nothing),
            (id) => have.push(`0020${id}` as Hash),
            (id) => need.push(`0020${id}` as Hash),
          )
        }
        expect({ have: have.toSorted(), need: need.toSorted() }).toEqual(differences(sets))
      }),
      { numRuns: 30 },
    )
  })

  test('[W8] nostr-tools opens with the bytes that we open with', () => {
    fc.assert(
      fc.property(twoSets(400), ({ ours }) => {
        const storage = new nip77.NegentropyStorageVector()
        for (const { timestamp, id } of ours) storage.insert(Number(timestamp), id.slice(4))
        storage.seal()
        expect(bytesToHex(initiate(itemSetOf(ours), { frameLimit: 60_000 }).message)).toBe(
          new nip77.Negentropy(storage).initiate(),
        )
      }),
      { numRuns: 50 },
    )
  })

  const some = (count: number): readonly Item[] =>
    Array.from({ length: count }, (_, n) => ({ timestamp: BigInt(n), id: idOf(`item ${n}`) }))

  test('[W8] two equal sets are told equal in 20 bytes by one opening range', () => {
    const items = itemSetOf(some(1000))
    const { state, message } = initiate(items, { opening: 'one' })
    expect(message).toHaveLength(20)
    const { reply } = must(respond(items), message)
    expect(reply).toEqual(Uint8Array.of(0x61))
    expect(must(state, Uint8Array.of(0x61))).toMatchObject({ reply: undefined, have: [], need: [] })
  })

  test('[W8] without a limit, a message holds any number of ids', () => {
    const many = Array.from({ length: 150_000 }, (_, n): Item => ({
      timestamp: BigInt(n),
      id: `0020${n.toString(16).padStart(64, '0')}` as Hash,
    }))
    const { state, message } = initiate(itemSetOf([]), { frameLimit: 0 })
    const { reply } = must(respond(itemSetOf(many), 0), message)
    const { need } = must(state, reply ?? nothing)
    expect(need).toHaveLength(many.length)
  })

  test('[W8] log ids up to the last that may be used are timestamps', () => {
    const last = { timestamp: 2n ** 64n - 3n, id: idOf('last') }
    let responder = respond(itemSetOf([...some(100), last]))
    const { state, message } = initiate(itemSetOf(some(100)))
    const need: Hash[] = []
    for (let next: Reconciled = { state, reply: message, have: [], need: [] }; next.reply;) {
      const answered = must(responder, next.reply)
      responder = answered.state
      next = must(next.state, answered.reply ?? nothing)
      need.push(...next.need)
    }
    expect(need).toEqual([last.id])
  })
})

describe('hostile messages', () => {
  const forty: readonly Item[] = Array.from({ length: 40 }, (_, n) => ({ timestamp: BigInt(n), id: idOf(`${n}`) }))

  test('[W9] nothing throws, and what is accepted encodes to the same bytes', () => {
    const honest = twoSets(60).map(
      ({ ours, theirs }) => must(respond(itemSetOf(theirs)), initiate(itemSetOf(ours)).message).reply ?? nothing,
    )
    const bytes: fc.Arbitrary<Uint8Array> = fc.oneof(
      fc.uint8Array({ maxLength: 40 }).map((rest) => concatBytes(Uint8Array.of(0x61), rest)),
      fc.tuple(honest, fc.nat(), fc.nat({ max: 255 })).map(([message, at, byte]) => {
        const changed = message.slice()
        changed[at % changed.length] = byte
        return changed
      }),
    )
    fc.assert(
      fc.property(bytes, (message) => {
        const decoded = decodeRanges(message)
        expect(decoded.ok ? encodeAll(decoded.value) : message).toEqual(message)
        const items = itemSetOf(forty)
        for (const state of [respond(items), initiate(items).state])
          expect([true, false]).toContain(reconcile(state, message).ok)
      }),
      { numRuns: 1000 },
    )
  })

  function encodeAll(ranges: readonly Range[]): Uint8Array {
    let before = 0n
    const parts: Uint8Array[] = [Uint8Array.of(0x61)]
    for (const range of ranges) {
      parts.push(encodeRange(range, before))
      before = range.upper.timestamp
    }
    return concatBytes(...parts)
  }

  test.each(nastyRanges)('[W9] refuses $what', ({ hex, at }) => {
    expect(decodeRanges(hexToBytes(hex))).toMatchObject({ ok: false, error: { code: 'negentropy/malformed', at } })
  })

  test('[W9] another version is answered with ours, and ends what we began', () => {
    const items = itemSetOf(forty)
    expect(must(respond(items), Uint8Array.of(0x62, 1, 2)).reply).toEqual(Uint8Array.of(0x61))
    expect(reconcile(initiate(items).state, Uint8Array.of(0x62))).toEqual({
      ok: false,
      error: { code: 'negentropy/version-unsupported', version: 2 },
    })
  })

  const mismatch = encodeAll([{ mode: 'fingerprint', upper: end, fingerprint: 'ff'.repeat(16) as Fingerprint }])

  test('[W9] a peer that never agrees is left after so many messages', () => {
    const items = itemSetOf(Array.from({ length: 100 }, (_, n) => ({ timestamp: BigInt(n), id: idOf(`${n}`) })))
    for (const first of [initiate(items).state, respond(items)]) {
      let state = first
      for (let round = 0; round < maxReconcileRounds; round++) state = must(state, mismatch).state
      expect(reconcile(state, mismatch)).toEqual({ ok: false, error: { code: 'negentropy/endless' } })
    }
  })

  test('[W9] a peer that denies the same items again and again is left at once', () => {
    const denied = encodeAll([{ mode: 'ids', upper: end, ids: [] }])
    const first = must(initiate(itemSetOf(forty)).state, denied)
    expect(first.have).toHaveLength(forty.length)
    expect(reconcile(first.state, denied)).toEqual({ ok: false, error: { code: 'negentropy/endless' } })
  })

  test('[W9] the answer to the worst of messages keeps to its limit', () => {
    const many = Array.from({ length: 20_000 }, (_, n): Item => ({ timestamp: BigInt(n), id: idOf(`${n}`) }))
    const ranges = many
      .filter((_, n) => n % 10 === 0)
      .map((item): Range => ({ mode: 'fingerprint', upper: item, fingerprint: 'ff'.repeat(16) as Fingerprint }))
    const lists = many.filter((_, n) => n % 50 === 0).map((item): Range => ({ mode: 'ids', upper: item, ids: [] }))
    const items = itemSetOf(many)
    for (const message of [encodeAll(ranges), encodeAll(lists), mismatch]) {
      const { reply } = must(respond(items), message)
      expect(reply?.length).toBeLessThanOrEqual(61_440)
    }
  })
})
