import type { EngineDeps } from '../deps.ts'
import type { LinkingApi, LinkingHost } from './link-api.ts'

/** What only those need who link a device: words, proofs and the ceremony. */
const load = () => import('./link.ts')

/** Linking over the parts of an engine, loaded once somebody asks. Starts nothing. */
export function openLink(deps: EngineDeps): LinkingApi & LinkingHost {
  let loaded: Promise<LinkingApi & LinkingHost> | undefined
  let host: LinkingHost | undefined
  const api = (): Promise<LinkingApi & LinkingHost> => {
    loaded ??= load().then(({ createLinking }) => {
      const linking = createLinking(deps)
      host = linking
      return linking
    })
    loaded.catch(() => (loaded = undefined))
    return loaded
  }
  return {
    // Who never asked has no ceremony.
    linkingSeat: () => host?.linkingSeat(),
    openLinking: async (start, call) => (await api()).openLinking(start, call),
    watchLinking: async (call) => (await api()).watchLinking(call),
    compareLinking: async (comparison) => (await api()).compareLinking(comparison),
    closeLinking: async () => (await api()).closeLinking(),
  }
}
