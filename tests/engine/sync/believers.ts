import type { DocumentId, PublicKey } from '../../../src/core/ids.ts'
import type { HeldKey, LivingInvite, Membership, Standing } from '../../../src/engine/sync/membership.ts'
import { valueOf } from '../support.ts'
import type { Device, World } from './world.ts'

/** A group that nobody founded: who is in it is what each device believes. */
export const group = `0020${'61'.repeat(32)}` as DocumentId

/** What a device believes about the group, as a test sets it. */
interface Beliefs {
  readonly membership: Membership
  readonly standings: Map<PublicKey, Standing>
  readonly invites: Map<PublicKey, LivingInvite>
  held: readonly HeldKey[]
  groups: readonly DocumentId[]
}
function beliefs(): Beliefs {
  const own: Beliefs = {
    standings: new Map(),
    invites: new Map(),
    held: [],
    groups: [group],
    membership: {
      groups: async () => own.groups,
      standing: async (_, key) => own.standings.get(key) ?? 'unknown',
      invite: async (key) => own.invites.get(key),
      held: async () => own.held,
      keptBy: async () => [],
    },
  }
  return own
}
export interface Believer extends Device {
  readonly own: Beliefs
  readonly key: PublicKey
}
export async function believer(world: World, name: string): Promise<Believer> {
  const own = beliefs()
  const device = world.device(name, undefined, undefined, { membership: own.membership })
  return { ...device, own, key: valueOf(await device.engine.publicKeys())[0]! }
}
export const believeEach = (some: readonly Believer[], standing: (of: Believer) => Standing): void => {
  for (const { own } of some) for (const other of some) own.standings.set(other.key, standing(other))
}
