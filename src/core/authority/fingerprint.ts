import type { PublicKey } from '../ids.ts'
import type { Subject } from './entry.ts'
import { permissions, subjectGroup } from './entry.ts'
import { type GroupState, type Membership, type View, levelOf } from './state.ts'
import { isOn, standingLowering, voicesOf } from './switches.ts'

/**
 * Everything that R18 looks at for one key in a group, as text: memberships, rights, levels and limits of all subjects that the key acts for, down
 * through their groups. Equal texts: whatever the key wrote, wherever it lies, is judged as before. Costs no more than a judgement.
 */
export function fingerprint(view: View, state: GroupState | undefined, key: PublicKey): string {
  if (state?.founder === undefined) return ''
  return [...view.subjectsOf(key)]
    .filter((subject) => state.memberships.has(subject))
    .map((subject) => `${subject}(${aboutSubject(view, state, subject, key)})`)
    .join()
}

function aboutSubject(view: View, state: GroupState, subject: Subject, key: PublicKey): string {
  const memberships = (state.memberships.get(subject) ?? []).map((one) => aboutMembership(state, one, key))
  const rights = [...(state.rights.get(subject) ?? [])].map(([range, held]) => `${range}:${[...held].sort().join('+')}`)
  const levels = [...(state.levels.get(subject) ?? [])].map(([range, level]) => `${range}:${level}`)
  const group = subjectGroup(subject)
  const below =
    group === undefined || state.path.includes(group) ? '' : fingerprint(view, view.stateOf(group, state.path), key)
  return [...memberships, ...rights.sort(), ...levels.sort(), below].join(';')
}

/** The switches of a membership, who took it, and the limits about the key in it. */
function aboutMembership(state: GroupState, membership: Membership, key: PublicKey): string {
  const { document } = membership
  const switches = (['accepted', ...permissions] as const).map((flag) => (isOn(state, membership, flag) ? '1' : '0'))
  const removal = standingLowering(state, membership, 'accepted')
  const voices = document.statements.flatMap((entry) => voicesOf(state, entry).map(({ speaker }) => speaker))
  const limits = document.limits
    .filter(({ operation }) => operation.publicKey === key)
    .map((limit) => {
      const levels = voicesOf(state, limit).map(({ level }) => level)
      return `${limit.id}:${limit.operation.rows.length}:${levels.join('+')}`
    })
  const level = levelOf(state, membership.subject, document.range)
  return [document.id, switches.join(''), removal?.id ?? '', voices.join('+'), level, ...limits.sort()].join(':')
}
