import type { DocumentId, LogId, OperationId, PublicKey } from '../ids.ts'
import { type Belonging, isMember } from './belonging.ts'
import { type ControlSet, addEntry, addFork, addRows, emptyControlSet, isForkedAway } from './control-set.ts'
import { type GroupRequest, controlGroupsOf, groupRequests } from './control-groups.ts'
import { type Verdict, covers, judge } from './covers.ts'
import {
  type ControlEntry,
  type GrantRange,
  type Permission,
  type Place,
  type Row,
  type Subject,
  permissions,
  groupSubject,
} from './entry.ts'
import { emptyEver, everKeys, everSubjects, growEver, mayGrowEver } from './ever.ts'
import { fingerprint } from './fingerprint.ts'
import { keptItselfBefore } from './limits.ts'
import { keepersOf } from './keepers.ts'
import { type Listing, listingOf } from './listing.ts'
import { membersOf } from './members.ts'
import { type MemberPlace, placesOf } from './places.ts'
import { type OpenRequest, askersIn, openRequests } from './requests.ts'
import { type Resolution, type StateCache, closureOf, resolve } from './resolution.ts'
import type { NamedPlace } from './rows.ts'
import type { GroupState } from './state.ts'

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
  /** Its founder ended it (R5). */
  readonly isEnded: boolean
  readonly levels: readonly Level[]
  /** Accepted for all schemas, and not banned. */
  readonly members: readonly Subject[]
  /** Those who let in, send away and set roles, for all schemas, now. */
  readonly keepers: readonly Subject[]
  readonly adopted: readonly AdoptedBranch[]
}

/** Who may do what, from all control entries known so far. */
export interface Authority {
  /** Takes in entries, in any order and any number of times, whoever wrote them (R1), and places known to be forked. */
  readonly add: (entries: readonly ControlEntry[], forks?: readonly Place[]) => void
  /** A group as it stands now; one never heard of is inert. */
  readonly group: (group: DocumentId) => GroupSummary
  /** What was given in a group, by membership; deleted ones left out. */
  readonly places: (group: DocumentId) => readonly MemberPlace[]
  /** For whom places were asked, answered or not. */
  readonly askers: (group: DocumentId) => ReadonlySet<Subject>
  /** Requests that no membership answers. */
  readonly requests: (group: DocumentId) => readonly OpenRequest[]
  /** Where its memberships are said to be. */
  readonly listing: (group: DocumentId) => Listing
  /** Whether a key kept entries of its own in a group, as leavers do: what it would keep again does not count (R25b). */
  readonly hasKeptItself: (group: DocumentId, key: PublicKey) => boolean
  /** Every key that ever acted for somebody: the key that it is, or those let into that group, and into groups in it. */
  readonly keysOf: (subject: Subject) => ReadonlySet<PublicKey>
  /** What the entry of a key at a place may do in a group, to things of a schema, or of all (R18). */
  readonly allowed: (group: DocumentId, place: NamedPlace, range: GrantRange) => readonly Permission[]
  /** More rows of a limit: those of a digest whose heads are held by now. */
  readonly addRows: (limit: OperationId, rows: readonly Row[]) => void
  /** The group that a document of the control plane belongs to, where that is known. */
  readonly groupOf: (document: DocumentId) => DocumentId | undefined
  /** The group that an entry is about, where that is known. */
  readonly groupNamed: (entry: ControlEntry) => DocumentId | undefined
  /** All groups that were heard of. */
  readonly groups: () => readonly DocumentId[]
  /** What a key is to a group, itself or through its person: who is served what. */
  readonly belonging: (group: DocumentId, key: PublicKey) => Belonging
  /** A group and all that it may hang on, that one first. */
  readonly closure: (group: DocumentId) => readonly DocumentId[]
  /** The groups whose control documents travel with a group, that one first. */
  readonly controlGroups: (group: DocumentId) => readonly DocumentId[]
  /** The requests by which groups ask for places in a group, answered or not. */
  readonly groupRequests: (group: DocumentId) => readonly GroupRequest[]
  /** The limits that were said on a membership, as documents. */
  readonly limitsOn: (membership: DocumentId) => readonly DocumentId[]
  /** Whether something said on a membership or limit has effect. */
  readonly stands: (group: DocumentId, operation: OperationId) => boolean
  /** Whether a place lies where its log was forked, or after (R25). */
  readonly isForked: (place: Place) => boolean
  /** A text that is another one whenever anything changed about what a key may do in a group, or could. */
  readonly fingerprint: (group: DocumentId, key: PublicKey) => string
  /** A number that grows with everything that may change who may do what in a group. */
  readonly version: (group: DocumentId) => number
  /** One of these, with its reason. */
  readonly judge: (group: DocumentId, place: NamedPlace, permission: Permission, range: GrantRange) => Verdict
  /** The same, for things of any schema that somebody here has rights to (decisions.md 16, outer). */
  readonly judgeAny: (group: DocumentId, place: NamedPlace, permission: Permission) => Verdict
  /** Whether what lies at a place is by the subject that another key acts for: itself, or the same group. */
  readonly actAlike: (group: DocumentId, key: PublicKey, place: NamedPlace) => boolean
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
  const controlGroups = new Map<DocumentId, Kept<readonly DocumentId[]>>()

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
    addRows: (limit, rows) => addRows(set, limit, rows),
    groupOf: (document) => groupOf(set, document),
    groupNamed: (entry) => groupNamed(set, entry),
    groups: () => [...set.groups.keys()],
    belonging: (group, key) => {
      if (isMember((id) => membersOf(stateOf(id)), group, key)) return 'member'
      return everSubjects(ever, key).has(groupSubject(group)) ? 'former' : 'unknown'
    },
    closure: (group) => closureOf(set, group),
    controlGroups: (group) =>
      renewed(controlGroups, group, versionOf(set, closureOf(set, group)), () => controlGroupsOf(set, ever, group)),
    groupRequests: (group) => groupRequests(set, ever, group),
    limitsOn: (membership) => (set.documents.get(membership)?.limits ?? []).map(({ id }) => id as DocumentId),
    stands: (group, operation) => (stateOf(group)?.live.get(operation)?.length ?? 0) > 0,
    isForked: (place) => isForkedAway(set, place),
    fingerprint: (group, key) => fingerprint(resolutionOf(group).view, stateOf(group), key),
    version: (group) => versionOf(set, closureOf(set, group)),
    group: (group) => summaryOf(stateOf(group), resolutionOf(group), group),
    places: (group) => {
      const state = stateOf(group)
      return state?.founder === undefined ? [] : placesOf(state)
    },
    askers: (group) => askersIn(set, ever, group),
    requests: (group) => openRequests(set, ever, group),
    listing: (group) => listingOf(set, resolutionOf(group).view, stateOf(group), group),
    hasKeptItself: (group, key) => keptItselfBefore(set, group, key),
    keysOf: (subject) => everKeys(ever, subject),
    allowed: (group, place, range) => {
      const state = stateOf(group)
      if (state === undefined) return []
      const { view } = resolutionOf(group)
      return permissions.filter((permission) => covers(view, state, place, permission, range))
    },
    judge: (group, place, permission, range) =>
      judge(resolutionOf(group).view, stateOf(group), place, permission, range),
    judgeAny: (group, place, permission) => {
      const state = stateOf(group)
      const { view } = resolutionOf(group)
      const verdicts = rangesOf(state).map((range) => judge(view, state, place, permission, range))
      return verdicts.find(({ isAllowed }) => isAllowed) ?? judge(view, state, place, permission, '*')
    },
    actAlike: (group, key, place) => {
      const state = stateOf(group)
      const { view } = resolutionOf(group)
      const own = view.subjectsOf(place.publicKey)
      return [...view.subjectsOf(key)].some((subject) => own.has(subject) && state?.memberships.has(subject) === true)
    },
  }
}

const groupOf = (set: ControlSet, document: DocumentId): DocumentId | undefined =>
  set.groups.get(document)?.create?.id === document
    ? document
    : (set.documents.get(document)?.group ??
      set.limits.get(document)?.group ??
      set.requests.get(document)?.operation.group)

const groupNamed = (set: ControlSet, { id, operation }: ControlEntry): DocumentId | undefined => {
  if (operation.kind === 'group') return id as DocumentId
  if ('group' in operation) return operation.group
  return groupOf(set, operation.kind === 'limit-delete' ? operation.limit : operation.membership)
}

/** What was kept under a key, made anew where it is of an older version. */
function renewed<Key, Value>(kept: Map<Key, Kept<Value>>, key: Key, version: number, make: () => Value): Value {
  const known = kept.get(key)
  if (known?.version === version) return known.value
  const value = make()
  kept.set(key, { version, value })
  return value
}

/** What memberships of a group are for. */
const rangesOf = (state: GroupState | undefined): readonly GrantRange[] => [
  ...new Set([...(state?.memberships.values() ?? [])].flat().map(({ document }) => document.range)),
]

/** A number that grows whenever one of these groups changes, or another one joins them. */
const versionOf = (set: ControlSet, closure: readonly DocumentId[]): number =>
  closure.reduce((sum, group) => sum + 1 + (set.groups.get(group)?.version ?? 0), 0)

function summaryOf(state: GroupState | undefined, { view, adoptions }: Resolution, id: DocumentId): GroupSummary {
  if (state?.founder === undefined)
    return { founder: undefined, isEnded: state?.isEnded ?? false, levels: [], members: [], keepers: [], adopted: [] }
  const levels = [...state.levels].flatMap(([subject, byRange]) =>
    [...byRange].map(([range, level]) => ({ subject, range, level })),
  )
  const adopted = [...(adoptions.get(id)?.values() ?? [])].map(({ tip }) => ({
    publicKey: tip.publicKey,
    logId: tip.logId,
    tip: tip.id,
  }))
  const [members, keepers] = [membersOf(state), keepersOf(view, state)]
  return { founder: state.founder, isEnded: false, levels, members, keepers, adopted }
}
