import { installFastBlake3 } from '../src/adapters/web/fast-blake3.ts'
import type { EngineApi } from '../src/engine/api.ts'
import { ownKeys } from '../src/hosts/own-keys.ts'
import type { Subject } from './harness/subject.ts'
import {
  call,
  count,
  defineThings,
  dropDatabase,
  freshName,
  makeKeys,
  makeThings,
  openEngine,
  openStore,
  publishThings,
  putPlain,
} from './support/engine.ts'
import { openVerifier, startSigner } from './support/threads.ts'

/** An entry with its operation, in bytes. */
const rowBytes = 360
const signedBytes = 76

export const subject: Subject = {
  name: 'create',
  about:
    'Creates 10,000 signed things by publishBatch of 500, stored. Floor: one WebCrypto signature after another and one plain put each, 500 per transaction.',
  where: ['worker'],
  items: count,
  rounds: 5,
  prepare: async () => {
    await installFastBlake3()
    const keys = await makeKeys()
    const signer = startSigner()
    const verifier = openVerifier()
    const things = makeThings()
    const message = new Uint8Array(signedBytes)
    let name = ''
    let api: EngineApi | undefined
    const drop = async (): Promise<void> => {
      await api?.query({ schema: 'blob_v1' as never }, call)
      await api?.close()
      api = undefined
      await dropDatabase(name)
    }
    const floor = 'sign one by one, then plain puts'
    return [
      {
        name: floor,
        run: async () => {
          for (let i = 0; i < count; i += 1) await keys.sign(message)
          name = await putPlain(Array.from({ length: count }, () => new Uint8Array(rowBytes)))
        },
        after: drop,
      },
      ...[
        { called: 'publishBatch of 500', atOnce: 1 },
        { called: 'publishBatch of 500, the next called while one is stored', atOnce: 2 },
      ].map(({ called, atOnce }) => ({
        name: called,
        floor: { name: floor, times: 2 },
        run: async () => {
          name = freshName()
          const store = await openStore(name)
          api = openEngine(await ownKeys(signer, store), store, verifier)
          await publishThings(api, await defineThings(api), things, atOnce)
        },
        after: drop,
      })),
    ]
  },
}
