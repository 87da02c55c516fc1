import type { PublicKey, SchemaId } from '../../src/core/ids.ts'
import type { SenderStart, SenderStarted } from './sender-worker.ts'

/** A device in a worker of its own that has everything of a bundle, and shares it. */
export interface Sender {
  readonly schemaId: SchemaId
  readonly transportKey: PublicKey
  /** A port at whose other end it answers. */
  readonly connect: () => MessagePort
}

export const startSender = (bundle: readonly Uint8Array[]): Promise<Sender> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('sender-worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('error', (event) => reject(new Error(event.message)))
    worker.addEventListener('message', ({ data }: MessageEvent<SenderStarted>) => {
      const connect = (): MessagePort => {
        const { port1, port2 } = new MessageChannel()
        worker.postMessage(port2, [port2])
        return port1
      }
      resolve({ ...data, connect })
    })
    worker.postMessage({ bundle } satisfies SenderStart)
  })
