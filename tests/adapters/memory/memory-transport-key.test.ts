import { expect, test } from 'vitest'
import { memoryTransportKey } from '../../../src/adapters/memory/memory-transport-key.ts'
import { publicKeyOf } from '../../../src/core/entry/sign.ts'
import { takibiNetworkId } from '../../../src/core/transport-key/network-id.ts'
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
