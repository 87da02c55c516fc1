import type { StoreFailure } from '../../ports/store.ts'

const isStoreFailure = (error: unknown): error is StoreFailure =>
  typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('store/')

/** What the browser said, in the store's words. An abort without a reason is a connection that went away under its transaction. */
export const storeFailure = (error: unknown): StoreFailure => {
  if (isStoreFailure(error)) return error
  const name = error instanceof Error ? error.name : undefined
  switch (name) {
    case 'QuotaExceededError':
      return { code: 'store/full' }
    case undefined:
    case 'AbortError':
    case 'InvalidStateError':
      return { code: 'store/closed' }
    default:
      return { code: 'store/failed', reason: String(error) }
  }
}
