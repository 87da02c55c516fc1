import type { DocumentId, OperationId } from '../ids.ts'
import { followersOf } from './causality.ts'
import type { EntryOf, GroupRecord, MembershipDocument } from './control-set.ts'
import { actsFor, leaverLimits } from './covers.ts'
import { settleEquals } from './equals.ts'
import type { ControlEntry, Flag, GrantRange, Subject } from './entry.ts'
import { isCutter, lowers, onlyLowers, raises, reaches } from './entry.ts'
import { genesisCandidates } from './genesis.ts'
import { countsAsLimit } from './limits.ts'
import { rightsOf } from './rights.ts'
import { covered } from './rows.ts'
import type { Cut, GroupState, KeptRows, Membership, View, Voice } from './state.ts'
import { membershipsOf, noLevel } from './state.ts'

/** A subject's right to authorise, by one membership. */
interface Principal {
  readonly via: MembershipDocument
  readonly level: number
}

/** A resolution while its levels are found. */
interface Strata {
  readonly view: View
  readonly id: DocumentId
  readonly path: readonly DocumentId[]
  readonly memberships: ReadonlyMap<Subject, readonly Membership[]>
  readonly statements: readonly { readonly entry: ControlEntry; readonly membership: Membership }[]
  /** Who may authorise, by subject: one for each membership that gives it. */
  readonly principals: Map<Subject, Principal[]>
  readonly live: Map<OperationId, Voice[]>
  /** Those of `live` that keep rows of a subject. */
  readonly keeps: Map<Subject, Voice[]>
  readonly cuts: Map<Subject, Cut[]>
}

/** What the principals of a level say and nobody above them cut, by what is asked of it: a group may have hundreds of removals. */
interface Standing {
  readonly voices: readonly Voice[]
  readonly onDocument: ReadonlyMap<MembershipDocument, readonly Voice[]>
  /** Limits that keep rows, by whom they are about. */
  readonly keeps: ReadonlyMap<Subject, readonly Voice[]>
  /** By whom somebody left. */
  readonly leavings: ReadonlyMap<Subject, readonly Voice[]>
}

/**
 * What holds in a group (identity.md §2.5): from the founder down, level by level, each level first settles who of it stands, then what it says.
 * What a level says is judged by those above it only, so nobody can undo what was done to them from above.
 *
 * @param path the groups it was reached through
 */
export function resolveGroup(view: View, group: GroupRecord, path: readonly DocumentId[]): GroupState {
  const memberships = membershipsOf(view, group)
  const strata: Strata = {
    view,
    id: group.id,
    path: [...path, group.id],
    memberships,
    statements: statementsOf(view, group.id, memberships.values()),
    principals: new Map(),
    live: new Map(),
    keeps: new Map(),
    cuts: new Map(),
  }
  const founder = placeGenesis(strata, group)
  if (founder !== undefined) {
    for (let level = 0; hasLevel(strata, level); level++) settleLevel(strata, level)
    markLeavers(strata)
  }
  const { id, live, cuts } = strata
  const hasEnded = founder !== undefined && isEnded(strata, group)
  if (founder === undefined || hasEnded)
    return { id, path: strata.path, founder: undefined, isEnded: hasEnded, memberships, ...nothing }
  const state = { id, path: strata.path, founder, isEnded: false, memberships, levels: levelsOf(strata), live, cuts }
  return { ...state, rights: rightsOf(state) }
}

/** What holds in a group where nothing does. */
const nothing = { levels: new Map(), live: new Map(), cuts: new Map(), rights: new Map() } as const

/** R5: whether the founder deleted the group. */
const isEnded = (strata: Strata, { deletes }: GroupRecord): boolean =>
  deletes.some((entry) =>
    [...strata.view.subjectsOf(entry.publicKey)].some((speaker) =>
      (strata.principals.get(speaker) ?? []).some(
        ({ level, via }) =>
          level === 0 &&
          actsFor(strata.view, strata.path, speaker, entry, 'authorise', '*') &&
          !isCut(strata, { entry, membership: { document: via, subject: speaker }, speaker, via, level }),
      ),
    ),
  )

/** What is said on memberships and takes part: operations and limits. */
function statementsOf(
  view: View,
  group: DocumentId,
  memberships: Iterable<readonly Membership[]>,
): Strata['statements'] {
  const statements: { readonly entry: ControlEntry; readonly membership: Membership }[] = []
  for (const those of memberships)
    for (const membership of those) {
      const { document } = membership
      for (const entry of document.statements) if (view.isInForce(group, entry)) statements.push({ entry, membership })
      for (const entry of document.withdrawals) if (view.isInForce(group, entry)) statements.push({ entry, membership })
      for (const entry of document.limits) if (countsAsLimit(view, group, entry)) statements.push({ entry, membership })
    }
  return statements
}

/** R8: the one statement that stands by its place alone. Answers who founds. */
function placeGenesis({ view, principals, live }: Strata, group: GroupRecord): Subject | undefined {
  for (const { document, create } of genesisCandidates(view.set, group)) {
    const subject = view.subjectOf(document)
    if (subject === undefined || !view.isInForce(group.id, create)) continue
    principals.set(subject, [{ via: document, level: 0 }])
    live.set(create.id, [
      { entry: create, membership: { document, subject }, speaker: subject, via: document, level: 0 },
    ])
    return subject
  }
  return undefined
}

const hasLevel = ({ principals }: Strata, level: number): boolean =>
  [...principals.values()].some((those) => those.some((principal) => principal.level === level))

function settleLevel(strata: Strata, level: number): void {
  const standing = withoutWithdrawn(strata, indexed(voicesAt(strata, level).filter((voice) => !isCut(strata, voice))))
  const { cutters, inForce } = settleCutters(strata, standing)
  for (const cut of inForce) push(strata.cuts, cut.voice.membership.subject, cut)
  const settled = new Set(inForce.map(({ voice }) => voice))
  const considered = new Set(cutters.map(({ voice }) => voice))
  for (const voice of standing.voices)
    if (settled.has(voice) || (!considered.has(voice) && !isCut(strata, voice))) {
      push(strata.live, voice.entry.id, voice)
      if (isKeep(voice)) push(strata.keeps, voice.membership.subject, voice)
      if (raises(voice.entry, 'authorise') && !lowers(voice.entry, 'accepted'))
        lift(strata, voice.membership, level + 1)
    }
}

function indexed(voices: readonly Voice[]): Standing {
  const onDocument = new Map<MembershipDocument, Voice[]>()
  const keeps = new Map<Subject, Voice[]>()
  const leavings = new Map<Subject, Voice[]>()
  for (const voice of voices) {
    const { entry, membership, speaker } = voice
    push(onDocument, membership.document, voice)
    if (isKeep(voice)) push(keeps, membership.subject, voice)
    if (membership.subject === speaker && isCutter(entry) && isRemoval(entry)) push(leavings, speaker, voice)
  }
  return { voices, onDocument, keeps, leavings }
}

/** Those of a level who take force from others, and which of them stand. */
function settleCutters(
  strata: Strata,
  standing: Standing,
): { readonly cutters: readonly Cut[]; readonly inForce: readonly Cut[] } {
  const cutters = standing.voices
    .filter(({ entry }) => isCutter(entry))
    .filter((voice) => !isRetracted(strata, standing, voice))
    .map((voice) => ({ voice, kept: keptRows(strata, standing, voice) }))
  const bySpeaker = new Map<Subject, Cut[]>()
  for (const cut of cutters) push(bySpeaker, cut.voice.speaker, cut)
  const cutBy = (a: Cut): readonly Cut[] =>
    (bySpeaker.get(a.voice.membership.subject) ?? []).filter((b) => cutsVoice(strata, a, b.voice))
  return { cutters, inForce: settleEquals(cutters, cutBy) }
}

/** §2.1.4: leaves out the limits that their own speaker withdrew, where that one stands with the limits still counted. */
function withoutWithdrawn(strata: Strata, standing: Standing): Standing {
  const withdrawals = standing.voices.filter(({ entry }) => entry.operation.kind === 'limit-delete')
  if (withdrawals.length === 0) return standing
  const { inForce } = settleCutters(strata, standing)
  const counting = withdrawals.filter((voice) => !inForce.some((cut) => cutsVoice(strata, cut, voice)))
  return indexed(
    standing.voices.filter(
      ({ entry, speaker }) =>
        !counting.some(
          (voice) =>
            voice.speaker === speaker &&
            voice.entry.operation.kind === 'limit-delete' &&
            voice.entry.operation.limit === entry.id,
        ),
    ),
  )
}

/** R9: lets a subject authorise by a membership, unless it does already. */
function lift({ principals }: Strata, { subject, document: via }: Membership, level: number): void {
  const those = principals.get(subject)
  if (those === undefined) principals.set(subject, [{ via, level }])
  else if (!those.some((principal) => principal.via === via)) those.push({ via, level })
}

/**
 * R9: the level of each subject and range, by the memberships that nobody of their level or above has deleted; where there is none of those, as it
 * was before.
 */
function levelsOf({ principals, live }: Strata): Map<Subject, Map<GrantRange, number>> {
  const isDeleted = ({ via, level }: Principal): boolean =>
    via.statements.some(
      ({ id, operation }) =>
        operation.kind === 'membership-delete' && live.get(id)?.some((voice) => voice.level <= level),
    )
  return new Map(
    [...principals].map(([subject, those]) => {
      const standing = those.filter((principal) => !isDeleted(principal))
      const levels = new Map<GrantRange, number>()
      for (const range of new Set(those.map(({ via }) => via.range))) {
        const ofRange = (ones: readonly Principal[]): readonly number[] =>
          ones.filter(({ via }) => via.range === range).map(({ level }) => level)
        const counting = ofRange(standing).length > 0 ? standing : those
        levels.set(range, Math.min(...ofRange(counting)))
      }
      return [subject, levels]
    }),
  )
}

/** What the principals of a level say, each for the ranges they have (R7). To lower oneself any range will do (R14). */
function voicesAt({ view, path, statements, principals }: Strata, level: number): readonly Voice[] {
  const voices: Voice[] = []
  for (const { entry, membership } of statements)
    for (const speaker of view.subjectsOf(entry.publicKey))
      for (const { via, level: at } of principals.get(speaker) ?? [])
        if (
          at === level &&
          mayJudge(via.range, speaker, entry, membership) &&
          actsFor(view, path, speaker, entry, 'authorise', via.range)
        )
          voices.push({ entry, membership, speaker, via, level })
  return voices
}

const mayJudge = (
  range: GrantRange,
  speaker: Subject,
  entry: ControlEntry,
  { document, subject }: Membership,
): boolean => reaches(range, document.range) || (speaker === subject && document.range === '*' && onlyLowers(entry))

/** R11: whether something in force takes the force from what somebody says. */
const isCut = (strata: Strata, voice: Voice): boolean =>
  (strata.cuts.get(voice.speaker) ?? []).some((cut) => cutsVoice(strata, cut, voice))

function cutsVoice({ view }: Strata, { voice: by, kept }: Cut, { entry, speaker, via }: Voice): boolean {
  if (by.entry.id === entry.id || by.membership.subject !== speaker) return false
  if (!reaches(by.membership.document.range, via.range)) return false
  const { operation } = by.entry
  // A DELETE takes what that membership gave, and leaves what another one gives (S41).
  if (operation.kind === 'membership-delete' && by.membership.document !== via) return false
  if (operation.kind === 'limit') return covered(view.set, operation.publicKey, operation.rows, entry)
  return !kept.some((one) => reaches(one.range, via.range) && covered(view.set, one.publicKey, one.rows, entry))
}

const isRemoval = ({ operation }: ControlEntry): boolean => operation.kind !== 'limit'

/** R11: the rows that save from a removal: from above it, from its own subject, and what a leaver kept itself. */
function keptRows(strata: Strata, standing: Standing, removal: Voice): readonly KeptRows[] {
  if (!isRemoval(removal.entry)) return []
  const { subject } = removal.membership
  if (subject === removal.speaker) return ownKeptRows(strata, removal)
  const own = (standing.keeps.get(subject) ?? []).filter(
    (voice) => voice.speaker === removal.speaker && hasKept(strata, standing, voice),
  )
  return [...rowsFromAbove(strata, removal), ...own.flatMap(rowsOf)]
}

const ownKeptRows = (strata: Strata, removal: Voice): readonly KeptRows[] => [
  ...rowsFromAbove(strata, removal),
  ...leaverLimitsOf(strata, removal.membership.subject).flatMap(({ limit, membership }) =>
    rowsOf({ entry: limit, membership }),
  ),
]

const leaverLimitsOf = (
  strata: Strata,
  subject: Subject,
): readonly { readonly limit: EntryOf<'limit'>; readonly membership: Membership }[] =>
  (strata.memberships.get(subject) ?? []).flatMap((membership) =>
    leaverLimits(strata.view, strata, membership).map((limit) => ({ limit, membership })),
  )

const rowsFromAbove = ({ keeps }: Strata, { membership, level }: Voice): readonly KeptRows[] =>
  (keeps.get(membership.subject) ?? []).filter((voice) => voice.level < level).flatMap(rowsOf)

const isKeep = ({ entry: { operation } }: Voice): boolean => operation.kind === 'limit' && operation.mode === 'keep'

const rowsOf = ({ entry, membership }: Pick<Voice, 'entry' | 'membership'>): readonly KeptRows[] =>
  entry.operation.kind === 'limit'
    ? [{ publicKey: entry.operation.publicKey, range: membership.document.range, rows: entry.operation.rows }]
    : []

/** Whether what somebody says outlives its own leaving: it never left, kept it, or was called back from above. */
const hasKept = (strata: Strata, standing: Standing, voice: Voice): boolean =>
  (standing.leavings.get(voice.speaker) ?? [])
    .filter((leaving) => !isLiftedFromAbove(strata, leaving))
    .every((leaving) => !cutsVoice(strata, { voice: leaving, kept: ownKeptRows(strata, leaving) }, voice))

const cuttingFlags: readonly Flag[] = ['accepted', 'authorise']

/** R13: whether a removal was taken back by who said it, or from above. A DELETE has nothing to raise again. */
function isRetracted(strata: Strata, standing: Standing, removal: Voice): boolean {
  if (isLiftedFromAbove(strata, removal)) return true
  if (removal.speaker === removal.membership.subject) return false
  const said = standing.onDocument.get(removal.membership.document) ?? []
  const later = said.filter((voice) => voice.speaker === removal.speaker)
  return isRaisedAgain(
    removal,
    later.filter((voice) => hasKept(strata, standing, voice)),
  )
}

const isLiftedFromAbove = (strata: Strata, removal: Voice): boolean =>
  isRaisedAgain(
    removal,
    removal.membership.document.statements
      .flatMap(({ id }) => strata.live.get(id) ?? [])
      .filter(({ level }) => level < removal.level),
  )

/** Whether, after a removal and on its document, everything that it cuts by was raised again. */
function isRaisedAgain({ entry, membership }: Voice, by: readonly Voice[]): boolean {
  const flags = entry.operation.kind === 'limit' ? [] : cuttingFlags.filter((flag) => lowers(entry, flag))
  if (flags.length === 0) return false
  const onDocument = by.filter((voice) => voice.membership.document === membership.document)
  if (!onDocument.some((voice) => flags.some((flag) => raises(voice.entry, flag)))) return false
  const followers = followersOf(membership.document, entry.id)
  return flags.every((flag) => onDocument.some((voice) => raises(voice.entry, flag) && followers.has(voice.entry.id)))
}

/** R14: anybody may lower itself, also who may not authorise. It has effect on itself alone. */
function markLeavers(strata: Strata): void {
  const { view, path } = strata
  for (const { entry, membership } of strata.statements) {
    const { subject, document } = membership
    if (!isRemoval(entry) || !onlyLowers(entry) || mayLevelLower(strata, membership)) continue
    const voice = { entry, membership, speaker: subject, via: document, level: noLevel }
    if (!isCut(strata, voice) && actsFor(view, path, subject, entry, 'authorise', document.range))
      push(strata.live, entry.id, voice)
  }
}

/** Whether a subject lowers that membership of itself as one of those who authorise. */
const mayLevelLower = ({ principals }: Strata, { subject, document }: Membership): boolean =>
  (principals.get(subject) ?? []).some(({ via }) => document.range === '*' || reaches(via.range, document.range))

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [value])
  else known.push(value)
}
