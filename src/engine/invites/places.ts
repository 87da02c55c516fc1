import { type GuestFacts, guestState } from '../../core/invite/guest-state.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { EngineDeps } from '../deps.ts'
import { isSamePart } from '../sync/parts.ts'
import { readAcks } from '../sync/peer-memory.ts'
import { guestPart } from '../sync/scopes-for.ts'
import type { KnockedPlace } from './api.ts'
import { type HeldInvite, readHeld } from './rows.ts'

const groupSchema = systemSchemaId('key_group_v1')
const msPerSecond = 1_000

/** The places that this device asks for, and how far each is (flows.md §1.4). */
export async function knockedPlaces(deps: EngineDeps): Promise<readonly KnockedPlace[]> {
  const places: KnockedPlace[] = []
  for (const held of await readHeld(deps.store)) {
    const { key, link, name } = held
    places.push({ key, link, name, state: guestState(await factsOf(deps, held)) })
  }
  return places
}

async function factsOf(deps: EngineDeps, { key, link, knock, request }: HeldInvite): Promise<GuestFacts> {
  const { store, clock } = deps
  const { group } = link
  const [own] = await deps.keys.publicKeys()
  const authority = await deps.authority.authority()
  const isMember = own !== undefined && authority.belonging(group, own) === 'member'
  const [view] = await store.views([group])
  const part = own && guestPart(group, key, own).key
  const keepers = (await readAcks(store)).filter(
    (ack) => part && knock && isSamePart(ack.key, part) && !ack.without.includes(knock),
  )
  const membership = authority.places(group).find((one) => one.request === (request as string))?.membership
  const [given] = isMember && membership ? await store.views([membership]) : []
  return {
    keptBy: keepers.map(({ publicKey }) => publicKey),
    ...(link.expiresAt <= clock.now() / msPerSecond && { refusedBecause: 'expired' as const }),
    // Whoever was in already, by another device or link, was let in by nobody in particular.
    ...(isMember && { letInBy: given?.owner ?? '' }),
    ...(view && { isGroupOfLink: view.schemaId === groupSchema }),
    // What says that this device is in is the last of it to be read.
    isControlComplete: isMember,
    // Until groups are sealed there is none to wait for.
    hasKey: true,
  }
}
