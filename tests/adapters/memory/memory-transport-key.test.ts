import { expect, test } from 'vitest'
import { answerHandshake } from '../../../src/adapters/memory/answer-handshake.ts'
import { memoryTransportKey } from '../../../src/adapters/memory/memory-transport-key.ts'
import { publicKeyOf, signBytes } from '../../../src/core/entry/sign.ts'
import { takibiNetworkId } from '../../../src/core/transport-key/network-id.ts'
import { clientClaim } from '../../../src/core/transport-key/question.ts'
import { x25519PublicKey } from '../../../src/core/transport-key/x25519.ts'
import { transportKeyContract } from '../../contracts/transport-key.ts'

const filled = (byte: number) => new Uint8Array(32).fill(byte)

transportKeyContract('memory', async (networkId) => memoryTransportKey(filled(5), networkId))

test('[K7] a transport key uses what it has checked, also where somebody writes into it meanwhile', async () => {
  const key = memoryTransportKey(filled(5))
  const { signal } = new AbortController()
  const aQuestion = () =>
    ({
      ask: 'dial',
      networkId: takibiNetworkId,
      server: publicKeyOf(filled(6)),
      ephemeral: x25519PublicKey(filled(7)),
      s1: filled(8),
      s2: filled(9),
    }) as const
  const question = aQuestion()
  const answering = key.answer(question, signal)
  for (const part of [question.ephemeral, question.s1, question.s2]) part.fill(0)
  expect(await answering).toEqual(await key.answer(aQuestion(), signal))
})

test('[K7] a client that shows the key itself is refused, though its signature holds', async () => {
  const own = publicKeyOf(filled(5))
  const s1 = filled(8)
  const question = {
    ask: 'accept',
    networkId: takibiNetworkId,
    client: own,
    clientSignature: signBytes(clientClaim(takibiNetworkId, own, s1), filled(5)),
    ephemeral: x25519PublicKey(filled(7)),
    s1,
    s3: filled(9),
  } as const
  const asked = memoryTransportKey(filled(5)).answer(question, new AbortController().signal)
  await expect(asked).rejects.toMatchObject({ code: 'signer/refused' })
})

test('[K7] nothing is derived from a shared secret of zeros, whatever the platform thinks of it', async () => {
  const question = {
    ask: 'open',
    networkId: takibiNetworkId,
    ephemeral: x25519PublicKey(filled(7)),
    s1: filled(8),
  } as const
  const secret = {
    publicKey: publicKeyOf(filled(5)),
    networkId: takibiNetworkId,
    sign: (message: Uint8Array) => signBytes(message, filled(5)),
    agree: () => new Uint8Array(32),
  }
  await expect(answerHandshake(secret, question)).rejects.toMatchObject({ code: 'signer/refused' })
})
