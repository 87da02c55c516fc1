import { type Result, fail, ok } from '../../core/result.ts'
import type { DialFailure } from '../../ports/index.ts'
import type { NodesApi } from './api.ts'

/** For nodes without a network, as tests open them: there are no nodes, and none can be added. */
export const noNodes: NodesApi = {
  addNode: async ({ address }): Promise<Result<never, DialFailure>> => fail({ code: 'dial/unsupported', address }),
  pauseNode: async () => ok(undefined),
  removeNode: async () => ok(undefined),
  setConnecting: async () => ok(undefined),
  setSaving: async () => ok(undefined),
  connectNow: async () => ok(undefined),
  watchNodes: async ({ signal, report }) => {
    // As every watch: the first report comes after the call.
    await Promise.resolve()
    if (signal.aborted) return
    report?.(ok({ connecting: 'asked', saving: 'auto', shortages: [], nodes: [] }))
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  },
}
