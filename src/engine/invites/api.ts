import type { Role } from '../../core/authority/entry.ts'
import type { DocumentId, PublicKey } from '../../core/ids.ts'
import type { GuestState } from '../../core/invite/guest-state.ts'
import type { InviteLink } from '../../core/invite/invite-link.ts'
import type { Result } from '../../core/result.ts'
import type { Call } from '../api.ts'
import type { Failure } from '../failure.ts'

/** What an invite gives. */
export interface InviteDraft {
  readonly group: DocumentId
  readonly role: Role
  /** How many it is for. */
  readonly uses: number
  /** Seconds since the Unix epoch. */
  readonly expiresAt: number
}

/** An invite as its group's members see it. */
export interface Invite extends InviteDraft {
  readonly id: DocumentId
  /** Who was let in under it, as far as this device knows. */
  readonly used: number
  /** Neither withdrawn nor expired. */
  readonly isLive: boolean
  /** The key that made it. */
  readonly by: PublicKey
  /** 16 bytes, on the device that made it: whoever has them may knock. */
  readonly secret?: Uint8Array
}

/** A request without answer that came by an invite. */
export interface OpenKnock {
  readonly request: DocumentId
  readonly invite: DocumentId
  /** What the invite gives. */
  readonly role: Role
  /** The key that made the invite. */
  readonly by: PublicKey
  /** Whether the invite was not withdrawn. */
  readonly isLive: boolean
  /** What whoever knocked calls itself: a claim, on one line, of at most 100 characters; empty where it says none, or it cannot be read here. */
  readonly name: string
}

/** A place that this device asks for with a link. */
export interface KnockedPlace {
  /** The invite's key: names the place. */
  readonly key: PublicKey
  readonly link: InviteLink
  /** What this person called itself when it asked; empty: nothing. */
  readonly name: string
  /** Those that keep it, and who let in, are told by their keys. */
  readonly state: GuestState
}

type Answer<T> = Promise<Result<T, Failure>>

/** Invites to groups, on both sides (flows.md §1). */
export interface InvitesApi {
  /** Fails with `invite/refused` where this device may let nobody in. */
  readonly makeInvite: (draft: InviteDraft, call: Pick<Call, 'signal'>) => Answer<Invite>
  /** All invites of a group that live, now and after every change. */
  readonly watchInvites: (group: DocumentId, call: Call<Result<readonly Invite[], Failure>>) => Promise<void>
  /** Who asks for a place in a group by an invite and has no answer yet, now and after every change. */
  readonly watchKnocks: (group: DocumentId, call: Call<Result<readonly OpenKnock[], Failure>>) => Promise<void>
  /**
   * Asks for the place that a link offers, by whichever member is met, now and after every start until somebody lets this person in. Doing it again
   * changes nothing. Fails with `person/none`.
   */
  readonly knock: (link: InviteLink, name: string, call: Pick<Call, 'signal'>) => Answer<PublicKey>
  /** Asks for it no longer. What was told stays told. */
  readonly dropPlace: (key: PublicKey) => Answer<void>
  readonly watchPlaces: (call: Call<Result<readonly KnockedPlace[], Failure>>) => Promise<void>
}
