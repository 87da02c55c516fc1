import { createAuthority } from '../src/core/authority/authority.ts'
import { type ControlEntry, type ControlOperation, roleFlags, roles } from '../src/core/authority/entry.ts'
import { encodeBundleItem, bundleHeader } from '../src/core/bundle/bundle.ts'
import type {
  DocumentId,
  EncodedEntry,
  EncodedOperation,
  LogId,
  OperationId,
  PublicKey,
  SeqNum,
} from '../src/core/ids.ts'
import type { EngineApi } from '../src/engine/api.ts'
import { aCrew } from '../tests/engine/authority/a-crew.ts'
import type { Written } from '../tests/engine/author.ts'
import type { AppRow, Subject } from './harness/subject.ts'
import { median } from './harness/subject.ts'
import { call, dropDatabase, freshName, makeKeys, openEngine, openStore, stream, valueOf } from './support/engine.ts'

const memberCount = 400
const operationCount = 1_000
const removedThings = 1_000
const rounds = 5

const keyOf = (n: number): PublicKey => n.toString(16).padStart(64, '0') as PublicKey
const founder = keyOf(0)

/** A group as its devices know it: a founder, 400 members let in by it and by keepers among them, and changes of roles until it is 1,000 operations. */
function aLargeGroup() {
  const entries: ControlEntry[] = []
  const logs = new Map<string, ControlEntry>()
  const nextLog = new Map<PublicKey, bigint>()
  const write = (publicKey: PublicKey, operation: ControlOperation, log?: LogId): ControlEntry => {
    const logId = log ?? ((nextLog.get(publicKey) ?? 0n) as LogId)
    if (log === undefined) nextLog.set(publicKey, logId + 1n)
    const name = `${publicKey}/${logId}`
    const before = logs.get(name)
    const entry: ControlEntry = {
      id: `0020${entries.length.toString(16).padStart(64, '0')}` as OperationId,
      publicKey,
      logId,
      seqNum: ((before?.seqNum ?? 0n) + 1n) as SeqNum,
      ...(before && { backlink: before.id }),
      operation,
    }
    entries.push(entry)
    logs.set(name, entry)
    return entry
  }
  const group = write(founder, { kind: 'group', founder: 'key' }).id as string as DocumentId
  const admit = (by: PublicKey, who: PublicKey, role: keyof typeof roles): ControlEntry => {
    const request = write(who, { kind: 'request', group }).id
    return write(by, { kind: 'membership', group, request, range: '*', flags: roleFlags(role) })
  }
  const change = (by: PublicKey, membership: ControlEntry, role: keyof typeof roles): ControlEntry => {
    const tip = tips.get(membership.id) ?? membership.id
    const operation = { kind: 'membership-update', membership: membership.id as string as DocumentId } as const
    const log = membership.publicKey === by ? membership.logId : undefined
    const entry = write(by, { ...operation, previous: [tip], flags: roleFlags(role) }, log)
    tips.set(membership.id, entry.id)
    return entry
  }
  const tips = new Map<OperationId, OperationId>()
  admit(founder, founder, 'keeper')
  const memberships = Array.from({ length: memberCount }, (_, at) => {
    // Every twentieth is a keeper, who lets in those after it.
    const keeper = keyOf(1 + at - (at % 20))
    return admit(at % 20 === 0 ? founder : keeper, keyOf(1 + at), at % 20 === 0 ? 'keeper' : 'member')
  })
  // What keepers let others in by stays.
  const others = memberships.filter((_, at) => at % 20 !== 0)
  for (let at = 0; entries.length < operationCount; at++)
    change(founder, others[(at * 7) % others.length]!, at % 2 === 0 ? 'moderator' : 'member')
  let turns = 0
  const oneMore = (): ControlEntry => {
    const at = turns++
    return change(founder, others[(at * 13) % others.length]!, at % 2 === 0 ? 'contributor' : 'member')
  }
  return { group, entries, oneMore }
}

const look = (authority: ReturnType<typeof createAuthority>, group: DocumentId): void => {
  const { members } = authority.group(group)
  if (members.length !== memberCount + 1) throw new Error(`The group has ${members.length} members`)
}

/** Bo's things in Ada's group, and the operation by which she takes him out without keeping anything. */
function aRemoval() {
  const crew = aCrew()
  const [ada, bo] = [crew.join(1), crew.join(2)]
  const group = crew.found(ada)
  const schema = crew.things(ada)
  const place = crew.admit(ada, group, bo, 'member')
  for (let n = 0; n < removedThings; n++) crew.thing(bo, schema, group, `Thing ${n}`)
  const before = [...crew.all]
  const removal = crew.turn(ada, place, { accepted: false })
  return { before, removal, schema }
}

const bundleOf = (written: readonly Written[]) =>
  stream([
    bundleHeader,
    ...written.map(({ item }) => encodeBundleItem(item.entry as EncodedEntry, item.operation as EncodedOperation)),
  ])

/** Milliseconds from handing over the removal until a query finds none of the things any more, and the longest the thread was held meanwhile. */
async function removeOnce(
  story: ReturnType<typeof aRemoval>,
): Promise<{ readonly ms: number; readonly heldMs: number }> {
  const name = freshName()
  const store = await openStore(name)
  const api: EngineApi = openEngine(await makeKeys(), store)
  const query = async (): Promise<number> =>
    valueOf(await api.query({ schema: story.schema, first: 1 }, call)).documents.length
  valueOf(await api.importBundle(bundleOf(story.before), call))
  if ((await query()) !== 1) throw new Error('The things are not there')
  let heldMs = 0
  let last = performance.now()
  const beat = setInterval(() => {
    heldMs = Math.max(heldMs, performance.now() - last)
    last = performance.now()
  }, 1)
  const start = performance.now()
  valueOf(await api.importBundle(bundleOf([story.removal]), call))
  if ((await query()) !== 0) throw new Error('The things are still there')
  const ms = performance.now() - start
  clearInterval(beat)
  await api.close()
  await dropDatabase(name)
  return { ms, heldMs }
}

const row = (name: string, all: readonly number[], withinMs?: number): AppRow => {
  const value = median(all)
  const reach = withinMs === undefined ? {} : { toReach: `≤ ${withinMs} ms`, isReached: value <= withinMs }
  return { name, value, unit: 'ms', all, ...reach }
}

export const subject: Subject = {
  name: 'authority',
  about:
    'Who may do what in a group of 400 members and 1,000 control operations: from nothing, and after one operation more. And a removal without keep rows that touches 1,000 things, until a query finds none of them.',
  where: ['worker'],
  items: 1,
  rounds: 61,
  prepare: async () => {
    const { group, entries, oneMore } = aLargeGroup()
    const known = createAuthority()
    known.add(entries)
    look(known, group)
    return [
      {
        name: '1,000 operations, cold',
        withinMs: 30,
        run: async () => {
          const authority = createAuthority()
          authority.add(entries)
          look(authority, group)
        },
      },
      {
        name: 'one operation more',
        withinMs: 3,
        run: async () => {
          known.add([oneMore()])
          look(known, group)
        },
      },
    ]
  },
  figures: async () => {
    const story = aRemoval()
    const runs: Awaited<ReturnType<typeof removeOnce>>[] = []
    for (let round = 0; round <= rounds; round++) runs.push(await removeOnce(story))
    // The first warms up.
    const counted = runs.slice(1)
    return [
      row(
        'a removal that touches 1,000 things',
        counted.map(({ ms }) => ms),
        1_000,
      ),
      row(
        '… the longest its thread was held',
        counted.map(({ heldMs }) => heldMs),
      ),
    ]
  },
}
