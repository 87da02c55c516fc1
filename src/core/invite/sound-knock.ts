import type { Role } from '../authority/entry.ts'
import type { DocumentId, PublicKey } from '../ids.ts'
import { isKnockProof } from './knock-proof.ts'

/** A `group_invite_v1`, as a keeper's device knows it. */
export interface KnownInvite {
  readonly group: DocumentId
  readonly key: PublicKey
  readonly role: Role
  readonly uses: number
  /** Seconds since the Unix epoch. */
  readonly expiresAt: number
  /** Not deleted, and by somebody who may make invites. */
  readonly isLive: boolean
  /** Whether the key that made it is out of the group by now. */
  readonly isMakerRemoved: boolean
  /** When it came to this device, milliseconds by its clock. */
  readonly arrivedAt: number
  /** Acceptances under it that are known here. */
  readonly used: number
}

/** What somebody who knocks has been in the group before: it has a membership document, living or lowered. */
export interface KnownMembership {
  readonly membership: DocumentId
  readonly isAccepted: boolean
  /** Of the strongest lowering that stands; absent where nobody lowered it. */
  readonly loweredAtLevel?: number
}

/** Everything that a knock is judged by (flows.md §1.3), read from the control closures on one device. */
export interface KnockFacts {
  /** Seconds since the Unix epoch, by this device's clock. */
  readonly now: number
  readonly group: DocumentId
  /** The invite that the knock names. */
  readonly invite: KnownInvite | undefined
  readonly knock: { readonly author: PublicKey; readonly request: DocumentId; readonly proof: Uint8Array }
  /** The request that the knock names. */
  readonly request: { readonly author: PublicKey; readonly group: DocumentId; readonly member?: DocumentId } | undefined
  /** Whether the request's key was ever given every right in its person (R4). */
  readonly isEverDevice: boolean
  readonly membership?: KnownMembership
  /** When the newest removal came here, milliseconds, of those known in the group, or in one nested in it. */
  readonly newestRemovalAt: number | undefined
  /** How far this device's person stands from the founder; `Infinity` where it may let nobody in. */
  readonly ownLevel: number
}

/** Why a knock lets nobody in. */
export type KnockRefusal =
  /** This device's person may let nobody in. */
  | 'not-a-keeper'
  // What these wait for may still come.
  | 'invite-unknown'
  | 'request-unknown'
  | 'person-unresolved'
  // These stay.
  | 'wrong-group'
  | 'wrong-person'
  | 'bad-proof'
  | 'withdrawn'
  | 'expired'
  | 'used-up'
  | 'already-in'
  | 'lowered-from-above'

/** Why a person has to be asked, though the knock is sound. */
export type KnockQuestion =
  | 'role-needs-asking'
  /** Somebody was removed since the invite was made here: it may have been handed on by who is out. */
  | 'made-before-removal'
  | 'inviter-removed'
  /** This person was a member before, and somebody put it out. */
  | 'was-removed'

export type KnockVerdict =
  | { readonly verdict: 'refused'; readonly reason: KnockRefusal }
  /** Sound. `raise`: the membership document to raise, where there is one already. */
  | { readonly verdict: 'let-in'; readonly role: Role; readonly person: DocumentId; readonly raise?: DocumentId }
  | {
      readonly verdict: 'ask'
      readonly questions: readonly KnockQuestion[]
      readonly role: Role
      readonly person: DocumentId
      readonly raise?: DocumentId
    }

/** Whether a keeper's device lets somebody in who knocked: unasked, after asking its person, or not at all (flows.md §1.3). */
export function judgeKnock(facts: KnockFacts): KnockVerdict {
  const found = soundness(facts)
  if (typeof found === 'string') return { verdict: 'refused', reason: found }
  const { invite, person } = found
  const { membership } = facts
  const raise = membership ? { raise: membership.membership } : {}
  const questions = questionsAbout(invite, facts)
  const who = { role: invite.role, person, ...raise }
  return questions.length > 0 ? { verdict: 'ask', questions, ...who } : { verdict: 'let-in', ...who }
}

function soundness(facts: KnockFacts): KnockRefusal | { readonly invite: KnownInvite; readonly person: DocumentId } {
  const { invite, request, knock, membership } = facts
  if (facts.ownLevel === Infinity) return 'not-a-keeper'
  if (!invite) return 'invite-unknown'
  if (invite.group !== facts.group) return 'wrong-group'
  if (!invite.isLive) return 'withdrawn'
  if (invite.expiresAt <= facts.now) return 'expired'
  if (invite.used >= invite.uses) return 'used-up'
  if (!request) return 'request-unknown'
  if (request.group !== facts.group) return 'wrong-group'
  const person = request.member
  if (!person || request.author !== knock.author) return 'wrong-person'
  if (!isKnockProof(invite.key, knock.proof, { request: knock.request, person })) return 'bad-proof'
  if (!facts.isEverDevice) return 'person-unresolved'
  if (membership?.isAccepted) return 'already-in'
  // Raised from below, a lowering would stand (R15).
  if (facts.ownLevel > (membership?.loweredAtLevel ?? Infinity)) return 'lowered-from-above'
  return { invite, person }
}

function questionsAbout(invite: KnownInvite, facts: KnockFacts): readonly KnockQuestion[] {
  const questions: KnockQuestion[] = []
  if (invite.role === 'keeper' || invite.role === 'moderator') questions.push('role-needs-asking')
  if (invite.arrivedAt <= (facts.newestRemovalAt ?? -Infinity)) questions.push('made-before-removal')
  if (invite.isMakerRemoved) questions.push('inviter-removed')
  if (facts.membership?.loweredAtLevel !== undefined) questions.push('was-removed')
  return questions
}
