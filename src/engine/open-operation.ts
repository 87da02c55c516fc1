import type { PlainOperation } from '../core/operation/operation.ts'

/** What an operation says, once it is open; or that its key is not here. The graph and view ids need neither. */
export type Opened = { readonly open: PlainOperation } | 'locked'

/** Opens the sealed ones, later: nothing is sealed yet, so all of them lie open. */
export const openOperation = (operation: PlainOperation): Opened => ({ open: operation })
