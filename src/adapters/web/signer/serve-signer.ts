import { decodeUnsignedEntry } from '../../../core/entry/decode.ts'
import { helloClaim, isHelloClaim } from '../../../core/hello-claim.ts'
import type { PublicKey, Signature } from '../../../core/ids.ts'
import type { TransportKey } from '../../../ports/transport-key.ts'
import type { DeviceKey } from './device-key.ts'
import type { SignerAnswer, SignerRefusal, SignerRequest } from './messages.ts'

const refused = (reason: string): SignerRefusal => ({ code: 'signer/refused', reason })

/** Why these bytes are not signed, or `undefined` when they are the unsigned part of an entry by this very key. */
function objection(publicKey: PublicKey, unsigned: unknown): string | undefined {
  if (!(unsigned instanceof Uint8Array)) return 'something that is not bytes'
  const entry = decodeUnsignedEntry(unsigned)
  if (!entry.ok) return 'bytes that are not an unsigned entry'
  return entry.value.publicKey === publicKey ? undefined : 'an entry by another key'
}

async function signAll(key: DeviceKey, unsigned: readonly Uint8Array[]): Promise<readonly Signature[] | SignerRefusal> {
  for (const bytes of unsigned) {
    const reason = objection(key.publicKey, bytes)
    if (reason !== undefined) return refused(`it was asked to sign ${reason}`)
  }
  return Promise.all(unsigned.map((bytes) => key.sign(bytes)))
}

async function signHello(
  key: DeviceKey,
  { side, handshakeHash }: Extract<SignerRequest, { readonly ask: 'signHello' }>,
): Promise<readonly Signature[] | SignerRefusal> {
  if (!isHelloClaim(side, handshakeHash)) return refused('it was asked to sign something that is no claim')
  return [await key.sign(helloClaim(side, handshakeHash))]
}

/** The keys of a signer. The transport key is opened, and made, when somebody asks for it. */
export interface SignerOwn {
  readonly device: Promise<DeviceKey>
  readonly transport: () => Promise<TransportKey>
}

const never = new AbortController().signal

/** Failures of a key are plain objects with a code; anything else comes from the browser. */
const toRefusal = (thrown: unknown): SignerRefusal =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 'signer/refused'
    ? (thrown as SignerRefusal)
    : { code: 'signer/unavailable', reason: String(thrown) }

/** Answers an engine's requests over its port. All or none of a request is signed. */
export function serveSigner({ device, transport }: SignerOwn, port: MessagePort): void {
  const answer = async (request: SignerRequest): Promise<SignerAnswer> => {
    const { id } = request
    try {
      if (request.ask === 'transportKey') return { id, publicKeys: [await (await transport()).publicKey()] }
      if (request.ask === 'answerHandshake')
        return { id, answered: await (await transport()).answer(request.question, never) }
      if (request.ask === 'sealSignal')
        return { id, signal: await (await transport()).seal(request.to, request.plain, never) }
      if (request.ask === 'unsealSignal')
        return { id, signal: await (await transport()).unseal(request.from, request.sealed, never) }
      const key = await device
      if (request.ask === 'publicKeys') return { id, publicKeys: [key.publicKey] }
      const signed = await (request.ask === 'signHello' ? signHello(key, request) : signAll(key, request.unsigned))
      return 'code' in signed ? { id, failure: signed } : { id, signatures: signed }
    } catch (thrown) {
      return { id, failure: toRefusal(thrown) }
    }
  }
  // A key that cannot be opened is told to whoever asks, not to the console.
  device.catch(() => undefined)
  port.addEventListener('message', (event: MessageEvent<SignerRequest>) => {
    void answer(event.data).then((answered) => port.postMessage(answered))
  })
  port.start()
}
