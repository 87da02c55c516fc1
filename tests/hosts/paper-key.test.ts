import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { paperKeyAt } from '../../src/adapters/memory/paper-key.ts'
import { openKeyStore } from '../../src/adapters/web/key-store.ts'
import { openDeviceKey, type StoredKey } from '../../src/adapters/web/signer/device-key.ts'
import { keptEntropy, type StoredEntropy } from '../../src/adapters/web/signer/kept-entropy.ts'
import { serveSigner } from '../../src/adapters/web/signer/serve-signer.ts'
import { signerKeys } from '../../src/adapters/web/signer/signer-keys.ts'
import { bytesToHex } from '../../src/core/bytes/hex.ts'
import { paperSeed } from '../../src/core/identity/paper-key.ts'
import { readRecoveryWords } from '../../src/core/identity/recovery-words.ts'
import { memoryLocks } from '../../src/adapters/memory/memory-locks.ts'
import { paperKeyContract, unsignedBy } from '../contracts/paper-key.ts'
import { aChannel } from './ports.ts'

const { signal } = new AbortController()

/** A signer over this origin's storage, and everything it ever said. */
async function aSigner(indexedDb: IDBFactory, locks = memoryLocks()) {
  using store = await openKeyStore<StoredKey>(indexedDb, 'test', 'device')
  const device = await openDeviceKey(crypto.subtle, store)
  const place = keptEntropy(crypto.subtle, (body) =>
    locks.hold(
      'paper-key',
      async () => {
        using row = await openKeyStore<StoredEntropy>(indexedDb, 'test', 'paper')
        return await body(row)
      },
      signal,
    ),
  )
  const paper = paperKeyAt(place, (length) => crypto.getRandomValues(new Uint8Array(length)))
  const [engine, signer] = aChannel()
  const said: unknown[] = []
  engine.addEventListener('message', ({ data }) => said.push(data))
  const transport = () => Promise.reject(new DOMException('no storage here', 'SecurityError'))
  serveSigner({ device: Promise.resolve(device), transport, paper: async () => paper }, signer)
  const keys = signerKeys(engine)
  return { keys, paper: keys.paper, said }
}

paperKeyContract('a browser, in its signer,', async () => {
  const [indexedDb, locks] = [new IDBFactory(), memoryLocks()]
  return { ...(await aSigner(indexedDb, locks)), again: () => aSigner(indexedDb, locks) }
})

/** Everything that was said, with bytes as hex, so that a secret can be looked for in any form. */
const told = (said: readonly unknown[]): string =>
  JSON.stringify(said, (_, value: unknown) => (value instanceof Uint8Array ? bytesToHex(value) : value))

describe('a paper key in a browser', () => {
  test('[K9] leaves the signer as the words that were asked for, and never else', async () => {
    const { keys, paper, said } = await aSigner(new IDBFactory())
    const own = await paper.make()
    const words = await paper.words()
    const shown = said.length
    await keys.signEntries([unsignedBy(own), unsignedBy((await keys.publicKeys())[0]!)], signal)
    await paper.takeUp(words.join(' '))
    await paper.takeUp(words.with(3, 'zzz').join(' '))
    await paper.takeUp(words.slice(1).join(' '))
    await keys.signEntries([Uint8Array.of(1)], signal).catch(() => undefined)
    await paper.confirm(['not', 'these', 'words'])
    await paper.confirm([2, 6, 10].map((at) => words[at]!))
    await paper.words().catch(() => undefined)

    const entropy = readRecoveryWords(words.join(' '))
    if (!entropy.ok) throw new Error(entropy.error.code)
    const secrets = [bytesToHex(entropy.value), bytesToHex(paperSeed(entropy.value))]
    for (const secret of secrets) expect(told(said)).not.toContain(secret)
    // Words are plain English: what was said but the one answer holds no two of them beside each other.
    const others = told(said.toSpliced(shown - 1, 1))
    for (const [at, word] of words.entries()) expect(others).not.toContain(`${word}","${words[at + 1]}`)
    expect(others).not.toContain(words.slice(0, 2).join(' '))
    expect(said).toHaveLength(shown + 9)
  })

  test('[K9] does nothing that is not one of its calls', async () => {
    const { paper } = await aSigner(new IDBFactory())
    await paper.make()
    const [engine, signer] = aChannel()
    const own = paperKeyAt(
      {
        publicKey: async () => undefined,
        use: async () => undefined,
        add: async () => undefined,
        wipe: async () => undefined,
      },
      () => new Uint8Array(16),
    )
    serveSigner(
      { device: new Promise(() => undefined), transport: () => new Promise(() => undefined), paper: async () => own },
      signer,
    )
    const answer = new Promise((resolve) => engine.addEventListener('message', ({ data }) => resolve(data)))
    engine.start()
    engine.postMessage({ id: 1, ask: 'paperKey', call: 'signerOf', typed: ['06098d'] })
    expect(await answer).toMatchObject({ id: 1, failure: { code: 'signer/refused' } })
  })

  test('[K9] lies in its database under a key that cannot be read out', async () => {
    const indexedDb = new IDBFactory()
    await (await aSigner(indexedDb)).paper.make()
    using row = await openKeyStore<StoredEntropy>(indexedDb, 'test', 'paper')
    const kept = await row.get()
    expect(kept?.wrap.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', kept!.wrap)).rejects.toThrow(/extractable/)
  })

  test.each([
    ['another', async () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['decrypt'])],
    ['no', async () => undefined],
  ])('[K12] with %s wrapping key says that it is damaged, and the device key goes on signing', async (_, wrapBy) => {
    const indexedDb = new IDBFactory()
    const { keys, paper } = await aSigner(indexedDb)
    const own = await paper.make()
    using row = await openKeyStore<unknown>(indexedDb, 'test', 'paper')
    const kept = (await row.get()) as StoredEntropy
    await row.remove()
    await row.add({ ...kept, wrap: await wrapBy() })

    await expect(paper.words()).rejects.toMatchObject({ code: 'signer/paper-damaged' })
    await expect(keys.signEntries([unsignedBy(own)], signal)).rejects.toMatchObject({ code: 'signer/paper-damaged' })
    const [device] = await keys.publicKeys()
    expect(await keys.signEntries([unsignedBy(device!)], signal)).toHaveLength(1)
  })
})
