import { sha256 } from '@noble/hashes/sha2.js'
import { describe, expect, test } from 'vitest'
import { bytesToHex, hexToBytes } from '../../../src/core/bytes/hex.ts'
import { encodeUtf8 } from '../../../src/core/bytes/utf8.ts'
import type { Hash } from '../../../src/core/ids.ts'
import type { Result } from '../../../src/core/result.ts'
import { type ItemSet, itemSetOf } from '../../../src/sync/negentropy/item-set.ts'
import { initiate, reconcile, respond } from '../../../src/sync/negentropy/reconcile.ts'
import vectors from '../../vectors/negentropy.json'

type Vector = (typeof vectors.vectors)[number]

const idOf = (n: number): Hash => `0020${bytesToHex(sha256(encodeUtf8(String(n))))}` as Hash

const nothing = new Uint8Array(0)
const must = <T, E>(result: Result<T, E>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** One side of a vector, as its file describes it. */
function setOf({ total, perTimestamp }: Vector, [divisor = 0, remainder = 0]: readonly number[]): ItemSet {
  const numbers = Array.from({ length: total }, (_, n) => n).filter((n) => divisor === 0 || n % divisor !== remainder)
  return itemSetOf(numbers.map((n) => ({ timestamp: BigInt(Math.floor(n / perTimestamp)), id: idOf(n) })))
}

/** Messages of the initiator, each with its answer. */
const rounds = ({ messages }: Vector): readonly (readonly [Uint8Array, Uint8Array])[] =>
  messages.flatMap((message, i) =>
    i % 2 === 0 ? [[hexToBytes(message), hexToBytes(messages[i + 1] ?? '')] as const] : [],
  )

describe('exchanges of another implementation', () => {
  test.each(vectors.vectors)('[W8] $name: we answer as its responder does', (vector) => {
    let state = respond(setOf(vector, vector.responderLacks), vector.frameLimit)
    for (const [asked, answer] of rounds(vector)) {
      const answered = must(reconcile(state, asked))
      expect(bytesToHex(answered.reply ?? nothing)).toBe(bytesToHex(answer))
      state = answered.state
    }
  })

  test.each(vectors.vectors)('[W8] $name: we ask and find as its initiator does', (vector) => {
    let { state, message } = initiate(setOf(vector, vector.initiatorLacks), { frameLimit: vector.frameLimit })
    let have = 0
    let need = 0
    for (const [asked, answer] of rounds(vector)) {
      expect(bytesToHex(message)).toBe(bytesToHex(asked))
      const taken = must(reconcile(state, answer))
      state = taken.state
      message = taken.reply ?? nothing
      have += taken.have.length
      need += taken.need.length
    }
    expect({ have, need, message }).toEqual({ have: vector.have, need: vector.need, message: nothing })
  })
})
