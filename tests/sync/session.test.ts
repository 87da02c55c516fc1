import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { forkHash } from '../../src/core/entry/log-item.ts'
import { hashBytes } from '../../src/core/hash/yasmf.ts'
import { helloClaim } from '../../src/core/hello-claim.ts'
import { publicKeyOf, signBytes } from '../../src/core/entry/sign.ts'
import { logName } from '../../src/core/entry/log-name.ts'
import type { Hash, LogId, PublicKey, SeqNum } from '../../src/core/ids.ts'
import { type HeldLog, compareHeads, groupHeads, lackingThere } from '../../src/sync/compare-heads.ts'
import { helloFailure, makeHello } from '../../src/sync/hello.ts'
import { makeInterest, scopeToken } from '../../src/sync/interest.ts'
import type { Fingerprint, ScopeToken, StoreId } from '../../src/sync/messages.ts'
import {
  type PartSummary,
  type Session,
  type SessionEffect,
  type SessionInput,
  canResume,
  newSession,
  stepSession,
} from '../../src/sync/session.ts'

const hash = (text: string): Hash => hashBytes(new TextEncoder().encode(text))
const key = (text: string): PublicKey => hash(text).slice(4) as PublicKey
const log = (name: string, seq: number, branch = 'a', isForked = false): HeldLog => {
  const at = { publicKey: key(name), logId: 0n as LogId }
  return {
    ...at,
    seqNum: BigInt(seq) as SeqNum,
    hash: isForked ? forkHash(at) : hash(`${name}/${seq}/${branch}`),
    isForked,
  }
}
const held = (...logs: readonly HeldLog[]) => new Map(logs.map((one) => [logName(one), one]))

describe('comparing heads', () => {
  test('[RP6] asks for what is missing and for what is shorter, from where it ends', () => {
    const theirs = groupHeads([log('new', 3), log('longer', 5), log('same', 2), log('shorter', 1)])
    const own = held(log('longer', 2), log('same', 2), log('shorter', 4), log('mine', 1))
    expect(compareHeads(theirs, own)).toEqual({
      wants: [
        { publicKey: key('new'), logId: 0n, fromSeq: 1n, toSeq: 3n },
        { publicKey: key('longer'), logId: 0n, fromSeq: 3n, toSeq: 5n },
      ],
      strangers: [],
      proofs: [],
      promised: [],
    })
  })

  test('[RP6] another entry at the same place is asked for by its hash', () => {
    const comparison = compareHeads(groupHeads([log('x', 2, 'b')]), held(log('x', 2)))
    expect(comparison).toMatchObject({ wants: [], strangers: [log('x', 2, 'b').hash] })
  })

  test('[RP6] a fork that one side knows is told, and waited for by the other', () => {
    const [known, unknown] = [log('x', 2, 'a', true), log('x', 3, 'b')]
    expect(compareHeads(groupHeads([unknown]), held(known)).proofs).toEqual([{ publicKey: key('x'), logId: 0n }])
    expect(compareHeads(groupHeads([known]), held(unknown)).promised).toEqual([known.hash])
    expect(compareHeads(groupHeads([known]), held(log('x', 9, 'b', true)))).toMatchObject({
      proofs: [],
      promised: [],
      wants: [],
    })
  })
})

describe('what the other side lacks', () => {
  const lacking = (theirs: readonly HeldLog[], own: readonly HeldLog[]) => lackingThere(groupHeads(theirs), own)

  test('[RP6] is each log of ours that it has shorter, from where it ends, or not at all', () => {
    const own = [log('new', 3), log('longer', 5), log('same', 2), log('shorter', 1)]
    expect(lacking([log('longer', 2), log('same', 2), log('shorter', 4), log('theirs', 1)], own)).toEqual({
      logs: [
        { publicKey: key('new'), logId: 0n, fromSeq: 1n, toSeq: 3n },
        { publicKey: key('longer'), logId: 0n, fromSeq: 3n, toSeq: 5n },
      ],
      proofs: [],
    })
  })

  test('[RP6] is all of a log whose end is another entry there, and the proof of a fork that comes with its log', () => {
    const whole = (name: string) => ({ publicKey: key(name), logId: 0n, fromSeq: 1n, toSeq: 2n })
    expect(lacking([log('x', 2, 'b')], [log('x', 2)])).toEqual({ logs: [whole('x')], proofs: [] })
    const forked = log('x', 2, 'a', true)
    expect(lacking([], [forked])).toEqual({ logs: [whole('x')], proofs: [{ publicKey: key('x'), logId: 0n }] })
    expect(lacking([log('x', 1)], [forked])).toEqual({ logs: [], proofs: [] })
    expect(lacking([log('x', 1, 'a', true)], [log('x', 2)])).toEqual({ logs: [], proofs: [] })
  })
})

const session = (about: Partial<Session> = {}): Session => ({
  ...newSession({ id: 0, scope: '00' as ScopeToken, part: 1, isAsker: true, mode: 0 }),
  ...about,
})
const nothing = { wants: [], strangers: [], proofs: [], promised: [] }
const own = (fingerprint: string): PartSummary => ({
  fingerprint: fingerprint as Fingerprint,
  count: 1,
  storeId: 'aa' as StoreId,
  number: 5,
})
const run = (start: Session, ...inputs: readonly SessionInput[]) => {
  const effects: SessionEffect[] = []
  let state = start
  for (const input of inputs) {
    const [next, more] = stepSession(state, input)
    state = next
    effects.push(...more)
  }
  return { state, effects, done: effects.map((effect) => (effect.do === 'send' ? effect.message.type : effect.do)) }
}
const want = { publicKey: key('a'), logId: 0n as LogId, fromSeq: 1n as SeqNum, toSeq: 2n as SeqNum }

describe('a session', () => {
  test('[RP6] is done once all that it asked for has come, and not before', () => {
    const asked = run(session(), { on: 'compared', comparison: { ...nothing, wants: [want] }, isLast: true })
    expect(asked.done).toEqual(['WantLog'])
    const half = run(asked.state, { on: 'arrived', logs: [{ ...want, seqNum: 1n as SeqNum }], ids: [] })
    expect(half.done).toEqual([])
    const whole = run(half.state, { on: 'arrived', logs: [{ ...want, seqNum: 2n as SeqNum }], ids: [] })
    expect(whole.done).toEqual(['settle'])
    expect(run(whole.state, { on: 'settled', own: own('ff') }).done).toEqual(['SyncDone'])
  })

  test('[RP6] whose list is not whole waits for the rest of it', () => {
    expect(run(session(), { on: 'compared', comparison: nothing, isLast: false }).done).toEqual([])
  })

  test('[RP6] what is asked for while it settles is waited for, too', () => {
    const { state } = run(session(), { on: 'compared', comparison: nothing, isLast: true })
    const asked = run(
      state,
      { on: 'compared', comparison: { ...nothing, wants: [want] }, isLast: true },
      { on: 'settled', own: own('ff') },
    )
    expect(asked.done).toEqual(['WantLog'])
    expect(run(asked.state, { on: 'arrived', logs: [{ ...want, seqNum: 2n as SeqNum }], ids: [] }).done).toEqual([
      'settle',
    ])
  })

  const end = (mine: string, theirs: string | undefined, about: Partial<Session> = {}) =>
    run(
      session(about),
      { on: 'compared', comparison: nothing, isLast: true },
      { on: 'settled', own: own(mine) },
      { on: 'done', fingerprint: theirs as Fingerprint | undefined },
    ).effects.find((effect) => effect.do === 'finish')

  test('[RP6] compares fingerprints, always, and tries once more where they differ', () => {
    expect(end('ff', 'ff')).toEqual({ do: 'finish', isEqual: true, tryAgain: false })
    expect(end('ff', '00')).toEqual({ do: 'finish', isEqual: false, tryAgain: true })
    expect(end('ff', '00', { isSecond: true })).toEqual({ do: 'finish', isEqual: false, tryAgain: false })
    expect(end('ff', '00', { isAsker: false })).toEqual({ do: 'finish', isEqual: false, tryAgain: false })
    expect(end('ff', undefined)).toEqual({ do: 'finish', isEqual: false, tryAgain: false })
  })

  test('[RP6] whose other side is done first asks nothing more, and answers', () => {
    const { done } = run(
      session({ isAsker: false }),
      { on: 'done', fingerprint: 'ff' as Fingerprint },
      { on: 'settled', own: own('ff') },
    )
    expect(done).toEqual(['settle', 'SyncDone', 'finish'])
  })

  test('[RP6] a reconciliation that found nothing to ask for still says so', () => {
    const nothingNeeded = run(session({ mode: 1 }), { on: 'reconciled', lacking: [], need: [] })
    expect(nothingNeeded.done).toEqual(['Want', 'Heads', 'settle'])
    const asked = run(session({ mode: 1 }), { on: 'reconciled', lacking: [want], need: [hash('x')] })
    expect(asked.done).toEqual(['Heads', 'Want'])
    expect(run(asked.state, { on: 'arrived', logs: [], ids: [hash('x')] }).done).toEqual(['settle'])
  })

  test('[RP6] that knows exactly what the other lacks names it and sends it, unasked', () => {
    const heads = { type: 'Heads', session: 0, heads: [{ publicKey: key('a'), logs: [{ logId: 0n, seqNum: 2n }] }] }
    const named = [
      { do: 'send', message: heads },
      { do: 'serve', logs: [want] },
    ]
    const reconciled = run(session({ mode: 1 }), { on: 'reconciled', lacking: [want], need: [] })
    expect(reconciled.effects).toEqual(expect.arrayContaining(named))
    const told = run(session(), { on: 'compared', comparison: nothing, lacking: [want], isLast: true })
    expect(told.effects).toEqual([...named, { do: 'settle' }])
    expect(told.state.serving).toBe(1)
  })

  test('[RP6] waits for what comes unasked without asking for it', () => {
    const comparison = { ...nothing, wants: [want] }
    const coming = run(session(), { on: 'compared', comparison, isComing: true, isLast: true })
    expect(coming.done).toEqual([])
    expect(run(coming.state, { on: 'arrived', logs: [{ ...want, seqNum: 2n as SeqNum }], ids: [] }).done).toEqual([
      'settle',
    ])
  })

  test('[RP6] finishes once at most, whatever comes in whatever order', () => {
    const input: fc.Arbitrary<SessionInput> = fc.oneof(
      fc
        .boolean()
        .map((isLast): SessionInput => ({ on: 'compared', comparison: { ...nothing, wants: [want] }, isLast })),
      fc
        .integer({ min: 1, max: 3 })
        .map((seq): SessionInput => ({ on: 'arrived', logs: [{ ...want, seqNum: BigInt(seq) as SeqNum }], ids: [] })),
      fc.constantFrom<SessionInput>(
        { on: 'settled', own: own('ff') },
        { on: 'done', fingerprint: 'ff' as Fingerprint },
        { on: 'wanted', logs: [want] },
        { on: 'served' },
      ),
    )
    fc.assert(
      fc.property(fc.array(input, { maxLength: 30 }), (inputs) => {
        const { effects, state } = run(session(), ...inputs)
        const finishes = effects.filter((effect) => effect.do === 'finish').length
        expect(finishes).toBeLessThanOrEqual(1)
        expect(state.isOver).toBe(finishes === 1)
        // Nobody says that it is done while something it asked for is still to come.
        const isAwaiting = effects.at(-1)?.do === 'settle' && state.logs.size + state.ids.size > 0
        expect(isAwaiting).toBe(false)
      }),
    )
  })
})

test('[RP6] a cursor of another store, or from its future, leads nowhere', () => {
  expect(canResume(own('ff'), 'aa' as StoreId, 5)).toBe(true)
  expect(canResume(own('ff'), 'aa' as StoreId, 6)).toBe(false)
  expect(canResume(own('ff'), 'bb' as StoreId, 1)).toBe(false)
  expect(canResume(own('ff'), null, 0)).toBe(false)
})

describe('Hello', () => {
  const seed = new Uint8Array(32).fill(3)
  const publicKey = publicKeyOf(seed)
  const connection = new Uint8Array(32).fill(1)
  const hello = makeHello(publicKey, signBytes(helloClaim(0, connection), seed), 'test')

  test('[RP7] is believed on its own connection, from its own side', () => {
    expect(helloFailure(hello, 0, connection)).toBeUndefined()
  })
  test('[RP7] of the other side, another connection, another key or another version is not', () => {
    const invalid = { code: 'hello/signature-invalid', publicKey }
    expect(helloFailure(hello, 1, connection)).toEqual(invalid)
    expect(helloFailure(hello, 0, new Uint8Array(32).fill(2))).toEqual(invalid)
    const other = publicKeyOf(new Uint8Array(32).fill(4))
    expect(helloFailure({ ...hello, publicKey: other }, 0, connection)).toEqual({ ...invalid, publicKey: other })
    const version = { code: 'hello/version-unsupported', version: 2 }
    expect(helloFailure({ ...hello, protocolVersion: 2 }, 0, connection)).toEqual(version)
  })
})

describe('Interest', () => {
  const connection = new Uint8Array(32).fill(1)
  const zeros = (length: number): Uint8Array => new Uint8Array(length)

  test('[RP7] names a scope otherwise on each connection and from each side', () => {
    const names = [
      scopeToken('schema:a', connection, 0),
      scopeToken('schema:a', connection, 1),
      scopeToken('schema:b', connection, 0),
      scopeToken('schema:a', zeros(32), 0),
    ]
    expect(new Set(names).size).toBe(4)
    expect(scopeToken('schema:a', connection, 0)).toBe(names[0])
  })
  test('[RP7] hides how many scopes there are: a power of two, at least 8, in order', () => {
    const tokens = Array.from({ length: 9 }, (_, n) => scopeToken(`schema:${n}`, connection, 0))
    let noise = 0
    const random = (length: number): Uint8Array => new Uint8Array(length).fill(++noise)
    for (const [count, size] of [
      [0, 8],
      [1, 8],
      [8, 8],
      [9, 16],
    ] as const) {
      const interest = makeInterest(tokens.slice(0, count), random)
      expect(interest.tokens).toHaveLength(size)
      expect(interest.tokens).toEqual(interest.tokens.toSorted())
      expect(tokens.slice(0, count).every((token) => interest.tokens.includes(token))).toBe(true)
    }
  })
})
