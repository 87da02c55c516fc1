import type { StoreFailure } from '../../ports/store.ts'

const partOf = (error: unknown, name: 'code' | 'cause' | 'message'): unknown =>
  typeof error === 'object' && error !== null && name in error ? (error as Record<string, unknown>)[name] : undefined

/** What the database said, in the store's words. */
export const storeFailure = (error: unknown): StoreFailure => {
  const code = String(partOf(error, 'code'))
  if (code.startsWith('store/')) return error as StoreFailure
  if (code === 'LEVEL_DATABASE_NOT_OPEN' || code === 'LEVEL_ITERATOR_NOT_OPEN') return { code: 'store/closed' }
  const message = String(partOf(error, 'message') ?? error)
  if (/no space left|disk quota exceeded/i.test(message)) return { code: 'store/full' }
  return { code: 'store/failed', reason: message }
}

/** Why a database did not open. */
export const openFailure = (error: unknown, folder: string): StoreFailure => {
  const cause = partOf(error, 'cause') ?? error
  if (partOf(cause, 'code') === 'LEVEL_LOCKED')
    return { code: 'store/unavailable', reason: `another process has ${folder} open` }
  const failure = storeFailure(cause)
  return failure.code === 'store/failed'
    ? { code: 'store/unavailable', reason: `${folder} does not open: ${failure.reason}` }
    : failure
}
