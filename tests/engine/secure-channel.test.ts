import { describe, expect, test } from 'vitest'
import { memoryChannelPair } from '../../src/adapters/memory/memory-channel.ts'
import { memoryClock } from '../../src/adapters/memory/memory-clock.ts'
import { memoryRandom } from '../../src/adapters/memory/memory-random.ts'
import { memoryTransportKey } from '../../src/adapters/memory/memory-transport-key.ts'
import { concatBytes } from '../../src/core/bytes/concat.ts'
import { encodeUtf8 } from '../../src/core/bytes/utf8.ts'
import { publicKeyOf } from '../../src/core/entry/sign.ts'
import type { PublicKey } from '../../src/core/ids.ts'
import type { Result } from '../../src/core/result.ts'
import type { NetworkId } from '../../src/core/transport-key/network-id.ts'
import { type SecureChannel, openSecureChannel } from '../../src/engine/secure-channel.ts'
import type { Channel } from '../../src/ports/transport.ts'

const networkId = '5a'.repeat(32) as NetworkId
const [dialling, answering] = [1, 2].map((byte) => new Uint8Array(32).fill(byte)) as [Uint8Array, Uint8Array]
const terms = { networkId, timeoutMs: 10_000 }
const never = new AbortController().signal
const anybody = async () => true

/** Two ends of a channel in memory, and what each does with its own. */
function aMeeting() {
  const clock = memoryClock()
  const [near, far] = memoryChannelPair({ clock })
  const random = memoryRandom(1)
  const portsOf = (seed: Uint8Array) => ({ transportKey: memoryTransportKey(seed, networkId), clock, random })
  return {
    clock,
    near,
    far,
    dial: (channel: Channel = near, server: PublicKey = publicKeyOf(answering), signal: AbortSignal = never) =>
      openSecureChannel(portsOf(dialling), channel, { role: 'client', server }, terms, signal),
    answer: (mayConnect: (publicKey: PublicKey) => Promise<boolean> = anybody, channel: Channel = far) =>
      openSecureChannel(portsOf(answering), channel, { role: 'server', mayConnect }, terms, never),
  }
}

const opened = (result: Result<SecureChannel, { readonly code: string }>): SecureChannel => {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}
async function aSecureMeeting(change?: (near: Channel) => Channel) {
  const meeting = aMeeting()
  const near = change ? change(meeting.near) : meeting.near
  const [dialled, answered] = await Promise.all([meeting.dial(near), meeting.answer()])
  return { ...meeting, client: opened(dialled), server: opened(answered) }
}

const hear = async (channel: SecureChannel): Promise<string> => {
  const heard: Uint8Array[] = []
  for await (const bytes of channel.received) heard.push(bytes)
  return new TextDecoder().decode(concatBytes(...heard))
}
const say = async (channel: SecureChannel, ...words: readonly string[]): Promise<void> => {
  for (const word of words) await channel.write(encodeUtf8(word))
}

describe('a secure channel', () => {
  test('[H2] has the keys that were proved, and one name at both ends', async () => {
    const { client, server } = await aSecureMeeting()
    expect(client.remoteKey).toBe(publicKeyOf(answering))
    expect(server.remoteKey).toBe(publicKeyOf(dialling))
    expect(client.handshakeHash).toEqual(server.handshakeHash)
  })

  test('[H7] carries what was written both ways, until each side has said goodbye', async () => {
    const { client, server } = await aSecureMeeting()
    await say(client, 'where ', 'are ', 'the tents?')
    await client.end()
    await say(server, 'in the barn')
    await server.end()
    expect(await hear(server)).toBe('where are the tents?')
    expect(await hear(client)).toBe('in the barn')
  })

  test('[H7] nothing goes out behind the goodbye: its nonces would be used twice', async () => {
    const { client, server } = await aSecureMeeting()
    await say(client, 'good night')
    await client.end()
    await expect(client.write(encodeUtf8('one more thing'))).rejects.toThrow('behind the goodbye')
    await expect(client.flush()).rejects.toThrow('behind the goodbye')
    await client.end()
    expect(await hear(server)).toBe('good night')
  })

  test('[H7] a channel that is gone without goodbye is told from one that ended', async () => {
    const { client, server, near } = await aSecureMeeting()
    await say(client, 'half a sen')
    await client.flush()
    near.close()
    await expect(hear(server)).rejects.toEqual({ code: 'channel/cut-off' })
  })

  test('[H6] a byte changed on the way ends the connection in both directions', async () => {
    let sent = 0
    const { client, server, near } = await aSecureMeeting((channel) => ({
      ...channel,
      // The third message is the first behind the handshake.
      send: (bytes) => channel.send(++sent === 3 ? bytes.with(40, bytes[40]! ^ 1) : bytes),
    }))
    await say(client, 'the key lies under the stone')
    await client.flush()
    await expect(hear(server)).rejects.toEqual({ code: 'channel/tag-invalid', part: 'body' })
    await near.closed
  })

  test('[H8] what the server says at once behind its proof is not lost', async () => {
    const held: Uint8Array[] = []
    const meeting = aMeeting()
    // Everything the server sends from its second message on arrives in one piece.
    let sent = 0
    const far: Channel = {
      ...meeting.far,
      send: async (bytes) => {
        if (++sent === 1) return meeting.far.send(bytes)
        held.push(bytes)
        if (held.length === 2) await meeting.far.send(concatBytes(...held))
      },
    }
    const greet = async (): Promise<void> => {
      const server = opened(await meeting.answer(anybody, far))
      await say(server, 'welcome')
      await server.flush()
    }
    const [dialled] = await Promise.all([meeting.dial(), greet()])
    const client = opened(dialled)
    for await (const bytes of client.received) {
      expect(new TextDecoder().decode(bytes)).toBe('welcome')
      break
    }
  })
})

describe('no channel comes about', () => {
  test('[H10] where the other side says nothing until the deadline', async () => {
    const { clock, dial, near } = aMeeting()
    const dialled = dial()
    await clock.advance(9_999)
    await clock.advance(1)
    expect(await dialled).toEqual({ ok: false, error: { code: 'handshake/timeout', stage: 'msg2' } })
    await near.closed
  })

  test('[H10] where bytes drip in: they do not move the deadline', async () => {
    const { clock, answer, near } = aMeeting()
    const answered = answer()
    for (let byte = 0; byte < 20; byte++) {
      await near.send(Uint8Array.of(byte)).catch(() => undefined)
      await clock.advance(600)
    }
    expect(await answered).toEqual({ ok: false, error: { code: 'handshake/timeout', stage: 'msg1' } })
  })

  test('[H10] where nobody decides in time whether the other side may connect', async () => {
    const { clock, dial, answer } = aMeeting()
    let isAsked = (): void => undefined
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve
    })
    const answered = answer(() => {
      isAsked()
      return new Promise<boolean>(() => undefined)
    })
    const dialled = dial()
    await asked
    await clock.advance(10_000)
    expect(await answered).toEqual({ ok: false, error: { code: 'handshake/timeout', stage: 'authorize' } })
    expect(await dialled).toMatchObject({ ok: false })
  })

  test('[H10] where the signer does not answer', async () => {
    for (const silent of ['publicKey', 'answer'] as const) {
      const { clock, near, far, answer } = aMeeting()
      const key = memoryTransportKey(dialling, networkId)
      let isAsked = (): void => undefined
      const asked = new Promise<void>((resolve) => {
        isAsked = resolve
      })
      const hang = () => {
        isAsked()
        return new Promise<never>(() => undefined)
      }
      const ports = { transportKey: { ...key, [silent]: hang }, clock, random: memoryRandom(2) }
      const answered = answer(anybody, far)
      const dialled = openSecureChannel(ports, near, { role: 'client', server: publicKeyOf(answering) }, terms, never)
      await asked
      await clock.advance(10_000)
      expect(await dialled).toMatchObject({ ok: false, error: { code: 'handshake/timeout' } })
      expect(await answered).toMatchObject({ ok: false })
    }
  })

  test('[H10] a clock that is set back does not move the deadline', async () => {
    const { clock, dial } = aMeeting()
    const dialled = dial()
    clock.set(1_000)
    await clock.advance(1_700_000_010_000)
    expect(await dialled).toEqual({ ok: false, error: { code: 'handshake/timeout', stage: 'msg2' } })
  })

  test('[H3] where the key may not connect, or the decision fails; the other side learns nothing', async () => {
    for (const mayConnect of [async () => false, () => Promise.reject(new Error('the store is closed'))]) {
      const { dial, answer } = aMeeting()
      const [dialled, answered] = await Promise.all([dial(), answer(mayConnect)])
      expect(answered).toEqual({
        ok: false,
        error: { code: 'handshake/peer-refused', publicKey: publicKeyOf(dialling) },
      })
      expect(dialled).toEqual({ ok: false, error: { code: 'handshake/cut-off', stage: 'msg4' } })
    }
  })

  test('[H3] where another key is dialled than the one that answers', async () => {
    const { dial, answer, near } = aMeeting()
    const [dialled, answered] = await Promise.all([dial(near, publicKeyOf(new Uint8Array(32).fill(9))), answer()])
    expect(answered).toEqual({ ok: false, error: { code: 'handshake/proof-invalid', stage: 'msg3' } })
    expect(dialled).toEqual({ ok: false, error: { code: 'handshake/cut-off', stage: 'msg4' } })
  })

  test('[H3] where the channel breaks while something is sent', async () => {
    const { dial, near } = aMeeting()
    near.close()
    expect(await dial()).toMatchObject({ ok: false, error: { code: 'handshake/cut-off' } })
  })

  test('where whoever asked wants no more of it, and the channel is closed', async () => {
    const { dial, near } = aMeeting()
    const controller = new AbortController()
    const dialled = dial(near, publicKeyOf(answering), controller.signal)
    controller.abort(new Error('enough'))
    await expect(dialled).rejects.toThrow('enough')
    await near.closed
  })

  test('where the transport key cannot be asked, and the channel is closed', async () => {
    const { near, clock } = aMeeting()
    // Ports reject with plain failures.
    const lost: unknown = { code: 'signer/unavailable', reason: 'the browser ended its worker' }
    const key = memoryTransportKey(dialling, networkId)
    const ports = {
      transportKey: { ...key, publicKey: () => Promise.reject(lost) },
      clock,
      random: memoryRandom(1),
    }
    const who = { role: 'client', server: publicKeyOf(answering) } as const
    await expect(openSecureChannel(ports, near, who, terms, never)).rejects.toBe(lost)
    await near.closed
  })
})
