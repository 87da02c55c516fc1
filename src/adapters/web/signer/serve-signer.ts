import { decodeUnsignedEntry } from '../../../core/entry/decode.ts'
import { helloClaim, isHelloClaim } from '../../../core/hello-claim.ts'
import type { PublicKey, Signature } from '../../../core/ids.ts'
import { type Result, fail, ok } from '../../../core/result.ts'
import type { PaperKey } from '../../../ports/paper-key.ts'
import type { TransportKey } from '../../../ports/transport-key.ts'
import type { SigningPaperKey } from '../../memory/paper-key.ts'
import type { DeviceKey } from './device-key.ts'
import type { PaperAnswer, SignerAnswer, SignerRefusal, SignerRequest } from './messages.ts'

const refused = (reason: string): SignerRefusal => ({ code: 'signer/refused', reason })

/** The key that these bytes are the unsigned part of an entry of, or why nobody signs them. */
function keyOf(unsigned: unknown): Result<PublicKey, string> {
  if (!(unsigned instanceof Uint8Array)) return fail('something that is not bytes')
  const entry = decodeUnsignedEntry(unsigned)
  return entry.ok ? ok(entry.value.publicKey) : fail('bytes that are not an unsigned entry')
}

type Sign = (message: Uint8Array) => Promise<Signature>

async function signAll(
  device: DeviceKey,
  paper: SignerOwn['paper'],
  unsigned: readonly Uint8Array[],
): Promise<readonly Signature[] | SignerRefusal> {
  const own = new Map<PublicKey, Sign | undefined>([[device.publicKey, device.sign]])
  const signing: Sign[] = []
  for (const bytes of unsigned) {
    const key = keyOf(bytes)
    if (!key.ok) return refused(`it was asked to sign ${key.error}`)
    if (!own.has(key.value)) own.set(key.value, await (await paper()).signerOf(key.value))
    const sign = own.get(key.value)
    if (!sign) return refused('it was asked to sign an entry by another key')
    signing.push(sign)
  }
  return Promise.all(unsigned.map((bytes, at) => signing[at]!(bytes)))
}

/** The calls of a paper key, by what a person typed. Nothing else of it can be asked for. */
const paperCalls: {
  readonly [Call in keyof PaperKey]: (key: PaperKey, typed: readonly string[]) => Promise<PaperAnswer>
} = {
  publicKey: (key) => key.publicKey(),
  signsBy: (key, [publicKey]) => key.signsBy(publicKey as PublicKey),
  make: (key) => key.make(),
  words: (key) => key.words(),
  confirm: (key, typed) => key.confirm(typed),
  wipe: (key) => key.wipe(),
  takeUp: (key, [text = '']) => key.takeUp(text),
  letGo: (key) => key.letGo(),
}

async function callPaperKey(
  paper: SignerOwn['paper'],
  { call, typed }: Extract<SignerRequest, { readonly ask: 'paperKey' }>,
): Promise<PaperAnswer> {
  if (!Object.hasOwn(paperCalls, call)) throw refused('it was asked for something that it does not do')
  return paperCalls[call](await paper(), typed)
}

async function signHello(
  key: DeviceKey,
  { side, handshakeHash }: Extract<SignerRequest, { readonly ask: 'signHello' }>,
): Promise<readonly Signature[] | SignerRefusal> {
  if (!isHelloClaim(side, handshakeHash)) return refused('it was asked to sign something that is no claim')
  return [await key.sign(helloClaim(side, handshakeHash))]
}

/** The keys of a signer. The transport key and the paper key are opened, and made, when somebody asks for them. */
export interface SignerOwn {
  readonly device: Promise<DeviceKey>
  readonly transport: () => Promise<TransportKey>
  readonly paper: () => Promise<SigningPaperKey>
}

const never = new AbortController().signal

/** Failures of a key are plain objects with a code; anything else comes from the browser. */
const toRefusal = (thrown: unknown): SignerRefusal =>
  typeof thrown === 'object' &&
  thrown !== null &&
  'code' in thrown &&
  typeof thrown.code === 'string' &&
  thrown.code.startsWith('signer/')
    ? (thrown as SignerRefusal)
    : { code: 'signer/unavailable', reason: String(thrown) }

/** Answers an engine's requests over its port. All or none of a request is signed. */
export function serveSigner({ device, transport, paper }: SignerOwn, port: MessagePort): void {
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
      if (request.ask === 'paperKey') return { id, paper: await callPaperKey(paper, request) }
      const key = await device
      if (request.ask === 'publicKeys') return { id, publicKeys: [key.publicKey] }
      const signed = await (request.ask === 'signHello'
        ? signHello(key, request)
        : signAll(key, paper, request.unsigned))
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
