import type { DocumentId, LogId, OperationId, PublicKey } from '../ids.ts'
import { type ControlSet, addEntry, addFork, emptyControlSet } from './control-set.ts'
import { type Verdict, covers, judge } from './covers.ts'
import { type ControlEntry, type GrantRange, type Permission, type Place, type Subject, permissions } from './entry.ts'
import { emptyEver, growEver, mayGrowEver } from './ever.ts'
import { type Resolution, type StateCache, closureOf, resolve } from './resolution.ts'
import type { NamedPlace } from './rows.ts'
import type { GroupState } from './state.ts'
import { isOn, standingLowering } from './switches.ts'

/** Who may authorise, how far from the founder (R9). */
export interface Level {
  readonly subject: Subject
  readonly range: GrantRange
  /** The founder's is 0. */
  readonly level: number
}

/** A branch of a forked log that counts in a group (R26). */
export interface AdoptedBranch {
  readonly publicKey: PublicKey
  readonly logId: LogId
  readonly tip: OperationId
}

/** A group, as a person may ask about it. */
export interface GroupSummary {
  /** Absent: the group is inert, nobody may do anything in it. */
  readonly founder: Subject | undefined
  readonly levels: readonly Level[]
  /** Accepted for all schemas, and not banned. */
  readonly members: readonly Subject[]
  readonly adopted: readonly AdoptedBranch[]
}

/** Who may do what, from all control entries known so far. */
export interface Authority {
  /** Takes in entries, in any order and any number of times, whoever wrote them (R1), and places known to be forked. */
  readonly add: (entries: readonly ControlEntry[], forks?: readonly Place[]) => void
  /** A group as it stands now; one never heard of is inert. */
  readonly group: (group: DocumentId) => GroupSummary
  /** What the entry of a key at a place may do in a group, to things of a schema, or of all (R18). */
  readonly allowed: (group: DocumentId, place: NamedPlace, range: GrantRange) => readonly Permission[]
  /** One of these, with its reason. */
  readonly judge: (group: DocumentId, place: NamedPlace, permission: Permission, range: GrantRange) => Verdict
}

interface Kept<Value> {
  readonly version: number
  readonly value: Value
}

/** An authority that knows nothing yet. What is added changes only what hangs on it: everything else is not computed again. */
export function createAuthority(): Authority {
  const set = emptyControlSet()
  const ever = emptyEver()
  const unsettled = new Set<ControlEntry>()
  const resolutions = new Map<DocumentId, Kept<Resolution>>()
  const states = new Map<string, Kept<GroupState | undefined>>()

  const cached: StateCache = (group, path, make) => {
    const closure = closureOf(set, group)
    if (closure.some((id) => set.groups.get(id)?.isForked)) return make()
    const key = closure.length === 1 ? group : [group, ...path].join()
    return renewed(states, key, versionOf(set, closure), make)
  }
  const resolutionOf = (group: DocumentId): Resolution => {
    const closure = closureOf(set, group)
    return renewed(resolutions, group, versionOf(set, closure), () => resolve(set, ever, closure, cached))
  }
  const stateOf = (group: DocumentId): GroupState | undefined => resolutionOf(group).view.stateOf(group, [])

  return {
    add: (entries, forks = []) => {
      for (const entry of entries) {
        if (!set.entries.has(entry.id) && mayGrowEver(entry)) unsettled.add(entry)
        addEntry(set, entry)
      }
      for (const fork of forks) addFork(set, fork)
      growEver(set, ever, unsettled)
    },
    group: (group) => summaryOf(stateOf(group), resolutionOf(group), group),
    allowed: (group, place, range) => {
      const state = stateOf(group)
      if (state === undefined) return []
      const { view } = resolutionOf(group)
      return permissions.filter((permission) => covers(view, state, place, permission, range))
    },
    judge: (group, place, permission, range) =>
      judge(resolutionOf(group).view, stateOf(group), place, permission, range),
  }
}

/** What was kept under a key, made anew where it is of an older version. */
function renewed<Key, Value>(kept: Map<Key, Kept<Value>>, key: Key, version: number, make: () => Value): Value {
  const known = kept.get(key)
  if (known?.version === version) return known.value
  const value = make()
  kept.set(key, { version, value })
  return value
}

/** A number that grows whenever one of these groups changes, or another one joins them. */
const versionOf = (set: ControlSet, closure: readonly DocumentId[]): number =>
  closure.reduce((sum, group) => sum + 1 + (set.groups.get(group)?.version ?? 0), 0)

function summaryOf(state: GroupState | undefined, { adoptions }: Resolution, id: DocumentId): GroupSummary {
  if (state?.founder === undefined) return { founder: undefined, levels: [], members: [], adopted: [] }
  const levels = [...state.levels].flatMap(([subject, byRange]) =>
    [...byRange].map(([range, level]) => ({ subject, range, level })),
  )
  const adopted = [...(adoptions.get(id)?.values() ?? [])].map(({ tip }) => ({
    publicKey: tip.publicKey,
    logId: tip.logId,
    tip: tip.id,
  }))
  return { founder: state.founder, levels, members: membersOf(state), adopted }
}

/** Subjects that are accepted for all schemas and not banned (R16). */
const membersOf = (state: GroupState): readonly Subject[] =>
  [...state.memberships]
    .filter(([, memberships]) => {
      const general = memberships.filter(({ document }) => document.range === '*')
      return (
        general.some((membership) => isOn(state, membership, 'accepted')) &&
        !general.some((membership) => standingLowering(state, membership, 'accepted') !== undefined)
      )
    })
    .map(([subject]) => subject)
