import { expect } from 'vitest'
import type { Store } from '../../src/ports/store.ts'
import { item } from './store-samples.ts'

type StoreTest = (name: string, body: (context: { readonly store: Store }) => Promise<void>) => void

/** What every store promises about commits whose permission is still being found out (docs/spec.md, S31). */
export const commitsContract = (storeTest: StoreTest): void => {
  storeTest('[S31] a commit that is allowed while it is written is there once that was said', async ({ store }) => {
    const create = item({ document: 'a' })
    let allow: (isAllowed: boolean) => void = () => undefined
    const isAllowed = new Promise<boolean>((resolve) => (allow = resolve))
    let outcome: string | undefined
    const committing = store.commit([create], [], isAllowed).then((is) => (outcome = is))
    // Reads of other tables go on meanwhile, for as long as it takes.
    for (let read = 0; read < 20; read++) await store.allPending(1)
    expect(outcome).toBeUndefined()
    allow(true)
    expect(await committing).toBe('committed')
    expect(await store.document(create.documentId)).toMatchObject({ items: [{ arrival: 1 }] })
  })

  storeTest('[S31] what is refused while it is written, or never found out, is not stored', async ({ store }) => {
    const create = item({ document: 'a' })
    expect(await store.commit([create], [], Promise.resolve(false))).toBe('refused')
    const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 20))
    expect(await store.commit([create], [], late)).toBe('refused')
    const reason = new Error('nobody can tell')
    await expect(store.commit([create], [], Promise.reject(reason))).rejects.toBe(reason)
    expect(await store.document(create.documentId)).toBeUndefined()
    expect(await store.head(create.head)).toBeUndefined()
    expect(await store.commit([create], [], Promise.resolve(true))).toBe('committed')
  })
}
