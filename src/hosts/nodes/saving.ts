import type { NodesState } from './api.ts'

/** Whether connections are kept short: its person wants it so, or leaves it to the device, and that is short on something. */
export const isSaving = ({ saving, shortages }: Pick<NodesState, 'saving' | 'shortages'>): boolean =>
  saving === 'always' || (saving === 'auto' && shortages.length > 0)

/** Whether others may be looked for and stayed connected with unasked. */
export const connectsUnasked = ({
  connecting,
  ...state
}: Pick<NodesState, 'connecting' | 'saving' | 'shortages'>): boolean => connecting === 'always' && !isSaving(state)
