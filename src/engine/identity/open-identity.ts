import { attempt } from '../attempt.ts'
import type { EngineDeps } from '../deps.ts'
import type { IdentityApi } from './api.ts'

/** What neither reading nor the first screen needs; a host loads it once that is there, else it comes with the first write. */
export const loadIdentity = () => import('./identity.ts')

/** Who writes here: what can be asked about that, and what has to be done before anything is written. */
export interface OpenedIdentity {
  readonly api: IdentityApi
  /**
   * Sees to it that there is a person behind what is written; `undefined`, and nothing to wait for, once there is. Where none can be made, writing
   * goes on without, and it is tried again with the next start.
   */
  readonly beforeWriting: (signal: AbortSignal) => Promise<void> | undefined
}

/** Who writes here, over the parts of an engine. Starts nothing. */
export function openIdentity(deps: EngineDeps): OpenedIdentity {
  let loaded: Promise<IdentityApi> | undefined
  const load = (): Promise<IdentityApi> => {
    loaded ??= loadIdentity().then(({ createIdentity }) => createIdentity(deps))
    loaded.catch(() => (loaded = undefined))
    return loaded
  }
  let isSettled = !deps.paper
  const found = async (signal: AbortSignal): Promise<void> => {
    const { ownPerson } = await loadIdentity()
    const person = await attempt(() => ownPerson(deps, signal), signal)
    if (!person.ok && person.error.code === 'call/aborted') return
    if (!person.ok) deps.log.warn('No person could be made for this device', { code: person.error.code })
    isSettled = true
  }
  const warn = (thrown: unknown): void => deps.log.warn('No person could be made for this device', { thrown })
  return {
    beforeWriting: (signal) => (isSettled ? undefined : found(signal).catch(warn)),
    api: {
      watchPerson: async (call) => (await load()).watchPerson(call),
      recoveryWords: async (call) => (await load()).recoveryWords(call),
      confirmWords: async (typed) => (await load()).confirmWords(typed),
      watchDevices: async (call) => (await load()).watchDevices(call),
      nameDevice: async (publicKey, name) => (await load()).nameDevice(publicKey, name),
      planRemoval: async (removal, call) => (await load()).planRemoval(removal, call),
      removeDevice: async (removal, call) => (await load()).removeDevice(removal, call),
      lookUpWords: async (words, call) => (await load()).lookUpWords(words, call),
      recover: async (recovery, call) => (await load()).recover(recovery, call),
      watchPetnames: async (call) => (await load()).watchPetnames(call),
      setPetname: async (petname) => (await load()).setPetname(petname),
    },
  }
}
