import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { memoryEntropy, paperKeyAt } from '../../src/adapters/memory/paper-key.ts'
import { openKeyStore } from '../../src/adapters/web/key-store.ts'
import { openDeviceKey, type StoredKey } from '../../src/adapters/web/signer/device-key.ts'
import { serveSigner } from '../../src/adapters/web/signer/serve-signer.ts'
import { signerKeys } from '../../src/adapters/web/signer/signer-keys.ts'
import { verifySignature } from '../../src/core/entry/signature.ts'
import type { PublicKey } from '../../src/core/ids.ts'
import { unsignedBy } from '../contracts/paper-key.ts'
import { aChannel } from './ports.ts'

const { signal } = new AbortController()

/** A browser's WebCrypto, one that has no Ed25519. */
const withoutEd25519: SubtleCrypto = new Proxy(crypto.subtle, {
  get: (subtle, name) =>
    name === 'generateKey'
      ? (algorithm: unknown, ...rest: [boolean, KeyUsage[]]) =>
          algorithm === 'Ed25519'
            ? Promise.reject(new DOMException('no such algorithm', 'NotSupportedError'))
            : subtle.generateKey(algorithm as AesKeyGenParams, ...rest)
      : (Reflect.get(subtle, name) as (...values: unknown[]) => unknown).bind(subtle),
})

const nowhere = () => Promise.reject(new DOMException('no storage here', 'SecurityError'))

async function aSigner(indexedDb = new IDBFactory(), subtle: SubtleCrypto = crypto.subtle) {
  using store = await openKeyStore<StoredKey>(indexedDb, 'test', 'device')
  const key = await openDeviceKey(subtle, store)
  const [engine, signer] = aChannel()
  const paper = paperKeyAt(memoryEntropy(), (length) => new Uint8Array(length))
  serveSigner({ device: Promise.resolve(key), transport: nowhere, paper: async () => paper }, signer)
  return signerKeys(engine)
}

describe.each([
  ['the platform', crypto.subtle],
  ['a wrapped seed', withoutEd25519],
])('a device key by %s', (_, subtle) => {
  test('signs an entry of its own so that everybody can check it', async () => {
    const keys = await aSigner(new IDBFactory(), subtle)
    const [publicKey] = await keys.publicKeys()
    const unsigned = unsignedBy(publicKey!)
    const signatures = await keys.signEntries([unsigned, unsigned], signal)
    expect(signatures).toHaveLength(2)
    for (const signature of signatures) expect(verifySignature(publicKey!, unsigned, signature)).toBe(true)
  })

  test('is the same when it is opened again, and another in another database', async () => {
    const indexedDb = new IDBFactory()
    const first = await (await aSigner(indexedDb, subtle)).publicKeys()
    expect(await (await aSigner(indexedDb, subtle)).publicKeys()).toEqual(first)
    expect(await (await aSigner(new IDBFactory(), subtle)).publicKeys()).not.toEqual(first)
  })

  test('lies in its database without a private half that could be read', async () => {
    const indexedDb = new IDBFactory()
    await aSigner(indexedDb, subtle)
    using store = await openKeyStore<StoredKey>(indexedDb, 'test', 'device')
    const kept = await store.get()
    const secret = kept?.kind === 'platform' ? kept.privateKey : kept?.wrap
    expect(secret?.extractable).toBe(false)
    await expect(crypto.subtle.exportKey(kept?.kind === 'platform' ? 'pkcs8' : 'raw', secret!)).rejects.toThrow(
      /extractable/,
    )
  })

  test('refuses bytes that are no entry, entries of other keys, and anything behind an entry', async () => {
    const keys = await aSigner(new IDBFactory(), subtle)
    const [publicKey] = await keys.publicKeys()
    const good = unsignedBy(publicKey!)
    const other = unsignedBy('11'.repeat(32) as PublicKey)
    const wrongTag = good.with(0, 2)
    for (const bad of [Uint8Array.of(1, 2, 3), other, wrongTag, Uint8Array.of(...good, 0), 'text' as never]) {
      const asked = keys.signEntries([good, bad], signal)
      await expect(asked).rejects.toMatchObject({ code: 'signer/refused' })
    }
  })
})

describe('the signer', () => {
  test('says that it is unavailable when its key cannot be opened', async () => {
    const [engine, signer] = aChannel()
    const device = Promise.reject(new DOMException('no storage here', 'SecurityError'))
    serveSigner({ device, transport: nowhere, paper: nowhere }, signer)
    const keys = signerKeys(engine)
    await expect(keys.publicKeys()).rejects.toMatchObject({ code: 'signer/unavailable' })
    await expect(keys.transport.publicKey()).rejects.toMatchObject({ code: 'signer/unavailable' })
  })

  test('once dead, answers nothing and keeps nobody waiting', async () => {
    const [engine] = aChannel()
    const keys = signerKeys(engine)
    const asked = keys.publicKeys()
    const failure = { code: 'signer/unavailable', reason: 'the browser ended its worker' } as const
    keys.fail(failure)
    await expect(asked).rejects.toBe(failure)
    await expect(keys.signEntries([], signal)).rejects.toBe(failure)
  })

  test('lets a caller go who does not want to wait', async () => {
    const [engine] = aChannel()
    const controller = new AbortController()
    const asked = signerKeys(engine).signEntries([], controller.signal)
    controller.abort(new Error('enough'))
    await expect(asked).rejects.toThrow('enough')
  })
})

describe('the key database', () => {
  test('never replaces a key', async () => {
    using store = await openKeyStore<string>(new IDBFactory(), 'test', 'device')
    await store.add('the first')
    await expect(store.add('the second')).rejects.toMatchObject({ name: 'ConstraintError' })
    expect(await store.get()).toBe('the first')
  })
})
