import type { StoredOperation } from './stored-document.ts'

/**
 * Whether this operation takes part in its document's state. Open on purpose: until there are groups nobody is asked for authority, so
 * every operation that verified applies, whoever signed it. The judgement of decisions 6 and 16 and rule R20 takes this function's place.
 */
export const mayApply = (_operation: StoredOperation): boolean => true
