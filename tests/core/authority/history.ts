import {
  type ControlEntry,
  type ControlOperation,
  type Flags,
  type GrantRange,
  type Place,
  type Row,
  logName,
  permissions,
} from '../../../src/core/authority/entry.ts'
import { createAuthority } from '../../../src/core/authority/authority.ts'
import type { NamedPlace } from '../../../src/core/authority/rows.ts'
import type { DocumentId, LogId, OperationId, PublicKey, SeqNum } from '../../../src/core/ids.ts'

/** Keys and ids of stories are names. */
type Key = string
type Id = string

const letters = { authorise: 'A', create: 'C', update: 'U', delete: 'D' } as const

/** `'CU'` as the switches of a membership: accepted, create, update. */
export const role = (text: string): Flags => ({
  accepted: true,
  authorise: text.includes('A'),
  create: text.includes('C'),
  update: text.includes('U'),
  delete: text.includes('D'),
})

/** Where an entry of a story goes, if not at the end of a log of its own. */
export interface Where {
  readonly log?: bigint
  /** The entry it follows in its log. A second one after the same entry forks the log. */
  readonly after?: Id | null
}

/** Which rows a limit has, if not everything that was written so far. */
export interface Rows {
  readonly only?: readonly (readonly [log: bigint, from: bigint, to: bigint, tip?: Id])[]
  /** Name the branch of each log. */
  readonly withTips?: boolean
}

/** People who write control entries, one after another, and what a device that has all of it makes of them. */
export function history() {
  const entries: ControlEntry[] = []
  const heads = new Map<string, ControlEntry>()
  const data = new Map<string, { key: Key; log: bigint; seq: bigint }>()
  const nextLogs = new Map<Key, bigint>()
  const logsOfDocuments = new Map<string, bigint>()
  let count = 0

  const freshLog = (key: Key): bigint => {
    const log = nextLogs.get(key) ?? 0n
    nextLogs.set(key, log + 1n)
    return log
  }

  const write = (key: Key, operation: ControlOperation, { log, after }: Where = {}): Id => {
    const publicKey = key as PublicKey
    const about = 'membership' in operation && operation.kind !== 'limit' ? `${key}/${operation.membership}` : undefined
    const logId = (log ?? (about === undefined ? undefined : logsOfDocuments.get(about)) ?? freshLog(key)) as LogId
    if (about !== undefined) logsOfDocuments.set(about, logId)
    if (logId >= (nextLogs.get(key) ?? 0n)) nextLogs.set(key, logId + 1n)
    const name = logName(publicKey, logId)
    const before = after === undefined ? heads.get(name) : entries.find(({ id }) => id === after)
    const id = `${key}${++count}` as OperationId
    if (operation.kind === 'membership') logsOfDocuments.set(`${key}/${id}`, logId)
    const entry: ControlEntry = {
      id,
      publicKey,
      logId,
      seqNum: ((before?.seqNum ?? 0n) + 1n) as SeqNum,
      ...(before === undefined ? {} : { backlink: before.id }),
      operation,
    }
    entries.push(entry)
    heads.set(name, entry)
    return id
  }

  const tipsOf = (membership: Id): readonly OperationId[] => {
    const said = entries.filter(
      ({ id, operation }) =>
        id === membership ||
        (operation.kind !== 'limit' && 'membership' in operation && operation.membership === membership),
    )
    const followed = new Set(said.flatMap(({ operation }) => ('previous' in operation ? operation.previous : [])))
    return said.map(({ id }) => id).filter((id) => !followed.has(id))
  }

  const everything = (key: Key, withTips: boolean): readonly Row[] => [
    ...[...heads.values()]
      .filter(({ publicKey }) => publicKey === key)
      .map(({ logId, seqNum, id }) => ({ logId, from: 1n as SeqNum, to: seqNum, ...(withTips ? { tip: id } : {}) })),
    ...[...data.values()]
      .filter((log) => log.key === key)
      .map(({ log, seq }) => ({ logId: log as LogId, from: 1n as SeqNum, to: seq as SeqNum })),
  ]

  const limit =
    (mode: 'keep' | 'void') =>
    (by: Key, membership: Id, key: Key, rows: Rows = {}, where?: Where): Id =>
      write(
        by,
        {
          kind: 'limit',
          membership: membership as DocumentId,
          publicKey: key as PublicKey,
          mode,
          rows:
            rows.only?.map(([log, from, to, tip]) => ({
              logId: log as LogId,
              from: from as SeqNum,
              to: to as SeqNum,
              ...(tip === undefined ? {} : { tip: tip as OperationId }),
            })) ?? everything(key, rows.withTips ?? false),
        },
        where,
      )

  const request = (key: Key, group: Id, member?: Id): Id =>
    write(key, {
      kind: 'request',
      group: group as DocumentId,
      ...(member === undefined ? {} : { member: member as DocumentId }),
    })

  const accept = (by: Key, group: Id, asked: Id, flags: Flags, range = '*', where?: Where): Id =>
    write(
      by,
      {
        kind: 'membership',
        group: group as DocumentId,
        request: asked as OperationId,
        range: range as GrantRange,
        flags,
      },
      where,
    )

  const self = {
    entries,
    /** A new group, its request and its genesis, in three logs. `member` founds it; without, the key does, and it is a person's own. */
    group: (key: Key, member?: Id): { readonly id: Id; readonly genesis: Id } => {
      const id = write(key, { kind: 'group', founder: (member as DocumentId | undefined) ?? 'key' })
      return { id, genesis: accept(key, id, request(key, id, member), role('ACUD')) }
    },
    request,
    accept,
    /** Asks as the key, or as a device that speaks for a group, and is accepted. */
    admit: (by: Key, group: Id, who: Key, flags: string, { member, range }: { member?: Id; range?: string } = {}): Id =>
      accept(by, group, request(who, group, member), role(flags), range),
    /** An UPDATE; `previous` as its writer knew, if not all there is. */
    update: (by: Key, membership: Id, flags: Flags, previous?: readonly Id[], where?: Where): Id =>
      write(
        by,
        {
          kind: 'membership-update',
          membership: membership as DocumentId,
          previous: (previous as readonly OperationId[] | undefined) ?? tipsOf(membership),
          flags,
        },
        where,
      ),
    remove: (by: Key, membership: Id, previous?: readonly Id[], where?: Where): Id =>
      self.update(by, membership, { accepted: false }, previous, where),
    drop: (by: Key, membership: Id, where?: Where): Id =>
      write(
        by,
        { kind: 'membership-delete', membership: membership as DocumentId, previous: tipsOf(membership) },
        where,
      ),
    end: (by: Key, group: Id): Id =>
      write(by, { kind: 'group-delete', group: group as DocumentId, previous: [group as OperationId] }),
    keep: limit('keep'),
    void: limit('void'),
    write,
    /** Where an entry lies. */
    at: (id: Id): Place => entries.find((entry) => entry.id === id)!,
    /** Data of a key: a new entry in a log, which no control entry is in. */
    data: (key: Key, log?: bigint): NamedPlace => {
      const logId = log ?? freshLog(key)
      const name = `${key}/${logId}`
      const seq = (data.get(name)?.seq ?? 0n) + 1n
      data.set(name, { key, log: logId, seq })
      return { publicKey: key as PublicKey, logId: logId as LogId, seqNum: seq as SeqNum }
    },
    /** What a device that has all of it says. */
    known: (forks: readonly Place[] = []) => answers(entries, forks),
  }
  return self
}

export type History = ReturnType<typeof history>

/** What an authority says of some entries, in letters. */
export function answers(entries: readonly ControlEntry[], forks: readonly Place[] = []) {
  const authority = createAuthority()
  authority.add(entries, forks)
  const groupOf = (id: Id) => authority.group(id as DocumentId)
  return {
    authority,
    group: groupOf,
    isInert: (id: Id): boolean => groupOf(id).founder === undefined,
    /** `'CU'`: what somebody may do now, or what may be done by an entry at a place. */
    can: (group: Id, who: Key | NamedPlace, range = '*'): string => {
      const place: NamedPlace =
        typeof who === 'string'
          ? { publicKey: who as PublicKey, logId: 4294967295n as LogId, seqNum: 1n as SeqNum }
          : who
      const allowed = authority.allowed(group as DocumentId, place, range as GrantRange)
      return permissions
        .filter((one) => allowed.includes(one))
        .map((one) => letters[one])
        .join('')
    },
    /** Whether a key, or a group (`g:…`), is a member. */
    has: (group: Id, who: string): boolean =>
      groupOf(group).members.some((subject) => subject === who || subject === `k:${who}`),
    level: (group: Id, who: Key, range = '*'): number | undefined =>
      groupOf(group).levels.find((one) => one.subject === `k:${who}` && one.range === range)?.level,
  }
}
