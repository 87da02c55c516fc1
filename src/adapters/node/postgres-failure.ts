import type { StoreFailure } from '../../ports/store.ts'

const partOf = (error: unknown, name: 'code' | 'message'): string => {
  const part = typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined
  return typeof part === 'string' ? part : ''
}

/** Classes of SQLSTATE (PostgreSQL, appendix A) that say that the disk or a quota is full. */
const full = new Set(['53100', '53200', '54000'])

/** What the database said, in the store's words. */
export function storeFailure(error: unknown): StoreFailure {
  const code = partOf(error, 'code')
  if (code.startsWith('store/')) return error as StoreFailure
  const message = partOf(error, 'message') || String(error)
  if (full.has(code)) return { code: 'store/full' }
  if (/after calling end on the pool/.test(message)) return { code: 'store/closed' }
  return { code: 'store/failed', reason: message }
}

/** Why a database did not open. */
export function openFailure(error: unknown): StoreFailure {
  const failure = storeFailure(error)
  if (failure.code !== 'store/failed') return failure
  // Of several addresses that were tried each has its own error; the message of all together is empty.
  const code = partOf(error, 'code')
  return {
    code: 'store/unavailable',
    reason: `PostgreSQL: ${failure.reason === '' || failure.reason === 'AggregateError' ? code : failure.reason}`,
  }
}
