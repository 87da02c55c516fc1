/** What the page of store.spec.ts runs: the store on the IndexedDB of this browser. */
import { isSame } from '../../src/adapters/layout/equality.ts'
import { openIndexedDbStore } from '../../src/adapters/web/indexeddb-store.ts'
import type { Store } from '../../src/ports/store.ts'
import { agreesWithMemory } from '../contracts/store-model.ts'
import { documentIdOf, item } from '../contracts/store-samples.ts'

let databases = 0
const codeOf = (failure: unknown): unknown => (failure as { readonly code?: unknown }).code
const refusal = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'nothing', codeOf)

/** Bytes that a database cannot press together. */
const scramble = (bytes: Uint8Array): void => {
  for (let at = 0; at < bytes.length; at += 65_536)
    crypto.getRandomValues(bytes.subarray(at, at + 65_536) as Uint8Array<ArrayBuffer>)
}

Object.assign(globalThis, {
  agreesWithMemory: (runs: number) => agreesWithMemory(() => openIndexedDbStore(`model ${databases++}`), runs),

  upgradeUnderAnOpenStore: async () => {
    let closings = 0
    const old = await openIndexedDbStore('upgraded', { version: 1, onClosed: () => closings++ })
    await old.commit([{ put: 'local', key: 'k', value: 1 }], [])
    await using store = await openIndexedDbStore('upgraded')
    return {
      closings,
      old: await refusal(old.queue(1)),
      older: await refusal(openIndexedDbStore('upgraded', { version: 1 })),
      row: await store.local('k'),
    }
  },

  /** Writes until the disk is full, then looks whether each commit is there whole or not at all. */
  fillTheDisk: async () => {
    await using store: Store = await openIndexedDbStore('full')
    let written = 0
    let code: unknown
    while (code === undefined && written < 200) {
      const change = item({ document: `d${written}`, log: written, size: 700_000 })
      scramble(change.item.operation!)
      const note = { put: 'local', key: 'written', value: written + 1 } as const
      code = await store.commit([change, note], []).then(() => undefined, codeOf)
      if (code === undefined) written++
    }
    const last = await store.document(documentIdOf(`d${written - 1}`))
    return {
      code,
      isWhole: isSame(await store.local('written'), written) && last?.items[0]?.operation?.length === 700_000,
      next: (await store.document(documentIdOf(`d${written}`))) ?? 'nothing',
      written,
    }
  },
})
