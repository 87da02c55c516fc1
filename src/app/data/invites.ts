import type { Invite, InviteClaims, InviteLink, KnockedPlace, Role, TakibiNode } from '../../sdk/index.ts'
import { ownClaim } from './claims.ts'
import { type GroupCard, groupTones, letterOf } from './group-card.ts'
import type { ListedGroup } from './use-groups.ts'

/** For how many an invite may be. Keepers who let in at the same time can pass it by a few. */
export const inviteUses = [1, 10, 50] as const

/** How long an invite may hold, in days. */
const daysOf = { day: 1, fortnight: 14, season: 90 } as const
export type InviteSpan = keyof typeof daysOf
export const inviteSpans = Object.keys(daysOf) as readonly InviteSpan[]

const secondsPerDay = 86_400
const msPerSecond = 1_000

/** When an invite ends, in seconds since the Unix epoch. @param now milliseconds */
export const expiryAfter = (span: InviteSpan, now: number): number =>
  Math.floor(now / msPerSecond) + daysOf[span] * secondsPerDay

/** Whether a person is asked before anybody comes in with such a role: devices let in by themselves whoever may do less. */
export const isAskedFor = (role: Role): boolean => role === 'keeper' || role === 'moderator'

/** How a group looks as its link claims it. */
export const cardOfLink = ({ name, colour }: Pick<InviteLink, 'name' | 'colour'>): GroupCard => ({
  name,
  about: '',
  tone: groupTones.find((tone) => tone === colour) ?? 'plain',
  letter: letterOf(name),
})

const isSameSecret = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at])

/** A place that this device asks for, with the link that leads back to it. */
export interface AskedPlace {
  readonly place: KnockedPlace
  /** The part of its link behind `#/join/`. */
  readonly text: string
}

/**
 * The place that a link is asked for with already. Of one invite there are many texts, since what a link claims is as old as the link: the secret
 * decides. @param link `undefined` where the text could not be read, as when it has expired since
 */
export const placeOfLink = (
  asked: readonly AskedPlace[],
  text: string,
  link: InviteLink | undefined,
): AskedPlace | undefined =>
  asked.find((one) => one.text === text || (link !== undefined && isSameSecret(one.place.link.secret, link.secret)))

/** What the link to a group claims: how it looks here, who invites, by the name they say in it, how many there are. */
const claimsOf = async (
  node: TakibiNode,
  { id, card, people }: Pick<ListedGroup, 'id' | 'card' | 'people'>,
): Promise<InviteClaims> => {
  const { person } = await node.identity.person().once()
  return {
    name: card.name,
    colour: card.tone,
    inviter: person === undefined ? '' : (await ownClaim(node, id)) || (await node.identity.nameOf(person.id)).text,
    members: people.filter(({ isMember }) => isMember).length,
    hints: [],
  }
}

/** The part of an invite's link behind `#/join/`, as the group stands now; `undefined` where this device did not make it. */
export const textOfInvite = async (
  node: TakibiNode,
  group: Pick<ListedGroup, 'id' | 'card' | 'people'>,
  invite: Invite,
): Promise<string | undefined> => node.invites.link(invite, await claimsOf(node, group))
