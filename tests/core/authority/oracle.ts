/**
 * The rules of identity.md §2 and §3.4 once more, as plainly as they can be said: nothing is kept, nothing is indexed, every question walks over
 * everything. Too slow for use, and of use because it shares no line with what it is compared with.
 */
import type { ControlEntry, ControlOperation, Flag, Permission, Place } from '../../../src/core/authority/entry.ts'

type Of<Kind extends ControlOperation['kind']> = ControlEntry & {
  readonly operation: Extract<ControlOperation, { kind: Kind }>
}
type Spot = Place & { readonly id?: string }
interface Doc {
  readonly id: string
  readonly group: string
  readonly subject: string
  readonly range: string
}
/** A group as it is asked about; the texts are for comparing. */
interface Summary {
  readonly founder: string | undefined
  readonly levels: readonly string[]
  readonly members: readonly string[]
  readonly adopted: readonly string[]
}
const inert: Summary = { founder: undefined, levels: [], members: [], adopted: [] }
/** Something said by a subject that may, on the strength of one membership (`by`). */
interface Said {
  readonly entry: ControlEntry
  readonly doc: Doc
  readonly who: string
  readonly by: Doc
  readonly level: number
}
interface State {
  readonly founder: string | undefined
  readonly docs: readonly Doc[]
  readonly said: readonly Said[]
  readonly seats: readonly { readonly doc: Doc; readonly level: number }[]
  readonly max: ReadonlySet<string>
}
type Adopted = ReadonlyMap<string, { readonly tip: ControlEntry; readonly own: boolean }>

const perms: readonly Permission[] = ['authorise', 'create', 'update', 'delete']
const within = (range: string, wanted: string): boolean => range === '*' || range === wanted
const log = (place: Place): string => `${place.publicKey}/${place.logId}`

export function oracle(entries: readonly ControlEntry[], forks: readonly Place[]) {
  const of = <Kind extends ControlOperation['kind']>(kind: Kind): readonly Of<Kind>[] =>
    entries.filter((entry): entry is Of<Kind> => entry.operation.kind === kind)
  const groups = of('group')
  const requests = of('request')
  const creates = of('membership')
  const limits = of('limit')
  const byId = (id: string | undefined): ControlEntry | undefined => entries.find((entry) => entry.id === id)

  const forkPoint = (place: Place): bigint | undefined =>
    [
      ...forks.filter((fork) => log(fork) === log(place)),
      ...entries.filter(
        (a) => log(a) === log(place) && entries.some((b) => b !== a && log(b) === log(a) && b.seqNum === a.seqNum),
      ),
    ]
      .map(({ seqNum }) => seqNum as bigint)
      .reduce<bigint | undefined>((least, seq) => (least === undefined || seq < least ? seq : least), undefined)
  const points = new Map([...forks, ...entries].map((place) => [log(place), forkPoint(place)]))
  const afterFork = (place: Place): boolean => place.seqNum >= (points.get(log(place)) ?? 2n ** 64n)
  const onBranch = (tip: ControlEntry | undefined, id: string | undefined): boolean =>
    tip !== undefined && (tip.id === id || onBranch(byId(tip.backlink), id))

  // ≺
  const previous = (entry: ControlEntry | undefined): readonly string[] =>
    entry !== undefined && 'previous' in entry.operation ? entry.operation.previous : []
  const before = (a: string, b: string): boolean => previous(byId(b)).some((id) => id === a || before(a, id))

  const flags = ({ operation }: ControlEntry): Partial<Record<Flag, boolean>> =>
    'flags' in operation ? operation.flags : {}
  const raises = (entry: ControlEntry, flag: Flag): boolean => flags(entry)[flag] === true
  const lowers = (entry: ControlEntry, flag: Flag): boolean =>
    flags(entry)[flag] === false && !(entry.operation.kind === 'membership' && flag !== 'accepted')
  const isDelete = ({ operation }: ControlEntry): boolean => operation.kind === 'membership-delete'
  const isVoid = ({ operation }: ControlEntry): boolean => operation.kind === 'limit' && operation.mode === 'void'
  const removes = (entry: ControlEntry): boolean =>
    isDelete(entry) || lowers(entry, 'accepted') || lowers(entry, 'authorise')
  const takesOnly = (entry: ControlEntry): boolean =>
    isVoid(entry) ||
    isDelete(entry) ||
    (!Object.values(flags(entry)).includes(true) &&
      (['accepted', ...perms] as const).some((flag) => lowers(entry, flag)))
  const docOf = ({ id, operation }: ControlEntry): string => ('membership' in operation ? operation.membership : id)

  // R8, by place
  const geneses = (group: string): readonly Of<'membership'>[] =>
    creates.filter((create) => {
      const root = groups.find(({ id }) => id === group)
      const request = requests.find(({ id }) => id === create.operation.request)
      if (root === undefined || request === undefined) return false
      const at = (entry: ControlEntry, further: bigint): boolean =>
        entry.publicKey === root.publicKey && entry.logId === root.logId + further && entry.seqNum === 1n
      const { founder } = root.operation
      const { member } = request.operation
      return (
        create.operation.group === group &&
        request.operation.group === group &&
        create.operation.range === '*' &&
        raises(create, 'accepted') &&
        at(request, 1n) &&
        at(create, 2n) &&
        (founder === 'unsaid' || (founder === 'key' ? member === undefined : member === founder))
      )
    })

  // R4: `group subject range` ever given authority; `group subject` ever let in
  const everA = new Set<string>()
  const everIn = new Set<string>()
  const everMay = (group: string, key: string, range: string, path: readonly string[] = []): boolean =>
    [...everA].some((text) => {
      const [at = '', who = '', held = ''] = text.split(' ')
      if (at !== group || !within(held, range)) return false
      return (
        who === `k:${key}` ||
        (who.startsWith('g:') && !path.includes(who) && everMay(who.slice(2), key, range, [...path, who]))
      )
    })
  const subject = (requestId: string): string | undefined => {
    const request = requests.find(({ id }) => id === requestId)
    if (request === undefined) return undefined
    const { member } = request.operation
    if (member === undefined) return `k:${request.publicKey}`
    return everMay(member, request.publicKey, '*') ? `g:${member}` : undefined
  }
  const allDocs = (): readonly Doc[] =>
    creates.flatMap(({ id, operation }) => {
      const who = subject(operation.request)
      const isOfGroup = requests.some(
        (request) => request.id === operation.request && request.operation.group === operation.group,
      )
      return who === undefined || !isOfGroup
        ? []
        : [{ id, group: operation.group, subject: who, range: operation.range }]
    })
  for (let size = -1; size !== everA.size + everIn.size;) {
    size = everA.size + everIn.size
    const known = allDocs()
    for (const { id } of groups)
      for (const genesis of geneses(id)) {
        const doc = known.find((one) => one.id === genesis.id)
        if (doc === undefined) continue
        everA.add(`${id} ${doc.subject} *`)
        everIn.add(`${id} ${doc.subject}`)
      }
    for (const entry of entries) {
      const doc = known.find(({ id }) => id === docOf(entry))
      if (doc === undefined || !Object.values(flags(entry)).includes(true) || flags(entry).accepted === false) continue
      if (!everMay(doc.group, entry.publicKey, doc.range)) continue
      everIn.add(`${doc.group} ${doc.subject}`)
      if (raises(entry, 'authorise')) everA.add(`${doc.group} ${doc.subject} ${doc.range}`)
    }
  }
  const docs = allDocs()
  const everActed = (who: string, key: string, path: readonly string[] = []): boolean =>
    who === `k:${key}` ||
    (who.startsWith('g:') &&
      !path.includes(who) &&
      [...everIn].some((text) => {
        const [group, member = ''] = text.split(' ')
        return `g:${group}` === who && everActed(member, key, [...path, who])
      }))

  /** One round of R26: what holds while these branches count. */
  function round(adopted: ReadonlyMap<string, Adopted>) {
    const states = new Map<string, State>()
    const counts = (group: string, entry: ControlEntry): boolean =>
      !afterFork(entry) || takesOnly(entry) || onBranch(adopted.get(group)?.get(log(entry))?.tip, entry.id)
    const covers = (limit: Of<'limit'>, spot: Spot): boolean =>
      limit.operation.publicKey === spot.publicKey &&
      limit.operation.rows.some(({ logId, from, to, tip }) => {
        if (logId !== spot.logId || spot.seqNum < from || spot.seqNum > to) return false
        if (tip === undefined || spot.id === undefined || !afterFork(spot)) return true
        const end = byId(tip)
        return end !== undefined && log(end) === log(spot) && end.seqNum === to && onBranch(end, spot.id)
      })

    // R25b
    const limitCounts = (group: string, limit: Of<'limit'>): boolean => {
      if (limit.publicKey !== limit.operation.publicKey) return counts(group, limit)
      if (limit.operation.mode === 'void') return false
      const own = limits.filter(
        (one) =>
          one.publicKey === limit.publicKey &&
          one.operation.publicKey === limit.publicKey &&
          one.operation.mode === 'keep' &&
          creates.some((create) => create.id === one.operation.membership && create.operation.group === group),
      )
      if (own.some(({ logId }) => logId < limit.logId)) return false
      if (points.get(log(limit)) === undefined) return true
      const branch = adopted.get(group)?.get(log(limit))
      return branch !== undefined && !branch.own && onBranch(branch.tip, limit.id)
    }
    const limitsOn = (doc: Doc): readonly Of<'limit'>[] =>
      limits.filter((limit) => limit.operation.membership === doc.id && limitCounts(doc.group, limit))

    const acts = (path: readonly string[], who: string, spot: Spot, perm: Permission, range: string): boolean => {
      if (who === `k:${spot.publicKey}`) return true
      const group = who.slice(2)
      return (
        who.startsWith('g:') &&
        !path.includes(group) &&
        path.length < 8 &&
        everActed(who, spot.publicKey) &&
        may(group, [...path, group], spot, perm, range)
      )
    }
    /** R18 */
    const may = (group: string, path: readonly string[], spot: Spot, perm: Permission, range: string): boolean => {
      const state = stateOf(group, path)
      return [...new Set(state.docs.map((doc) => doc.subject))].some(
        (who) => stands(state, path, who, spot, perm, range) && acts(path, who, spot, perm, range),
      )
    }
    const levelOf = (state: State, who: string, range: string): number => {
      const seatsOf = (exact: string) => {
        const all = state.seats.filter(({ doc }) => doc.subject === who && doc.range === exact)
        const kept = all.filter(
          (seat) => !state.said.some((one) => one.doc === seat.doc && isDelete(one.entry) && one.level <= seat.level),
        )
        return Math.min(...(kept.length > 0 ? kept : all).map(({ level }) => level))
      }
      return Math.min(seatsOf(range), seatsOf('*'))
    }
    const deleted = ({ said }: State, doc: Doc): boolean => said.some((one) => one.doc === doc && isDelete(one.entry))
    const lifted = (state: State, low: ControlEntry, doc: Doc, flag: Flag): boolean => {
      const lowLevel = Math.min(...state.said.filter(({ entry }) => entry === low).map(({ level }) => level))
      return state.said.some(
        ({ entry, who, level }) =>
          docOf(entry) === doc.id &&
          raises(entry, flag) &&
          before(low.id, entry.id) &&
          level <= lowLevel &&
          (who !== doc.subject || levelOf(state, doc.subject, doc.range) < lowLevel),
      )
    }
    /** R15 */
    const unlifted = (state: State, doc: Doc, flag: Flag): boolean =>
      state.said.some((one) => one.doc === doc && lowers(one.entry, flag) && !lifted(state, one.entry, doc, flag))
    const isOn = (state: State, doc: Doc, flag: Flag): boolean =>
      state.said.some((one) => one.doc === doc && raises(one.entry, flag)) &&
      !deleted(state, doc) &&
      !unlifted(state, doc, flag)
    const stands = (
      state: State,
      path: readonly string[],
      who: string,
      spot: Spot,
      perm: Permission,
      range: string,
    ): boolean => {
      const own = state.docs.filter((doc) => doc.subject === who && within(doc.range, range))
      if (!state.max.has(`${who} ${perm} ${range}`) && !state.max.has(`${who} ${perm} *`)) return false
      const live = own.flatMap((doc) => state.said.filter((one) => one.doc === doc))
      const rowed = (one: Said): boolean =>
        one.entry.operation.kind === 'limit' && covers(one.entry as Of<'limit'>, spot)
      if (live.some((one) => isVoid(one.entry) && rowed(one) && one.level <= levelOf(state, who, range))) return false
      const banned = own.some((doc) => unlifted(state, doc, 'accepted'))
      if (!banned && own.some((doc) => isOn(state, doc, 'accepted') && isOn(state, doc, perm))) return true
      if (live.some((one) => !isVoid(one.entry) && rowed(one))) return true
      const others = live.some((one) => (isDelete(one.entry) || lowers(one.entry, 'accepted')) && one.who !== who)
      return !others && own.some((doc) => leaverRows(path, doc).some((limit) => covers(limit, spot)))
    }
    /** What a leaver keeps (R14, R25b). */
    const leaverRows = (path: readonly string[], doc: Doc): readonly Of<'limit'>[] => {
      const said = limitsOn(doc).filter(
        (limit) => limit.operation.mode === 'keep' && acts(path, doc.subject, limit, 'authorise', doc.range),
      )
      const own = said.filter((limit) => limit.publicKey === limit.operation.publicKey)
      return said.filter((limit) => own.includes(limit) || own.some((one) => covers(one, limit)))
    }

    const stateOf = (group: string, path: readonly string[]): State => {
      const key = path.join()
      const known = states.get(key)
      if (known !== undefined) return known
      const state = judge(group, path)
      states.set(key, state)
      return state
    }

    function judge(group: string, path: readonly string[]): State {
      const own = docs.filter((doc) => doc.group === group)
      const genesis = geneses(group).find((one) => own.some(({ id }) => id === one.id) && counts(group, one))
      const first = own.find(({ id }) => id === genesis?.id)
      if (genesis === undefined || first === undefined)
        return { founder: undefined, docs: own, said: [], seats: [], max: new Set() }
      const spoken = own.flatMap((doc) => [
        ...entries
          .filter((entry) => entry.operation.kind !== 'limit' && docOf(entry) === doc.id && counts(group, entry))
          .map((entry) => ({ entry, doc })),
        ...limitsOn(doc).map((entry) => ({ entry, doc })),
      ])
      const seats = [{ doc: first, level: 0 }]
      const said: Said[] = [{ entry: genesis, doc: first, who: first.subject, by: first, level: 0 }]
      const cuts: { readonly cut: Said; readonly keeps: readonly { limit: Of<'limit'>; doc: Doc }[] }[] = []

      type Cut = (typeof cuts)[number]
      const hits = ({ cut, keeps }: Cut, on: Said): boolean => {
        if (cut.entry === on.entry || cut.doc.subject !== on.who || !within(cut.doc.range, on.by.range)) return false
        if (isVoid(cut.entry)) return covers(cut.entry as Of<'limit'>, on.entry)
        if (isDelete(cut.entry) && cut.doc !== on.by) return false
        return !keeps.some(({ limit, doc }) => within(doc.range, on.by.range) && covers(limit, on.entry))
      }
      const keepsOf = (from: readonly Said[], who: string) =>
        from
          .filter((one) => one.entry.operation.kind === 'limit' && !isVoid(one.entry) && one.doc.subject === who)
          .map((one) => ({ limit: one.entry as Of<'limit'>, doc: one.doc }))
      const raisedAgain = (cut: Said, from: readonly Said[]): boolean => {
        const what = (['accepted', 'authorise'] as const).filter((flag) => lowers(cut.entry, flag))
        return (
          what.length > 0 &&
          what.every((flag) =>
            from.some((one) => one.doc === cut.doc && raises(one.entry, flag) && before(cut.entry.id, one.entry.id)),
          )
        )
      }

      for (let level = 0; seats.some((seat) => seat.level === level); level++) {
        const voices = spoken
          .flatMap(({ entry, doc }) =>
            seats
              .filter((seat) => seat.level === level)
              .filter(
                ({ doc: by }) =>
                  within(by.range, doc.range) || (by.subject === doc.subject && doc.range === '*' && takesOnly(entry)),
              )
              .filter(({ doc: by }) => everActed(by.subject, entry.publicKey))
              .filter(({ doc: by }) => acts(path, by.subject, entry, 'authorise', by.range))
              .map(({ doc: by }): Said => ({ entry, doc, who: by.subject, by, level })),
          )
          .filter((voice) => !cuts.some((cut) => hits(cut, voice)))
        const above = said.filter((one) => one.level < level)
        const ownKeeps = (who: string) => [
          ...keepsOf(above, who),
          ...own
            .filter((doc) => doc.subject === who)
            .flatMap((doc) => leaverRows(path, doc).map((limit) => ({ limit, doc }))),
        ]
        const outlives = (voice: Said): boolean =>
          voices
            .filter(
              (one) =>
                one.who === voice.who &&
                one.doc.subject === voice.who &&
                removes(one.entry) &&
                !raisedAgain(one, above),
            )
            .every((one) => !hits({ cut: one, keeps: ownKeeps(voice.who) }, voice))
        const vouched = voices.filter(outlives)
        const withdrawn = (cut: Said): boolean =>
          removes(cut.entry) &&
          (raisedAgain(cut, above) ||
            (cut.who !== cut.doc.subject &&
              raisedAgain(
                cut,
                vouched.filter(({ who }) => who === cut.who),
              )))
        const cutters = voices.filter((one) => (removes(one.entry) || isVoid(one.entry)) && !withdrawn(one))
        let left: Cut[] = cutters.map((cut) => ({
          cut,
          keeps: !removes(cut.entry)
            ? []
            : cut.who === cut.doc.subject
              ? ownKeeps(cut.who)
              : [
                  ...keepsOf(above, cut.doc.subject),
                  ...keepsOf(
                    vouched.filter(({ who }) => who === cut.who),
                    cut.doc.subject,
                  ),
                ],
        }))
        // R12 by reachability: who is hit only by those it reaches back stands.
        while (left.length > 0) {
          const now = left
          const reaches = (from: Cut): Set<Cut> => {
            const seen = new Set<Cut>()
            const go = (at: Cut): void => {
              for (const next of now) {
                if (!hits(at, next.cut) || seen.has(next)) continue
                seen.add(next)
                go(next)
              }
            }
            go(from)
            return seen
          }
          const reach = new Map(now.map((one) => [one, reaches(one)]))
          const sources = now.filter((one) =>
            now.every((other) => !reach.get(other)?.has(one) || other === one || reach.get(one)?.has(other)),
          )
          cuts.push(...sources)
          said.push(...sources.map(({ cut }) => cut))
          left = now.filter((one) => !sources.includes(one) && !sources.some((source) => hits(source, one.cut)))
        }
        said.push(...voices.filter((voice) => !cutters.includes(voice) && !cuts.some((cut) => hits(cut, voice))))
        for (const { entry, doc } of said.filter((one) => one.level === level))
          if (raises(entry, 'authorise') && !lowers(entry, 'accepted') && !seats.some((seat) => seat.doc === doc))
            seats.push({ doc, level: level + 1 })
      }
      for (const { entry, doc } of spoken) {
        const voice: Said = { entry, doc, who: doc.subject, by: doc, level: Infinity }
        const isSeated = seats.some(
          ({ doc: by }) => by.subject === doc.subject && (doc.range === '*' || within(by.range, doc.range)),
        )
        if (entry.operation.kind === 'limit' || !takesOnly(entry) || isSeated || cuts.some((cut) => hits(cut, voice)))
          continue
        if (acts(path, doc.subject, entry, 'authorise', doc.range)) said.push(voice)
      }
      const max = new Set(perms.map((perm) => `${first.subject} ${perm} *`))
      for (let size = -1; size !== max.size;) {
        size = max.size
        for (const { entry, doc, who } of said)
          for (const perm of perms)
            if (raises(entry, perm) && (max.has(`${who} ${perm} *`) || max.has(`${who} ${perm} ${doc.range}`)))
              max.add(`${doc.subject} ${perm} ${doc.range}`)
      }
      return { founder: first.subject, docs: own, said, seats, max }
    }

    /** R26: what one group says of a log. */
    const proposals = (group: string, name: string) => {
      const state = stateOf(group, [group])
      const all = state.docs.flatMap((doc) =>
        limits
          .filter(({ operation }) => operation.membership === doc.id && operation.mode === 'keep')
          .filter(({ operation }) => everActed(doc.subject, operation.publicKey))
          .flatMap((limit) => {
            const own = limit.publicKey === limit.operation.publicKey
            const level = levelOf(state, doc.subject, doc.range)
            const left = state.said.some(
              (one) =>
                one.doc.subject === doc.subject &&
                one.who === doc.subject &&
                (isDelete(one.entry) || lowers(one.entry, 'accepted')),
            )
            const spoken = Math.min(...state.said.filter(({ entry }) => entry === limit).map((one) => one.level))
            const isHeard = state.said.some(({ entry }) => entry === limit) && spoken <= level
            if (
              own
                ? !(doc.subject === `k:${limit.publicKey}` && left && leaverRows([group], doc).includes(limit))
                : !isHeard
            )
              return []
            return limit.operation.rows.flatMap((row) => {
              const tip = byId(row.tip)
              const fits =
                tip !== undefined &&
                log(tip) === name &&
                tip.publicKey === limit.operation.publicKey &&
                tip.logId === row.logId
              return fits && row.from === 1n && tip.seqNum === row.to && afterFork(tip)
                ? [{ tip, own, level: own ? level : spoken }]
                : []
            })
          }),
      )
      const lowest = Math.min(...all.map(({ level }) => level))
      return all.filter(({ level }) => level === lowest)
    }
    const decide = (group: string, name: string, key: string) => {
      const seen = [group]
      for (let ring = [group]; ring.length > 0;) {
        const sets = ring.map((one) => proposals(one, name)).filter((all) => all.length > 0)
        const longest = sets.map((all) => all.reduce((a, b) => (b.tip.seqNum > a.tip.seqNum ? b : a)))
        const isOne = sets.every((all, i) => all.every(({ tip }) => onBranch(longest[i]!.tip, tip.id)))
        const top = longest.reduce<(typeof longest)[number] | undefined>(
          (a, b) => (a === undefined || b.tip.seqNum > a.tip.seqNum ? b : a),
          undefined,
        )
        if (top !== undefined) {
          if (!isOne || !longest.every(({ tip }) => onBranch(top.tip, tip.id))) return undefined
          return { tip: top.tip, own: sets.flat().every(({ tip, own }) => own || tip !== top.tip) }
        }
        ring = ring
          .flatMap((one) => {
            const founders = new Set(geneses(one).flatMap(({ id }) => docs.find((doc) => doc.id === id)?.subject ?? []))
            return founders.size > 1
              ? []
              : [...everIn].filter((text) => text.startsWith(`${one} g:`)).map((text) => text.split(' g:')[1]!)
          })
          .filter((one) => everActed(`g:${one}`, key) && !seen.includes(one) && seen.push(one))
      }
      return undefined
    }
    const names = new Map(entries.filter(afterFork).map((entry) => [log(entry), entry.publicKey]))
    const adoptions = (): ReadonlyMap<string, Adopted> =>
      new Map(
        groups.map(({ id }) => [
          id,
          new Map(
            [...names].flatMap(([name, key]) => {
              const branch = decide(id, name, key)
              return branch === undefined ? [] : [[name, branch] as const]
            }),
          ),
        ]),
      )
    return { adoptions, may, stateOf, levelOf, isOn, unlifted }
  }

  const text = (adopted: ReadonlyMap<string, Adopted>): string =>
    JSON.stringify(
      [...adopted].map(([group, logs]) => [
        group,
        [...logs].map(([name, { tip, own }]) => `${name} ${tip.id} ${own}`).sort(),
      ]),
    )
  let adopted: ReadonlyMap<string, Adopted> = new Map(groups.map(({ id }) => [id, new Map()]))
  let world = round(adopted)
  for (let rounds = 1; rounds < 8; rounds++) {
    const next = world.adoptions()
    if (text(next) === text(adopted)) break
    adopted = next
    world = round(adopted)
  }
  return {
    /** What a group looks like, in the order of nothing: sort before comparing. */
    group: (id: string): Summary => {
      const state = world.stateOf(id, [id])
      if (state.founder === undefined) return inert
      const seated = new Set(state.seats.map(({ doc }) => `${doc.subject} ${doc.range}`))
      const exact = (who: string, range: string): number =>
        world.levelOf({ ...state, seats: state.seats.filter(({ doc }) => doc.range === range) }, who, range)
      const members = [...new Set(state.docs.map((doc) => doc.subject))].filter((who) => {
        const general = state.docs.filter((doc) => doc.subject === who && doc.range === '*')
        return (
          general.some((doc) => world.isOn(state, doc, 'accepted')) &&
          !general.some((doc) => world.unlifted(state, doc, 'accepted'))
        )
      })
      return {
        founder: state.founder,
        levels: [...seated].map((one) => {
          const [who = '', range = ''] = one.split(' ')
          return `${one} ${exact(who, range)}`
        }),
        members,
        adopted: [...(adopted.get(id) ?? [])].map(([name, { tip }]) => `${name} ${tip.id}`),
      }
    },
    allowed: (group: string, spot: Spot, range: string): readonly Permission[] =>
      perms.filter((perm) => world.may(group, [group], spot, perm, range)),
  }
}
