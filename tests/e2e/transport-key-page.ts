/** What the page of transport-key.spec.ts runs: handshakes with the built signer worker, which holds the key. */
import { signerKeys } from '../../src/adapters/web/signer/signer-keys.ts'
import { takibiNetworkId } from '../../src/core/transport-key/network-id.ts'
import type { SignerStart } from '../../src/hosts/start-messages.ts'
import { publicKeyOf } from '../../src/core/entry/sign.ts'
import type { TransportKey } from '../../src/ports/transport-key.ts'
import { aParty, converse, securedOf } from '../handshake/party.ts'

const startSigner = (url: string, life: string) => {
  const { port1, port2 } = new MessageChannel()
  const worker = new Worker(url, { type: 'module' })
  worker.postMessage({ database: 'transport-key-test', life, engine: port2 } satisfies SignerStart, [port2])
  return { worker, keys: signerKeys(port1) }
}

/** Whom each side of a handshake met: us dialling, us answering. */
async function meetTwice(key: TransportKey): Promise<readonly string[]> {
  const [ourSecret, theirSecret] = [1, 2].map((byte) => new Uint8Array(32).fill(byte)) as [Uint8Array, Uint8Array]
  const ours = { network: takibiNetworkId, key, ephemeral: ourSecret }
  const theirs = { network: takibiNetworkId, seed: new Uint8Array(32).fill(3), ephemeral: theirSecret }
  const met: string[] = []
  for (const isDialling of [true, false]) {
    const client = await aParty({
      role: 'client',
      ...(isDialling ? ours : theirs),
      server: isDialling ? publicKeyOf(theirs.seed) : await key.publicKey(),
    })
    const server = await aParty({ role: 'server', ...(isDialling ? theirs : ours) })
    await converse(client, server)
    met.push(securedOf(isDialling ? server : client).remoteKey)
  }
  return met
}

Object.assign(globalThis, {
  meetTheSigner: async (url: string) => {
    const first = startSigner(url, 'test/first')
    const publicKey = await first.keys.transport.publicKey()
    const met = await meetTwice(first.keys.transport)
    const [device] = await first.keys.publicKeys()
    first.worker.terminate()
    const second = startSigner(url, 'test/second')
    const again = await second.keys.transport.publicKey()
    const kinds = await new Promise((resolve, reject) => {
      const opening = indexedDB.open('takibi/transport-key-test/keys')
      opening.addEventListener('error', () => reject(opening.error))
      opening.addEventListener('success', () => {
        const reading = opening.result.transaction('keys').objectStore('keys').get('transport')
        reading.addEventListener('success', () =>
          resolve(
            Object.values(reading.result as object)
              .filter((each) => each instanceof CryptoKey)
              .map(({ algorithm, extractable }) => `${algorithm.name}, extractable: ${extractable}`),
          ),
        )
      })
    })
    return { publicKey, met, device, again, kinds }
  },
})
