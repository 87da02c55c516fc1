import type { DocumentId, PublicKey } from '../ids.ts'
import { type Adoptions, adoptionsOf, isAdopted, sameAdoptions } from './adoption.ts'
import { type ControlSet, type MembershipDocument, isForkedAway } from './control-set.ts'
import { type ControlEntry, type Subject, logName, onlyLowers } from './entry.ts'
import { type Ever, documentSubject, everSubjects } from './ever.ts'
import type { GroupState, View } from './state.ts'
import { resolveGroup } from './strata.ts'

/** Rounds in which adopters are found: each may let in who adopts in the next (R26). */
const maxRounds = 8

/** Groups as they stand. */
export interface Resolution {
  readonly view: View
  readonly adoptions: ReadonlyMap<DocumentId, Adoptions>
}

/** A place for states that hold whatever forks elsewhere, kept from one resolution to the next. */
export type StateCache = (
  group: DocumentId,
  path: readonly DocumentId[],
  resolve: () => GroupState | undefined,
) => GroupState | undefined

/** A group and all that it may hang on, that one first. */
export function closureOf(set: ControlSet, group: DocumentId): readonly DocumentId[] {
  const closure = new Set([group])
  for (const id of closure) for (const below of set.groups.get(id)?.below ?? []) closure.add(below)
  return [...closure]
}

/** What holds in a group and below it, with forked logs judged (R25, R26). */
export function resolve(set: ControlSet, ever: Ever, closure: readonly DocumentId[], cached: StateCache): Resolution {
  let adoptions: ReadonlyMap<DocumentId, Adoptions> = new Map()
  let view = viewOf(set, ever, adoptions, cached)
  if (!closure.some((group) => set.groups.get(group)?.isForked)) return { view, adoptions }
  for (let round = 1; round < maxRounds; round++) {
    const next = adoptionsOf(view, closure)
    if (sameAdoptions(adoptions, next)) break
    adoptions = next
    view = viewOf(set, ever, adoptions, cached)
  }
  return { view, adoptions }
}

function viewOf(set: ControlSet, ever: Ever, adoptions: ReadonlyMap<DocumentId, Adoptions>, cached: StateCache): View {
  const states = new Map<string, GroupState | undefined>()
  const subjects = new Map<MembershipDocument, Subject | undefined>()
  const acting = new Map<PublicKey, ReadonlySet<Subject>>()
  const view: View = {
    set,
    ever,
    subjectOf: (document) => remember(subjects, document, () => documentSubject(set, ever, document)),
    adopted: (group, log) => adoptions.get(group)?.get(log),
    isInForce: (group, entry) => isInForce(view, group, entry),
    subjectsOf: (key) => remember(acting, key, () => everSubjects(ever, key)),
    stateOf: (group, path) =>
      remember(states, [group, ...path].join(), () =>
        cached(group, path, () => {
          const record = set.groups.get(group)
          return record === undefined ? undefined : resolveGroup(view, record, path)
        }),
      ),
  }
  return view
}

/** R25: before the fork, or on the branch that was adopted. R25a: or wherever, where it only lowers. */
const isInForce = (view: View, group: DocumentId, entry: ControlEntry): boolean =>
  !isForkedAway(view.set, entry) ||
  onlyLowers(entry) ||
  isAdopted(view, view.adopted(group, logName(entry.publicKey, entry.logId)), entry.id, entry.seqNum)

function remember<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = known.get(key)
  if (value !== undefined || known.has(key)) return value as Value
  const made = make()
  known.set(key, made)
  return made
}
