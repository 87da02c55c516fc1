import { memoryKeys } from '../src/adapters/memory/memory-keys.ts'
import { memoryTransportKey } from '../src/adapters/memory/memory-transport-key.ts'
import { portChannel } from '../src/adapters/web/port-channel.ts'
import type { LocalEngine } from '../src/engine/engine.ts'
import type { Store } from '../src/ports/store.ts'
import {
  call,
  count,
  dropDatabase,
  freshName,
  makeBundle,
  openDevice,
  openStore,
  stream,
  valueOf,
} from './support/engine.ts'
import type { Subject } from './harness/subject.ts'
import { startSender } from './support/sender.ts'
import { openVerifier } from './support/threads.ts'

const fromFile = 'from a file to queryable'

export const subject: Subject = {
  name: 'transfer',
  about:
    'Takes in 10,000 entries, until all can be queried: from a bundle, which is the floor, and from a device that has them, in a worker of its own, by a session over a message port, handshake and boxes included.',
  where: ['worker'],
  items: count,
  rounds: 5,
  prepare: async () => {
    const bundle = await makeBundle()
    const sender = await startSender(bundle)
    const seed = crypto.getRandomValues(new Uint8Array(32))
    const verifier = openVerifier()
    let name = ''
    let store: Store | undefined
    let engine: LocalEngine | undefined
    const open = async (): Promise<LocalEngine> => {
      name = freshName()
      store = await openStore(name)
      engine = openDevice(memoryKeys([seed]), store, verifier)
      return engine
    }
    const drop = async (): Promise<void> => {
      await engine?.close()
      await store?.[Symbol.asyncDispose]()
      await dropDatabase(name)
    }
    const isAllThere = async (api: LocalEngine): Promise<boolean> => {
      const page = await api.query({ schema: sender.schemaId, first: 1 }, call)
      return page.ok && page.value.totalCount === count
    }
    return [
      {
        name: fromFile,
        run: async () => {
          const api = await open()
          valueOf(await api.importBundle(stream(bundle), call))
          if (!(await isAllThere(api))) throw new Error('Not all of it can be queried')
        },
        after: drop,
      },
      {
        name: 'from a device to queryable',
        floor: { name: fromFile, times: 1.42 },
        run: async () => {
          const api = await open()
          valueOf(await api.share(sender.schemaId))
          const attached = api.attach(
            portChannel(sender.connect(), 'webrtc'),
            { role: 'client', server: sender.transportKey },
            memoryTransportKey(seed),
          )
          const end = new AbortController()
          await new Promise<void>((resolve, reject) => {
            void attached.closed.then((failure) => reject(new Error(`It was cut: ${failure?.code}`)))
            void api.watchShared({
              signal: end.signal,
              report: (shared) => {
                if (shared.ok && shared.value.some(({ peers }) => peers.some(({ state }) => state === 'live')))
                  resolve()
              },
            })
          })
          end.abort()
          if (!(await isAllThere(api))) throw new Error('Not all of it can be queried')
          attached.close()
        },
        after: drop,
      },
    ]
  },
}
