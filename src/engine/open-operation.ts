import type { PlainOperation } from '../core/operation/operation.ts'
import type { StoredOperation } from './stored-document.ts'

/** What an operation says; `undefined`: it is sealed, and its key is not here, or nothing sound is inside. A DELETE says the same to everybody. */
export function openOperation({ operation, inside }: StoredOperation): PlainOperation | undefined {
  if (inside === undefined) return operation ?? undefined
  return typeof inside === 'object' && 'open' in inside ? inside.open : undefined
}
