import { describe, expect, test } from 'vitest'
import { encodeUnsignedEntry } from '../../src/core/entry/encode.ts'
import { publicKeyOf } from '../../src/core/entry/sign.ts'
import { verifySignature } from '../../src/core/entry/signature.ts'
import { helloClaim } from '../../src/core/hello-claim.ts'
import { hashBytes } from '../../src/core/hash/yasmf.ts'
import type { LogId, PublicKey, SeqNum } from '../../src/core/ids.ts'
import type { Keys } from '../../src/ports/keys.ts'

const never = new AbortController().signal

const unsigned = (publicKey: PublicKey, log: bigint): Uint8Array => {
  const payloadHash = hashBytes(Uint8Array.of(Number(log)))
  const entry = {
    publicKey,
    logId: log as LogId,
    seqNum: 1n as SeqNum,
    isEndOfLog: false,
    payloadSize: 1n,
    payloadHash,
  }
  const encoded = encodeUnsignedEntry(entry)
  if (!encoded.ok) throw new Error(encoded.error.code)
  return encoded.value
}

/** What every signer promises (docs/spec.md, K). */
export const keysContract = (adapter: string, open: () => Promise<Keys>): void => {
  describe(`the keys of ${adapter}`, () => {
    test('[K1] signs entries of its own keys, in order, so that everybody can verify them', async () => {
      const keys = await open()
      const own = await keys.publicKeys()
      const entries = [0n, 1n, 2n].map((log) => unsigned(own[Number(log) % own.length]!, log))
      const signatures = await keys.signEntries(entries, never)
      const verdicts = entries.map((entry, n) => verifySignature(own[n % own.length]!, entry, signatures[n]!))
      expect(verdicts).toEqual([true, true, true])
    })

    test('[K2] signs nothing for a key that is not its own, and nothing of the batch then', async () => {
      const keys = await open()
      const [own] = await keys.publicKeys()
      const stranger = publicKeyOf(new Uint8Array(32).fill(99))
      const batch = [unsigned(own!, 0n), unsigned(stranger, 1n)]
      await expect(keys.signEntries(batch, never)).rejects.toMatchObject({ code: 'signer/refused' })
    })

    test('[K2] signs nothing that is not the signed part of an entry', async () => {
      const keys = await open()
      const [own] = await keys.publicKeys()
      const entry = unsigned(own!, 0n)
      const others = [new Uint8Array(), new TextEncoder().encode('I owe you'), entry.slice(1), entry.slice(0, -1)]
      const wrongTag = entry.slice()
      wrongTag[0] = 2
      for (const bytes of [...others, wrongTag, Uint8Array.of(...entry, 0)])
        await expect(keys.signEntries([bytes], never)).rejects.toMatchObject({ code: 'signer/refused' })
    })

    test('[K5] signs the claim of a connection by the device key, and nothing that only looks like one', async () => {
      const keys = await open()
      const [own] = await keys.publicKeys()
      const hash = new Uint8Array(32).fill(5)
      for (const side of [0, 1] as const) {
        const signature = await keys.signHello(side, hash, never)
        expect(verifySignature(own!, helloClaim(side, hash), signature)).toBe(true)
        expect(verifySignature(own!, helloClaim(side === 0 ? 1 : 0, hash), signature)).toBe(false)
      }
      const wrong = [keys.signHello(0, hash.slice(1), never), keys.signHello(2 as 0, hash, never)]
      for (const refused of wrong) await expect(refused).rejects.toMatchObject({ code: 'signer/refused' })
    })

    test('[K3] the device key stays the first', async () => {
      const keys = await open()
      expect(await keys.publicKeys()).toEqual(await keys.publicKeys())
    })
  })
}
