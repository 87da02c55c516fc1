import { hmac } from '@noble/hashes/hmac.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concatBytes } from '../../src/core/bytes/concat.ts'
import { hexToBytes } from '../../src/core/bytes/hex.ts'
import { publicKeyOf, signBytes } from '../../src/core/entry/sign.ts'
import { verifySignature } from '../../src/core/entry/signature.ts'
import type { PublicKey, Signature } from '../../src/core/ids.ts'
import { maxEarlyBytes } from '../../src/core/limits.ts'
import { clientClaim } from '../../src/core/transport-key/question.ts'
import { toX25519PublicKey, x25519 } from '../../src/core/transport-key/x25519.ts'
import { sealBox } from '../../src/handshake/box.ts'
import { flush, read, write } from '../../src/handshake/box-stream.ts'
import { startClient, startServer, step } from '../../src/handshake/handshake.ts'
import { ephemeralOf, makeHello } from '../../src/handshake/hello.ts'
import { make, scalar, torsionPoint } from '../contracts/torsion.ts'
import { type Party, aParty, converse, isSecured, networkId, securedOf } from './party.ts'

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })
const [clientSeed, serverSeed] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
const serverKey = publicKeyOf(serverSeed)
const aClient = (ephemeral: Uint8Array, server = serverKey, seed = clientSeed): Promise<Party> =>
  aParty({ role: 'client', seed, ephemeral, server })
const aServer = (ephemeral: Uint8Array, seed = serverSeed): Promise<Party> =>
  aParty({ role: 'server', seed, ephemeral })
const codeOf = (party: Party): string => {
  const outcome = party.outcome()
  if (!outcome) return 'none'
  return isSecured(outcome) ? 'secured' : outcome.code
}

/** Cuts bytes into pieces of these lengths, again and again. */
const cutBy =
  (lengths: readonly number[]) =>
  (bytes: Uint8Array): readonly Uint8Array[] => {
    const pieces: Uint8Array[] = []
    for (let at = 0, turn = 0; at < bytes.length; at += lengths[turn++ % lengths.length]!)
      pieces.push(bytes.subarray(at, at + lengths[turn % lengths.length]!))
    return pieces
  }

describe('two honest sides', () => {
  test('[H1] with any keys and any split they come to keys that fit each other', async () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(bytes32, bytes32, bytes32, bytes32, lengths, async (a, b, seedA, seedB, splits) => {
        fc.pre(publicKeyOf(seedA) !== publicKeyOf(seedB) && a.join() !== b.join())
        const [client, server] = [await aClient(a, publicKeyOf(seedB), seedA), await aServer(b, seedB)]
        await converse(client, server, cutBy(splits))
        const [near, far] = [securedOf(client), securedOf(server)]
        const [, packets] = flush(write(near.writer, a)[0])
        expect(read(far.reader, packets)[1]).toEqual([a])
        expect(near.handshakeHash).toEqual(far.handshakeHash)
      }),
      { numRuns: 25 },
    )
  })

  test('[H8] bytes behind the last message are kept for the stream', async () => {
    const [client, server] = [await aClient(clientSeed), await aServer(serverSeed)]
    await server.feed({ type: 'bytes', bytes: client.sent[0]! })
    await client.feed({ type: 'bytes', bytes: server.sent[0]! })
    await server.feed({ type: 'bytes', bytes: client.sent[1]! })
    const [, packets] = flush(write(securedOf(server).writer, hexToBytes('cafe'))[0])
    await client.feed({ type: 'bytes', bytes: concatBytes(server.sent[1]!, packets) })
    const { reader, early } = securedOf(client)
    expect(read(reader, early)[1]).toEqual([hexToBytes('cafe')])
  })
})

const forgedSecret = new Uint8Array(32).fill(5)
const forgedHello = makeHello(networkId, forgedSecret)

/** Message 3 to `serverKey` with anything in it that needs no transport key: `proofOf` is given what A has to sign. */
function forgeProof(msg2: Uint8Array, proofOf: (claim: Uint8Array) => Uint8Array): Uint8Array {
  const s1 = x25519(forgedSecret, ephemeralOf(msg2))!
  const s2 = x25519(forgedSecret, toX25519PublicKey(serverKey)!)!
  const k3 = sha256(concatBytes(hexToBytes(networkId), s1, s2))
  return sealBox(k3, new Uint8Array(24), proofOf(clientClaim(networkId, serverKey, s1)))
}

describe('a side that is not honest', () => {
  test('[H4] a client does not dial itself', async () => {
    expect(codeOf(await aClient(clientSeed, publicKeyOf(clientSeed)))).toBe('handshake/key-unusable')
  })

  test('[H4] a key of small order, or one with a part of small order, has no X25519 key and is not dialled', async () => {
    const honest = publicKeyOf(serverSeed)
    expect(toX25519PublicKey(honest)).toBeDefined()
    for (let t = 0; t < 8; t++) {
      const key = torsionPoint(t).toHex() as PublicKey
      expect(codeOf(await aClient(clientSeed, key))).toBe('handshake/key-unusable')
    }
  })

  test('[H3] a proof put together by hand is taken where the key is another, and no other', async () => {
    const server = await aServer(new Uint8Array(32).fill(6))
    await server.feed({ type: 'bytes', bytes: forgedHello })
    const message = (claim: Uint8Array) =>
      concatBytes(signBytes(claim, clientSeed), hexToBytes(publicKeyOf(clientSeed)))
    await server.feed({ type: 'bytes', bytes: forgeProof(server.sent[0]!, message) })
    expect(securedOf(server).remoteKey).toBe(publicKeyOf(clientSeed))
  })

  test('[H3] a server refuses a client that shows the server its own key, though the signature holds', async () => {
    const server = await aServer(new Uint8Array(32).fill(6))
    await server.feed({ type: 'bytes', bytes: forgedHello })
    const message = (claim: Uint8Array) => concatBytes(signBytes(claim, serverSeed), hexToBytes(serverKey))
    await server.feed({ type: 'bytes', bytes: forgeProof(server.sent[0]!, message) })
    expect(server.outcome()).toEqual({ code: 'handshake/proof-invalid', stage: 'msg3' })
  })

  test('[H3] a server refuses a key with a part of small order, though the signature holds', async () => {
    const server = await aServer(new Uint8Array(32).fill(6))
    await server.feed({ type: 'bytes', bytes: forgedHello })
    const message = (claim: Uint8Array): Uint8Array => {
      // One signature in eight holds without the cofactor.
      for (let attempt = 0; ; attempt++) {
        const made = make({ a: scalar('a'), t: 1, r: scalar(`r${attempt}`), u: 0 }, claim)
        if (!made.holds) continue
        const signature = hexToBytes(made.signature) as Signature
        expect(verifySignature(made.publicKey as PublicKey, claim, signature)).toBe(true)
        return concatBytes(signature, hexToBytes(made.publicKey))
      }
    }
    await server.feed({ type: 'bytes', bytes: forgeProof(server.sent[0]!, message) })
    expect(server.outcome()).toEqual({ code: 'handshake/proof-invalid', stage: 'msg3' })
  })

  test('[H3] a hello sent back to who said it is refused', async () => {
    const client = await aClient(clientSeed)
    await client.feed({ type: 'bytes', bytes: client.sent[0]! })
    expect(client.outcome()).toEqual({ code: 'handshake/ephemeral-unusable', stage: 'msg2' })
  })

  test('[H3] an ephemeral key in another encoding than its only one is refused, with a hello that is right otherwise', async () => {
    const honest = ephemeralOf(forgedHello)
    // The top bit means nothing to X25519, and 2^255 - 10 is p + 9: the base point again.
    const others = [honest.with(31, honest[31]! | 0x80), hexToBytes(`f6${'ff'.repeat(30)}7f`)]
    for (const ephemeral of others) {
      expect(x25519(clientSeed, ephemeral)).toBeDefined()
      const mac = hmac(sha512, hexToBytes(networkId), ephemeral).subarray(0, 32)
      const server = await aServer(serverSeed)
      await server.feed({ type: 'bytes', bytes: concatBytes(mac, ephemeral) })
      expect(server.outcome()).toEqual({ code: 'handshake/ephemeral-unusable', stage: 'msg1' })
    }
  })

  test('[H3] what one session recorded is of no use in another', async () => {
    const [client, server] = [await aClient(new Uint8Array(32).fill(5)), await aServer(new Uint8Array(32).fill(6))]
    await converse(client, server)
    const again = await aServer(new Uint8Array(32).fill(7))
    for (const bytes of client.sent) await again.feed({ type: 'bytes', bytes })
    expect(again.outcome()).toEqual({ code: 'handshake/proof-invalid', stage: 'msg3' })
    const dialsAgain = await aClient(new Uint8Array(32).fill(8))
    for (const bytes of server.sent) await dialsAgain.feed({ type: 'bytes', bytes })
    expect(dialsAgain.outcome()).toEqual({ code: 'handshake/proof-invalid', stage: 'msg4' })
  })

  test('[H3] one changed bit in any message never leads to keys at both ends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 3 }), fc.nat(), async (which, place) => {
        const [client, server] = [await aClient(new Uint8Array(32).fill(5)), await aServer(new Uint8Array(32).fill(6))]
        let count = 0
        await converse(client, server, (message) => {
          if (count++ !== which) return [message]
          const at = place % (message.length * 8)
          return [message.with(at >> 3, message[at >> 3]! ^ (1 << (at & 7)))]
        })
        expect(isSecured(client.outcome())).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  test('[H11] more than is due, and more than two reads bring along, ends it', async () => {
    const server = await aServer(serverSeed)
    await server.feed({ type: 'bytes', bytes: new Uint8Array(64 + maxEarlyBytes + 1) })
    expect(server.outcome()).toEqual({ code: 'handshake/flooded', stage: 'msg1', limit: 64 + maxEarlyBytes })
  })

  test('[H11] whatever it sends, the steps end in a failure and never throw', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }),
        fc.boolean(),
        async (chunks, isClient) => {
          const party = isClient ? await aClient(clientSeed) : await aServer(serverSeed)
          for (const bytes of chunks) await party.feed({ type: 'bytes', bytes })
          await party.feed({ type: 'end' })
          expect(isSecured(party.outcome())).toBe(false)
          expect(party.phase()).toBe('over')
        },
      ),
    )
  })
})

describe('the end of a handshake', () => {
  test('[H10] comes with the tick at its deadline, and not before', async () => {
    const party = await aParty({ role: 'server', seed: serverSeed, ephemeral: serverSeed, deadlineMs: 5_000 })
    await party.feed({ type: 'tick', nowMs: 4_999 })
    expect(party.phase()).toBe('msg1')
    await party.feed({ type: 'tick', nowMs: 5_000 })
    expect(party.outcome()).toEqual({ code: 'handshake/timeout', stage: 'msg1' })
  })

  test('leaves no secret in its memory, neither after success nor after failure', async () => {
    const ephemeral = new Uint8Array(32).fill(9)
    const publicKey = serverKey
    const [waiting] = startServer({ networkId, publicKey, ephemeral, deadlineMs: 1 })
    const client = await aClient(clientSeed)
    const [agreed] = step(waiting, { type: 'bytes', bytes: client.sent[0]! })
    if (agreed.phase !== 'msg3') throw new Error(`it is at ${agreed.phase}`)
    const secrets = Object.values(agreed.secrets)
    expect(secrets).toHaveLength(2)
    const [over] = step(agreed, { type: 'end' })
    expect(over).toEqual({ phase: 'over' })
    for (const secret of [ephemeral, ...secrets]) expect(secret).toEqual(new Uint8Array(32))
  })

  test('is final: nothing that comes later changes it or is answered', () => {
    const start = { networkId, publicKey: serverKey, ephemeral: new Uint8Array(32).fill(9), deadlineMs: 1 }
    const [over] = startClient(start, serverKey)
    const later = [{ type: 'end' }, { type: 'tick', nowMs: 2 }, { type: 'bytes', bytes: new Uint8Array(64) }] as const
    for (const input of later) expect(step(over, input)).toEqual([{ phase: 'over' }, []])
  })
})
