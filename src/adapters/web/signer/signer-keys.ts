import { assert } from '../../../core/assert.ts'
import type { Keys, PaperKey, TransportKey } from '../../../ports/index.ts'
import type { PaperAnswers, SignerAnswer, SignerRefusal, SignerRequest } from './messages.ts'

type Question = SignerRequest extends infer R ? (R extends SignerRequest ? Omit<R, 'id'> : never) : never

/** The signer at the other end of the port, as the engine sees it. */
export interface SignerKeys extends Keys {
  readonly transport: TransportKey
  readonly paper: PaperKey
  /** Rejects what waits and all that comes: the signer is known to be dead. */
  readonly fail: (failure: SignerRefusal) => void
}

/** The Keys port over a MessagePort. The host starts the worker; this only talks. */
export function signerKeys(port: MessagePort): SignerKeys {
  let lastId = 0
  let lost: SignerRefusal | undefined
  const waiting = new Map<number, (answer: SignerAnswer) => void>()

  port.addEventListener('message', (event: MessageEvent<SignerAnswer>) => {
    waiting.get(event.data.id)?.(event.data)
    waiting.delete(event.data.id)
  })
  port.start()

  const ask = (question: Question, signal?: AbortSignal): Promise<SignerAnswer> =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      // Failures are plain objects here: they must survive being posted on.
      if (lost) return reject(lost)
      const id = ++lastId
      const stop = (): void => {
        waiting.delete(id)
        reject(signal?.reason as Error)
      }
      signal?.addEventListener('abort', stop, { once: true })
      waiting.set(id, (answer) => {
        signal?.removeEventListener('abort', stop)
        if ('failure' in answer) reject(answer.failure)
        else resolve(answer)
      })
      port.postMessage({ id, ...question })
    })

  const askPaper = async <Call extends keyof PaperKey>(call: Call, ...typed: readonly string[]) => {
    const answer = await ask({ ask: 'paperKey', call, typed })
    assert('paper' in answer, 'the signer answered another question')
    return answer.paper as PaperAnswers[Call]
  }

  return {
    publicKeys: async () => {
      const answer = await ask({ ask: 'publicKeys' })
      assert('publicKeys' in answer, 'the signer answered another question')
      return answer.publicKeys
    },
    signEntries: async (unsigned, signal) => {
      const answer = await ask({ ask: 'signEntries', unsigned }, signal)
      assert('signatures' in answer, 'the signer answered another question')
      return answer.signatures
    },
    signHello: async (side, handshakeHash, signal) => {
      const answer = await ask({ ask: 'signHello', side, handshakeHash }, signal)
      const [signature] = 'signatures' in answer ? answer.signatures : []
      assert(signature, 'the signer answered another question')
      return signature
    },
    transport: {
      publicKey: async () => {
        const answer = await ask({ ask: 'transportKey' })
        const [publicKey] = 'publicKeys' in answer ? answer.publicKeys : []
        assert(publicKey, 'the signer answered another question')
        return publicKey
      },
      answer: async (question, signal) => {
        const answer = await ask({ ask: 'answerHandshake', question }, signal)
        assert('answered' in answer, 'the signer answered another question')
        return answer.answered
      },
      seal: async (to, plain, signal) => {
        const answer = await ask({ ask: 'sealSignal', to, plain }, signal)
        assert('signal' in answer && answer.signal, 'the signer answered another question')
        return answer.signal
      },
      unseal: async (from, sealed, signal) => {
        const answer = await ask({ ask: 'unsealSignal', from, sealed }, signal)
        assert('signal' in answer, 'the signer answered another question')
        return answer.signal
      },
    },
    paper: {
      publicKey: () => askPaper('publicKey'),
      signsBy: (publicKey) => askPaper('signsBy', publicKey),
      make: () => askPaper('make'),
      words: () => askPaper('words'),
      confirm: (typed) => askPaper('confirm', ...typed),
      wipe: () => askPaper('wipe'),
      takeUp: (text) => askPaper('takeUp', text),
      letGo: () => askPaper('letGo'),
    },
    fail: (failure) => {
      lost = failure
      for (const [id, answer] of waiting) answer({ id, failure })
      waiting.clear()
    },
  }
}
