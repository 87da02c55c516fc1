import { describe, expect, test } from 'vitest'
import { hexToBytes } from '../../src/core/bytes/hex.ts'
import { publicKeyOf, signBytes } from '../../src/core/entry/sign.ts'
import { verifySignature } from '../../src/core/entry/signature.ts'
import type { PublicKey, Signature } from '../../src/core/ids.ts'
import type { NetworkId } from '../../src/core/transport-key/network-id.ts'
import { type TransportQuestion, clientClaim, serverClaim } from '../../src/core/transport-key/question.ts'
import { x25519PublicKey } from '../../src/core/transport-key/x25519.ts'
import type { TransportKey } from '../../src/ports/transport-key.ts'
import { memoryTransportKey } from '../../src/adapters/memory/memory-transport-key.ts'
import { aParty, converse, securedOf } from '../handshake/party.ts'

const never = new AbortController().signal
const networkId = '5a'.repeat(32) as NetworkId
const peerSeed = new Uint8Array(32).fill(3)
const peer = publicKeyOf(peerSeed)
const secret = (byte: number) => new Uint8Array(32).fill(byte)
const ephemeral = x25519PublicKey(secret(9))

/** Good questions, each of which the key answers. */
function questionsTo(own: PublicKey) {
  const [s1, s2, s3] = [secret(1), secret(2), secret(4)]
  const clientSignature = signBytes(clientClaim(networkId, own, s1), peerSeed)
  return {
    dial: { ask: 'dial', networkId, server: peer, ephemeral, s1, s2 },
    open: { ask: 'open', networkId, ephemeral, s1 },
    accept: { ask: 'accept', networkId, client: peer, clientSignature, ephemeral, s1, s3 },
  } as const satisfies Record<TransportQuestion['ask'], TransportQuestion>
}

/** What every holder of a transport key promises (docs/spec.md, K). `open` opens one for a network. */
export const transportKeyContract = (adapter: string, open: (networkId: NetworkId) => Promise<TransportKey>): void => {
  describe(`the transport key of ${adapter}`, () => {
    test.each(['client', 'server'] as const)('[K6] proves itself in a handshake as %s', async (role) => {
      const key = await open(networkId)
      const publicKey = await key.publicKey()
      const other = { network: networkId, seed: peerSeed, ephemeral: secret(7) }
      const own = { network: networkId, key, ephemeral: secret(8) }
      const client = await aParty({
        role: 'client',
        ...(role === 'client' ? { ...own, server: peer } : { ...other, server: publicKey }),
      })
      const server = await aParty({ role: 'server', ...(role === 'server' ? own : other) })
      await converse(client, server)
      expect(securedOf(role === 'client' ? server : client).remoteKey).toBe(publicKey)
      expect(securedOf(client).handshakeHash).toEqual(securedOf(server).handshakeHash)
    })

    test('[K6] signs what the handshake says, and nothing when it only opens', async () => {
      const key = await open(networkId)
      const own = await key.publicKey()
      const { dial, open: opening, accept } = questionsTo(own)
      const s1 = secret(1)
      const dialled = await key.answer(dial, never)
      expect(verifySignature(own, clientClaim(networkId, peer, s1), dialled.signature!)).toBe(true)
      const accepted = await key.answer(accept, never)
      expect(verifySignature(own, serverClaim(networkId, peer, accept.clientSignature, s1), accepted.signature!)).toBe(
        true,
      )
      expect(Object.keys(await key.answer(opening, never))).toEqual(['key'])
    })

    test('[K7] gives no shared secret away, only keys that depend on all that was handed over', async () => {
      const key = await open(networkId)
      const { dial, open: opening } = questionsTo(await key.publicKey())
      const asked: readonly TransportQuestion[] = [
        dial,
        opening,
        { ...dial, s1: secret(11) },
        { ...dial, s2: secret(11) },
        { ...opening, s1: secret(11) },
        { ...opening, ephemeral: x25519PublicKey(secret(10)) },
      ]
      const keys = await Promise.all(asked.map(async (question) => (await key.answer(question, never)).key.join()))
      expect(new Set(keys).size).toBe(asked.length)
    })

    test('[K7] refuses every question that is not one of a handshake of its own', async () => {
      const key = await open(networkId)
      const own = await key.publicKey()
      const { dial, open: opening, accept } = questionsTo(own)
      const signedForAnother = signBytes(clientClaim(networkId, peer, secret(1)), peerSeed)
      const signedInAnother = signBytes(clientClaim(networkId, own, secret(2)), peerSeed)
      const smallOrder = [new Uint8Array(32), secret(0).with(0, 1), hexToBytes(`ec${'ff'.repeat(30)}7f`)]
      const badEphemerals = [
        ...smallOrder,
        ephemeral.with(31, ephemeral[31]! | 0x80),
        ephemeral.subarray(1),
        'text',
        undefined,
      ]
      const bad: readonly object[] = [
        ...[dial, opening, accept].flatMap((good) => [
          { ...good, networkId: '5b'.repeat(32) },
          { ...good, s1: secret(1).subarray(1) },
          { ...good, s1: [...secret(1)] },
          { ...good, ask: 'sign' },
          ...badEphemerals.map((each) => ({ ...good, ephemeral: each })),
        ]),
        { ...dial, server: own },
        { ...dial, server: 'a key' },
        { ...dial, s2: undefined },
        { ...accept, s3: secret(1).subarray(1) },
        { ...accept, client: own },
        { ...accept, client: publicKeyOf(secret(77)) },
        { ...accept, clientSignature: signedForAnother },
        { ...accept, clientSignature: signedInAnother },
        { ...accept, clientSignature: new Uint8Array(64) as Uint8Array as Signature },
        { ...accept, clientSignature: 'text' },
      ]
      const others: object[] = []
      for (const question of bad) {
        const refusal = await key.answer(question as TransportQuestion, never).then(
          () => 'answered',
          ({ code }: { readonly code: string }) => code,
        )
        if (refusal !== 'signer/refused') others.push({ refusal, question })
      }
      expect(others).toEqual([])
    })

    test('[K10] seals signals that only the other key opens, each differently, and opens what that key sealed', async () => {
      const key = await open(networkId)
      const own = await key.publicKey()
      const other = memoryTransportKey(peerSeed, networkId)
      const plain = Uint8Array.of(1, 2, 3)
      const sealed = await key.seal(peer, plain, never)
      expect(await other.unseal(own, sealed, never)).toEqual(plain)
      expect(await key.seal(peer, plain, never)).not.toEqual(sealed)
      expect(await key.unseal(peer, await other.seal(own, plain, never), never)).toEqual(plain)
      const third = memoryTransportKey(secret(78), networkId)
      expect(await third.unseal(own, sealed, never)).toBeUndefined()
      expect(await key.unseal(await third.publicKey(), sealed, never)).toBeUndefined()
      expect(await key.unseal(peer, sealed, never)).toBeUndefined()
    })

    test('[K10] refuses to seal or open for no key, its own or one of small order, and what is too long or no bytes', async () => {
      const key = await open(networkId)
      const own = await key.publicKey()
      const bytes = new Uint8Array(64)
      const smallOrder = `01${'00'.repeat(31)}`
      const bad: readonly (readonly [unknown, unknown])[] = [
        ...[own, smallOrder, 'a key', undefined].map((each) => [each, bytes] as const),
        [peer, new Uint8Array(4097)],
        [peer, 'text'],
        [peer, undefined],
      ]
      for (const [who, what] of bad)
        for (const asked of [key.seal, key.unseal])
          await expect(asked(who as PublicKey, what as Uint8Array, never)).rejects.toMatchObject({
            code: 'signer/refused',
          })
    })

    test('[K8] is one key, the same each time it is asked', async () => {
      const key = await open(networkId)
      expect(await key.publicKey()).toBe(await key.publicKey())
      expect(await key.publicKey()).toMatch(/^[0-9a-f]{64}$/)
    })
  })
}
