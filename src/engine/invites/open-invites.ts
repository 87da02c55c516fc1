import { isEnvironmentFailure } from '../attempt.ts'
import type { EngineDeps } from '../deps.ts'
import { letGo } from '../hosting/hosted.ts'
import { watch } from '../watch.ts'
import type { InvitesApi } from './api.ts'
import { knockSchema } from './knocks.ts'
import { readHeld } from './rows.ts'

/** What only those need who invite, or are invited: their keys and seals. */
const load = () => import('./invites.ts')

/** Invites over the parts of an engine, loaded once somebody asks. Starts nothing. */
export function openInvites(deps: EngineDeps): InvitesApi {
  let loaded: Promise<InvitesApi> | undefined
  const api = (): Promise<InvitesApi> => {
    loaded ??= load().then(({ createInvites }) => createInvites(deps))
    loaded.catch(() => (loaded = undefined))
    return loaded
  }
  return {
    makeInvite: async (draft, call) => (await api()).makeInvite(draft, call),
    watchInvites: async (group, call) => (await api()).watchInvites(group, call),
    watchKnocks: async (group, call) => (await api()).watchKnocks(group, call),
    knock: async (link, name, call) => (await api()).knock(link, name, call),
    dropPlace: async (key) => (await api()).dropPlace(key),
    watchPlaces: async (call) => (await api()).watchPlaces(call),
  }
}

/**
 * What a device does about groups unasked, as long as it leads: as a guest it goes on with what it asks for, as a keeper it lets in who may come in, as
 * a node it lets go of what it is to keep no longer.
 */
export async function keepDoor(deps: EngineDeps): Promise<void> {
  const look = async (_: unknown, signal: AbortSignal): Promise<void> => {
    try {
      if ((await readHeld(deps.store)).length > 0) await (await import('./knock.ts')).goOnKnocking(deps, signal)
      if (deps.membership.host) await letGo(deps)
      if (await isKnockedAt(deps)) await (await import('./let-in.ts')).letInKnocking(deps, signal)
    } catch (thrown) {
      if (!signal.aborted && !isEnvironmentFailure(thrown)) throw thrown
    }
  }
  await watch<never>(deps, ({ authority }) => authority === true, look, { signal: deps.life })
}

async function isKnockedAt({ membership, authority }: EngineDeps): Promise<boolean> {
  for (const group of await membership.groups())
    for (const { schemaId } of (await authority.documentsOf(group)).values()) if (schemaId === knockSchema) return true
  return false
}
