import { describe, expect, test } from 'vitest'
import { memoryTransportKey } from '../../src/adapters/memory/memory-transport-key.ts'
import { bytesToHex, hexToBytes } from '../../src/core/bytes/hex.ts'
import { blake3 } from '../../src/core/hash/blake3.ts'
import type { Signature } from '../../src/core/ids.ts'
import { type TransportQuestion, clientClaim, serverClaim } from '../../src/core/transport-key/question.ts'
import { toX25519PublicKey, toX25519Secret, x25519, x25519PublicKey } from '../../src/core/transport-key/x25519.ts'
import { type Party, aParty, bytewise, converse, hexOf, isSecured, securedOf } from './party.ts'
import { type HandshakeVector, type RefusedHandshake, type RefusedKey, handshakeNamed, shs } from './vectors.ts'

const clientOf = ({ networkId, client, server }: HandshakeVector): Promise<Party> =>
  aParty({
    role: 'client',
    network: networkId,
    seed: hexToBytes(client.ed25519Seed),
    ephemeral: hexToBytes(client.ephemeralSecret),
    server: server.ed25519PublicKey,
  })
const serverOf = ({ networkId, server }: HandshakeVector, isAllowed = true): Promise<Party> =>
  aParty({
    role: 'server',
    network: networkId,
    seed: hexToBytes(server.ed25519Seed),
    ephemeral: hexToBytes(server.ephemeralSecret),
    isAllowed: () => isAllowed,
  })

const keysOf = ({ key, nonce }: { readonly key: Uint8Array; readonly nonce: Uint8Array }) => ({
  key: bytesToHex(key),
  nonce: bytesToHex(nonce),
})

describe.each(shs.handshakes)('$id', (vector) => {
  const { networkId, client, server, msg1, msg2, msg3, msg4, clientToServer, serverToClient } = vector

  test('[H1] long-term keys convert as the reference converts them', () => {
    for (const side of [client, server]) {
      const secret = toX25519Secret(hexToBytes(side.ed25519Seed))
      expect(bytesToHex(secret)).toBe(side.x25519SecretFromLongTerm)
      expect(bytesToHex(toX25519PublicKey(side.ed25519PublicKey)!)).toBe(side.x25519PublicFromLongTerm)
      expect(bytesToHex(x25519PublicKey(secret))).toBe(side.x25519PublicFromLongTerm)
      expect(bytesToHex(x25519PublicKey(hexToBytes(side.ephemeralSecret)))).toBe(side.ephemeralPublic)
    }
  })

  test('[K6] the transport keys sign the bytes of the reference, and derive its keys', async () => {
    const [a, b] = [hexToBytes(client.ephemeralSecret), hexToBytes(server.ephemeralSecret)]
    const s1 = x25519(a, hexToBytes(server.ephemeralPublic))!
    const s2 = x25519(a, hexToBytes(server.x25519PublicFromLongTerm))!
    const s3 = x25519(b, hexToBytes(client.x25519PublicFromLongTerm))!
    expect(hexOf([s1, s2, s3])).toEqual([vector.sharedSecret_ab, vector.sharedSecret_aB, vector.sharedSecret_Ab])
    const clientSignature = hexToBytes(vector.msg3Signature) as Signature
    const serverClaimed = serverClaim(networkId, client.ed25519PublicKey, clientSignature, s1)
    expect(bytesToHex(clientClaim(networkId, server.ed25519PublicKey, s1))).toBe(vector.msg3SignedBytes)
    expect(bytesToHex(serverClaimed)).toBe(vector.msg4SignedBytes)

    const ask = async (side: { readonly ed25519Seed: string }, question: TransportQuestion) => {
      const key = memoryTransportKey(hexToBytes(side.ed25519Seed), networkId)
      const answer = await key.answer(question, new AbortController().signal)
      return { key: bytesToHex(answer.key), ...(answer.signature && { signature: bytesToHex(answer.signature) }) }
    }
    const toClient = { networkId, ephemeral: hexToBytes(server.ephemeralPublic), s1 }
    const toServer = { networkId, ephemeral: hexToBytes(client.ephemeralPublic), s1 }
    expect(await ask(client, { ask: 'dial', ...toClient, server: server.ed25519PublicKey, s2 })).toEqual({
      key: vector.msg4Key,
      signature: vector.msg3Signature,
    })
    expect(await ask(server, { ask: 'open', ...toServer })).toEqual({ key: vector.msg3Key })
    const accept = { ask: 'accept', ...toServer, client: client.ed25519PublicKey, clientSignature, s3 } as const
    expect(await ask(server, accept)).toEqual({ key: vector.msg4Key, signature: vector.msg4Signature })
  })

  test.each([
    ['whole', undefined],
    ['byte by byte', bytewise],
  ])('[H1] both sides send what the reference sends and get its keys, messages %s', async (_, split) => {
    const [dialling, answering] = [await clientOf(vector), await serverOf(vector)]
    await converse(dialling, answering, split)
    expect(hexOf(dialling.sent)).toEqual([msg1, msg3])
    expect(hexOf(answering.sent)).toEqual([msg2, msg4])
    const [atClient, atServer] = [securedOf(dialling), securedOf(answering)]
    expect(keysOf(atClient.writer)).toEqual(clientToServer)
    expect(atClient.reader).toMatchObject({ key: atServer.writer.key, nonce: atServer.writer.nonce })
    expect(keysOf(atServer.writer)).toEqual(serverToClient)
    expect(atServer.reader).toMatchObject({ key: atClient.writer.key, nonce: atClient.writer.nonce })
    expect(atClient.remoteKey).toBe(server.ed25519PublicKey)
    expect(atServer.remoteKey).toBe(client.ed25519PublicKey)
  })

  test('[H2] both sides name the connection by the hash of its four messages', async () => {
    const [dialling, answering] = [await clientOf(vector), await serverOf(vector)]
    await converse(dialling, answering)
    const expected = blake3(hexToBytes(msg1 + msg2 + msg3 + msg4))
    expect(securedOf(dialling).handshakeHash).toEqual(expected)
    expect(securedOf(answering).handshakeHash).toEqual(expected)
  })
})

test.each(shs.recordedThirdParty)(
  '[H1] a handshake that another library recorded is replayed to its keys',
  async (vector) => {
    const dialling = await aParty({
      role: 'client',
      network: vector.networkId,
      seed: hexToBytes(vector.clientSecretKey).subarray(0, 32),
      ephemeral: hexToBytes(vector.clientEphemeralSecret),
      server: vector.serverPublicKey,
    })
    await dialling.feed({ type: 'bytes', bytes: hexToBytes(vector.msg2) })
    await dialling.feed({ type: 'bytes', bytes: hexToBytes(vector.msg4) })
    expect(hexOf(dialling.sent)).toEqual([vector.msg1, vector.msg3])
    expect(keysOf(securedOf(dialling).writer)).toEqual(vector.clientToServer)
    expect(securedOf(dialling).reader).toMatchObject({
      key: hexToBytes(vector.serverToClient.key),
      nonce: hexToBytes(vector.serverToClient.nonce),
    })
  },
)

const stageOfFailure = (party: Party): string => {
  const failure = party.outcome()
  if (!failure || isSecured(failure)) return 'none'
  if (failure.code === 'handshake/peer-refused') return 'authorize'
  return 'stage' in failure ? failure.stage : 'config'
}

/** What the other side says before the message that is wrong. */
const before: Record<string, readonly ('msg1' | 'msg2')[]> = {
  msg1: [],
  msg2: [],
  msg3: ['msg1'],
  authorize: ['msg1'],
  msg4: ['msg2'],
}

const refused = shs.invalid.filter((each): each is RefusedHandshake => each.kind === 'handshake')

describe.each([
  ['whole', (bytes: Uint8Array) => [bytes]],
  ['byte by byte', bytewise],
] as const)('a refused message, fed %s,', (_, split) => {
  test.each(refused)('[H3] $id: ends at $expectedRejectionStage, and nothing is sent any more', async (wrong) => {
    const vector = handshakeNamed(wrong.handshake)
    const party = wrong.role === 'client' ? await clientOf(vector) : await serverOf(vector, wrong.authorize)
    for (const name of before[wrong.expectedRejectionStage]!)
      await party.feed({ type: 'bytes', bytes: hexToBytes(vector[name]) })
    const sent = party.sent.length
    for (const bytes of split(hexToBytes(wrong.input))) await party.feed({ type: 'bytes', bytes })
    if (wrong.eof) await party.feed({ type: 'end' })
    expect(stageOfFailure(party)).toBe(wrong.expectedRejectionStage)
    expect(party.sent).toHaveLength(sent)
  })
})

const unusable = shs.invalid.filter((each): each is RefusedKey => each.kind === 'config')

test.each(unusable)('[H4] $id: is not dialled, and nothing is sent', async ({ serverPublicKey }) => {
  const vector = shs.handshakes[0]!
  const party = await clientOf({ ...vector, server: { ...vector.server, ed25519PublicKey: serverPublicKey } })
  expect(party.outcome()).toEqual({ code: 'handshake/key-unusable', publicKey: serverPublicKey })
  expect(party.sent).toEqual([])
})

test('the file holds what its README says', () => {
  expect([shs.handshakes.length, shs.recordedThirdParty.length, refused.length, unusable.length]).toEqual([5, 6, 59, 2])
})
