import { fail, ok } from '../../core/result.ts'
import type { RelaysApi } from './api.ts'

/** For hosts that meet nobody through relays. */
export const noRelays: RelaysApi = {
  addServer: async (address) => fail({ code: 'dial/unsupported', address }),
  removeServer: async () => ok(undefined),
  meetThroughRelays: async (schemaId, isOn) => (isOn ? fail({ code: 'schema/unknown', schemaId }) : ok(undefined)),
  watchRelays: async ({ signal, report }) => {
    // As every watch: the first report comes after the call.
    await Promise.resolve()
    if (signal.aborted) return
    report?.(ok({ servers: [], on: [], isLooking: false, reached: [] }))
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  },
}
