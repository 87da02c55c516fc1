import { describe, expect, test } from 'vitest'
import { encodeUnsignedEntry } from '../../src/core/entry/encode.ts'
import { publicKeyOf } from '../../src/core/entry/sign.ts'
import { verifySignature } from '../../src/core/entry/signature.ts'
import { hashBytes } from '../../src/core/hash/yasmf.ts'
import { paperSeed } from '../../src/core/identity/paper-key.ts'
import { readRecoveryWords } from '../../src/core/identity/recovery-words.ts'
import type { PublicKey } from '../../src/core/ids.ts'
import type { Keys } from '../../src/ports/keys.ts'
import type { PaperKey } from '../../src/ports/paper-key.ts'

const never = new AbortController().signal

/** The unsigned part of the first entry of a key. */
export function unsignedBy(publicKey: PublicKey): Uint8Array {
  const unsigned = encodeUnsignedEntry({
    publicKey,
    logId: 0n,
    seqNum: 1n,
    isEndOfLog: false,
    payloadSize: 3n,
    payloadHash: hashBytes(Uint8Array.of(1, 2, 3)),
  })
  if (!unsigned.ok) throw new Error(unsigned.error.code)
  return unsigned.value
}

/** The key that some words give, by the way of everybody who has them on paper. */
function keyOfWords(words: readonly string[]): PublicKey {
  const entropy = readRecoveryWords(words.join(' '))
  if (!entropy.ok) throw new Error(entropy.error.code)
  return publicKeyOf(paperSeed(entropy.value))
}

export interface OpenedPaperKey {
  readonly keys: Keys
  readonly paper: PaperKey
  /** The same place, opened once more. */
  readonly again: () => Promise<Omit<OpenedPaperKey, 'again'>>
}

const confirming = (words: readonly string[]): readonly string[] => [3, 7, 11].map((place) => words[place - 1]!)
const zeros = `${'abandon '.repeat(11)}about`
const keyOfZeros = '06098d6f2f6b4a1d0bff2ed6f5a6d0cc9f303da3d763cfe3a55f030cb6f2e09f' as PublicKey

/** What every holder of a paper key promises (docs/spec.md, K). */
export const paperKeyContract = (adapter: string, open: () => Promise<OpenedPaperKey>): void => {
  describe(`the paper key of ${adapter}`, () => {
    test('[K11] is made once, whoever asks and however often, and stays', async () => {
      const { paper, again } = await open()
      expect(await paper.publicKey()).toBeUndefined()
      const made = await Promise.all([paper.make(), paper.make(), (await again()).paper.make()])
      expect(new Set(made).size).toBe(1)
      expect(await (await again()).paper.publicKey()).toBe(made[0])
    })

    test('[K11] signs entries beside the device key, in order, so that everybody can verify them', async () => {
      const { keys, paper } = await open()
      const [device] = await keys.publicKeys()
      const own = [await paper.make(), device!, await paper.make(), device!]
      const signatures = await keys.signEntries(own.map(unsignedBy), never)
      expect(own.map((key, at) => verifySignature(key, unsignedBy(key), signatures[at]!))).toEqual(own.map(() => true))
    })

    test('[K11] does not become the device key, and signs nothing for others', async () => {
      const { keys, paper } = await open()
      const before = await keys.publicKeys()
      const own = await paper.make()
      expect((await keys.publicKeys())[0]).toBe(before[0])
      expect([await paper.signsBy(own), await paper.signsBy(before[0]!)]).toEqual([true, false])
      const stranger = unsignedBy(publicKeyOf(new Uint8Array(32).fill(99)))
      const asked = keys.signEntries([unsignedBy(own), stranger], never)
      await expect(asked).rejects.toMatchObject({ code: 'signer/refused' })
    })

    test('[K12] its words give the key to whoever has them, and are shown until they are confirmed', async () => {
      const { keys, paper, again } = await open()
      const made = await paper.make()
      const words = await paper.words()
      expect(words).toHaveLength(12)
      expect(keyOfWords(words)).toBe(made)
      expect(await (await again()).paper.words()).toEqual(words)

      const wrong = confirming(words).with(1, 'zoo' === words[6] ? 'zone' : 'zoo')
      for (const typed of [wrong, confirming(words).slice(1), []]) expect(await paper.confirm(typed)).toBe(false)
      expect(await paper.words()).toEqual(words)

      expect(await paper.confirm(confirming(words).map((word) => ` ${word.toUpperCase()}`))).toBe(true)
      for (const one of [paper, (await again()).paper]) {
        expect(await one.publicKey()).toBeUndefined()
        await expect(one.words()).rejects.toMatchObject({ code: 'signer/no-words' })
        await expect(one.confirm(confirming(words))).rejects.toMatchObject({ code: 'signer/no-words' })
      }
      const late = keys.signEntries([unsignedBy(made)], never)
      await expect(late).rejects.toMatchObject({ code: 'signer/refused' })
    })

    test('[K12] wiped, it is nobody’s', async () => {
      const { paper } = await open()
      const first = await paper.make()
      await paper.wipe()
      await expect(paper.words()).rejects.toMatchObject({ code: 'signer/no-words' })
      expect(await paper.make()).not.toBe(first)
    })

    test('[K13] signs by words that were typed, until it is let go, and keeps nothing of them', async () => {
      const { keys, paper, again } = await open()
      expect(await paper.takeUp(zeros)).toEqual({ ok: true, value: keyOfZeros })
      const [signature] = await keys.signEntries([unsignedBy(keyOfZeros)], never)
      expect(verifySignature(keyOfZeros, unsignedBy(keyOfZeros), signature!)).toBe(true)
      expect([await paper.publicKey(), await paper.signsBy(keyOfZeros)]).toEqual([undefined, true])
      const elsewhere = (await again()).keys.signEntries([unsignedBy(keyOfZeros)], never)
      await expect(elsewhere).rejects.toMatchObject({ code: 'signer/refused' })
      await paper.letGo()
      const late = keys.signEntries([unsignedBy(keyOfZeros)], never)
      await expect(late).rejects.toMatchObject({ code: 'signer/refused' })
    })

    test('[K13] refuses words that are wrong, and says where', async () => {
      const { paper } = await open()
      expect(await paper.takeUp('abandon about')).toEqual({ ok: false, error: { code: 'words/count', found: 2 } })
      const typo = zeros.replace('about', 'abuot')
      expect(await paper.takeUp(typo)).toEqual({ ok: false, error: { code: 'words/unknown', at: 12 } })
      expect(await paper.takeUp('abandon '.repeat(12))).toEqual({ ok: false, error: { code: 'words/checksum' } })
    })
  })
}
