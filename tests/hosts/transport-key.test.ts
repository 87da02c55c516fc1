import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { openKeyStore } from '../../src/adapters/web/key-store.ts'
import { type DeviceKey, openDeviceKey, type StoredKey } from '../../src/adapters/web/signer/device-key.ts'
import { serveSigner } from '../../src/adapters/web/signer/serve-signer.ts'
import { signerKeys } from '../../src/adapters/web/signer/signer-keys.ts'
import { openTransportKey, type StoredTransportKey } from '../../src/adapters/web/signer/transport-key.ts'
import { type NetworkId, takibiNetworkId } from '../../src/core/transport-key/network-id.ts'
import { blake3 } from '../../src/core/hash/blake3.ts'
import { encodeUtf8 } from '../../src/core/bytes/utf8.ts'
import { bytesToHex } from '../../src/core/bytes/hex.ts'
import { transportKeyContract } from '../contracts/transport-key.ts'
import { aChannel } from './ports.ts'

/** A browser's WebCrypto, one that has no X25519. */
const withoutX25519: SubtleCrypto = new Proxy(crypto.subtle, {
  get: (subtle, name) =>
    name === 'importKey'
      ? (format: 'raw', key: BufferSource, algorithm: string, ...rest: [boolean, KeyUsage[]]) =>
          algorithm === 'X25519'
            ? Promise.reject(new DOMException('no such algorithm', 'NotSupportedError'))
            : subtle.importKey(format, key, algorithm, ...rest)
      : (Reflect.get(subtle, name) as (...values: unknown[]) => unknown).bind(subtle),
})

const anotherThread = (
  device: Promise<DeviceKey>,
  indexedDb: IDBFactory,
  subtle: SubtleCrypto,
  networkId?: NetworkId,
) => {
  const transport = async () => {
    using store = await openKeyStore<StoredTransportKey>(indexedDb, 'test', 'transport')
    return await openTransportKey(subtle, store, networkId)
  }
  const [engine, signer] = aChannel()
  serveSigner({ device, transport, paper: () => new Promise(() => undefined) }, signer)
  return signerKeys(engine)
}
const nobody = new Promise<DeviceKey>(() => undefined)

describe.each([
  ['the browser, in its signer,', 'platform', crypto.subtle],
  ['a browser without X25519', 'wrapped', withoutX25519],
] as const)('%s', (adapter, kind, subtle) => {
  transportKeyContract(
    adapter,
    async (networkId) => anotherThread(nobody, new IDBFactory(), subtle, networkId).transport,
  )

  test('[K8] the transport key stays, beside a device key that is another', async () => {
    const indexedDb = new IDBFactory()
    using store = await openKeyStore<StoredKey>(indexedDb, 'test', 'device')
    const device = await openDeviceKey(subtle, store)
    const first = await anotherThread(Promise.resolve(device), indexedDb, subtle).transport.publicKey()
    const keys = anotherThread(Promise.resolve(device), indexedDb, subtle)
    expect(await keys.transport.publicKey()).toBe(first)
    expect(await keys.publicKeys()).toEqual([device.publicKey])
    expect(first).not.toBe(device.publicKey)
  })

  test('[K9] nothing that lies in the database shows the private half', async () => {
    const indexedDb = new IDBFactory()
    await anotherThread(nobody, indexedDb, subtle).transport.publicKey()
    using store = await openKeyStore<StoredTransportKey>(indexedDb, 'test', 'transport')
    const kept = await store.get()
    if (!kept) throw new Error('nothing was kept')
    expect(kept.kind).toBe(kind)
    const held = Object.values(kept).filter((each) => each instanceof CryptoKey)
    expect(held).toHaveLength(kind === 'platform' ? 2 : 1)
    for (const key of held) {
      expect(key.extractable).toBe(false)
      await expect(crypto.subtle.exportKey(key.type === 'private' ? 'pkcs8' : 'raw', key)).rejects.toThrow(
        /extractable/,
      )
    }
  })
})

test('[K7] the network of the app is the hash of its name', () => {
  expect(takibiNetworkId).toBe(bytesToHex(blake3(encodeUtf8('takibi/network/1'))))
})
