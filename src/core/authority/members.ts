import type { Subject } from './entry.ts'
import type { GroupState } from './state.ts'
import { isOn, standingLowering } from './switches.ts'

/** Subjects that are accepted for all schemas and not banned (R16). */
export const membersOf = (state: GroupState | undefined): readonly Subject[] =>
  state?.founder === undefined
    ? []
    : [...state.memberships]
        .filter(([, memberships]) => {
          const general = memberships.filter(({ document }) => document.range === '*')
          return (
            general.some((membership) => isOn(state, membership, 'accepted')) &&
            !general.some((membership) => standingLowering(state, membership, 'accepted') !== undefined)
          )
        })
        .map(([subject]) => subject)
