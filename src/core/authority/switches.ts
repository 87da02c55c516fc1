import { followersOf } from './causality.ts'
import type { MembershipDocument } from './control-set.ts'
import type { ControlEntry, Flag } from './entry.ts'
import { lowers, raises } from './entry.ts'
import { type GroupState, type Membership, type Voice, levelOf } from './state.ts'

/** Whether somebody who might has deleted a membership document. No later operation brings it back (decisions.md 5). */
export const isDeleted = (state: GroupState, document: MembershipDocument): boolean =>
  document.statements.some(({ operation, id }) => operation.kind === 'membership-delete' && state.live.has(id))

/** Whether a switch of a membership is on (R15): somebody raised it, and each lowering was lifted. Concurrent raise and lowering: off. */
export function isOn(state: GroupState, membership: Membership, flag: Flag): boolean {
  const { statements } = membership.document
  const isRaised = statements.some((entry) => raises(entry, flag) && state.live.has(entry.id))
  return isRaised && !isDeleted(state, membership.document) && standingLowering(state, membership, flag) === undefined
}

/** A lowering in force that nobody lifted, if there is one. */
export const standingLowering = (state: GroupState, membership: Membership, flag: Flag): ControlEntry | undefined =>
  membership.document.statements.find(
    (entry) => lowers(entry, flag) && state.live.has(entry.id) && !isLifted(state, membership, entry, flag),
  )

/** Whether a later raise lifts a lowering: said from its level or above, by somebody else, or by the subject itself where that one is the senior. */
function isLifted(state: GroupState, membership: Membership, lowering: ControlEntry, flag: Flag): boolean {
  const level = Math.min(...voicesOf(state, lowering).map((voice) => voice.level))
  const ownLevel = levelOf(state, membership.subject, membership.document.range)
  const followers = followersOf(membership.document, lowering.id)
  return membership.document.statements.some(
    (entry) =>
      raises(entry, flag) &&
      followers.has(entry.id) &&
      voicesOf(state, entry).some(
        ({ speaker, level: raised }) => raised <= level && (speaker !== membership.subject || ownLevel < level),
      ),
  )
}

export const voicesOf = (state: GroupState, { id }: ControlEntry): readonly Voice[] => state.live.get(id) ?? []
