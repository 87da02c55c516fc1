import { memoryKeys } from '../../src/adapters/memory/memory-keys.ts'
import { openMemoryStore } from '../../src/adapters/memory/memory-store.ts'
import { memoryTransportKey } from '../../src/adapters/memory/memory-transport-key.ts'
import { installFastBlake3 } from '../../src/adapters/web/fast-blake3.ts'
import { portChannel } from '../../src/adapters/web/port-channel.ts'
import type { PublicKey, SchemaId } from '../../src/core/ids.ts'
import { call, openDevice, stream, valueOf } from './engine.ts'

/** What it is to have. After it come ports, at each of which somebody dials. */
export interface SenderStart {
  readonly bundle: readonly Uint8Array[]
}
export interface SenderStarted {
  readonly schemaId: SchemaId
  readonly transportKey: PublicKey
}

const seed = crypto.getRandomValues(new Uint8Array(32))
const transportKey = memoryTransportKey(seed)
const engine = openDevice(memoryKeys([seed]), openMemoryStore())

async function start({ bundle }: SenderStart): Promise<SenderStarted> {
  await installFastBlake3()
  valueOf(await engine.importBundle(stream(bundle), call))
  const schema = valueOf(await engine.schemas()).find(({ definition }) => definition !== undefined)
  if (!schema) throw new Error('The bundle has no schema')
  valueOf(await engine.share(schema.id))
  return { schemaId: schema.id, transportKey: await transportKey.publicKey() }
}

addEventListener('message', ({ data }: MessageEvent<SenderStart | MessagePort>) => {
  if (data instanceof MessagePort) engine.attach(portChannel(data, 'webrtc'), { role: 'server' }, transportKey)
  else
    start(data).then(postMessage, (thrown: unknown) => {
      // An error of the worker itself is what whoever started it hears of.
      setTimeout(() => {
        throw thrown
      })
    })
})
