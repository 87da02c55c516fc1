import type { Role } from '../core/authority/entry.ts'
import type { PublicKey } from '../core/ids.ts'
import type { GuestState } from '../core/invite/guest-state.ts'
import type { InviteHint, InviteLink } from '../core/invite/invite-link.ts'
import type { Invite, KnockedPlace, OpenKnock } from '../engine/invites/api.ts'
import type { DocumentLike, Live, LiveStatus, Waiting } from './takibi-node.ts'

export type { GuestState, Invite, InviteHint, InviteLink, KnockedPlace, OpenKnock }

/** The invites of a group that live, the newest first. */
export type InvitesView = LiveStatus & { readonly invites: readonly Invite[] }
/** Who asks for a place in a group by an invite, and has no answer yet. */
export type KnocksView = LiveStatus & { readonly knocks: readonly OpenKnock[] }
/** The places that this device asks for. */
export type PlacesView = LiveStatus & { readonly places: readonly KnockedPlace[] }

/** What a link claims beside its secret: all of it may be wrong, until the group was read. */
export type InviteClaims = Pick<InviteLink, 'name' | 'inviter' | 'colour' | 'members' | 'hints'>

/** Invites to groups: made by keepers, used by guests, and seen by all who are in. */
export interface Invites {
  /**
   * A new invite; `expiresAt` in seconds since the Unix epoch. Any keeper's device that meets whoever knocks with it lets them in, and asks first where
   * the role is keeper or moderator, or somebody was sent away since. Throws `invite/refused`.
   */
  readonly make: (
    group: DocumentLike,
    options: { readonly role: Role; readonly uses: number; readonly expiresAt: number } & Waiting,
  ) => Promise<Invite>
  readonly of: (group: DocumentLike) => Live<InvitesView>
  /** Requests without answer that came by an invite, with what those who ask call themselves: nobody checked that. */
  readonly knocks: (group: DocumentLike) => Live<KnocksView>
  /** Nobody comes in by it any more. */
  readonly withdraw: (invite: Invite, waiting?: Waiting) => Promise<void>
  /** The part of its link behind `#/join/`, with the group's nodes as hints; `undefined` on devices that did not make it. */
  readonly link: (invite: Invite, claims: InviteClaims) => Promise<string | undefined>
  /** What such a link says. Throws `link/malformed`, `link/cut`, `link/version-unsupported`, `link/expired`. */
  readonly read: (link: string) => Promise<InviteLink>
  /** The way back: of the link of a place, its text. Says of expired ones too what they were. */
  readonly write: (link: InviteLink) => Promise<string>
  /**
   * Asks for the place that a link offers, with whoever serves the group and is met, until somebody lets this person in; the
   * nodes that it names are connected with. `name`: what keepers are told.
   * Gives the name of the place. Throws as `read`, and `person/none`.
   */
  readonly knock: (link: string, name: string, waiting?: Waiting) => Promise<PublicKey>
  readonly places: () => Live<PlacesView>
  /** Asks for a place no longer. */
  readonly drop: (place: KnockedPlace) => Promise<void>
}
