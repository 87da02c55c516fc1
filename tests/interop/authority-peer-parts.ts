/** What `authority-peer.mjs` needs of ours: a history in the words of its protocol to an answer in the same. */
import { createAuthority } from '../../src/core/authority/authority.ts'
import type { ControlEntry, ControlOperation, Flags, GrantRange, Row } from '../../src/core/authority/entry.ts'
import type { DocumentId, LogId, OperationId, PublicKey, SeqNum } from '../../src/core/ids.ts'

type Position = readonly [key: string, log: number, seq: number]

interface PeerFlags {
  readonly accepted?: boolean
  readonly A?: boolean
  readonly C?: boolean
  readonly U?: boolean
  readonly D?: boolean
}

/** An entry as a line has it. */
export interface PeerEntry {
  readonly id: string
  readonly key: string
  readonly log: number
  readonly seq: number
  readonly back?: string | null
  readonly t: 'group' | 'req' | 'mem' | 'memup' | 'memdel' | 'lim'
  readonly founder?: string | null
  readonly group?: string
  readonly member?: string
  readonly req?: string
  readonly doc?: string
  readonly schema?: string
  readonly f?: PeerFlags
  readonly prev?: readonly string[]
  readonly mem?: string
  readonly pk?: string
  readonly mode?: 'keep' | 'void'
  readonly ranges?: readonly (readonly [log: number, from: number, to: number, tip?: string | null])[]
}

/** A line that asks. */
export interface PeerHistory {
  readonly id: string
  readonly ops: readonly PeerEntry[]
  readonly forks?: readonly Position[]
  readonly at?: readonly Position[]
  readonly schemas?: readonly string[]
}

const letters = { authorise: 'A', create: 'C', update: 'U', delete: 'D' } as const
/** "May it do this in a new document now?" */
const newLog = 4294967295

const place = ([key, log, seq]: Position) => ({
  publicKey: key as PublicKey,
  logId: BigInt(log) as LogId,
  seqNum: BigInt(seq) as SeqNum,
})

/** An entry as the resolver takes it. */
export function toControlEntry(entry: PeerEntry): ControlEntry {
  const { id, key, log, seq, back } = entry
  return {
    id: id as OperationId,
    ...place([key, log, seq]),
    ...(typeof back === 'string' ? { backlink: back as OperationId } : {}),
    operation: toOperation(entry),
  }
}

function toOperation({ t, ...entry }: PeerEntry): ControlOperation {
  const membership = entry.doc as DocumentId
  const previous = (entry.prev ?? []) as readonly OperationId[]
  const group = entry.group as DocumentId
  switch (t) {
    case 'group':
      return { kind: 'group', founder: founderOf(entry.founder) }
    case 'req':
      return { kind: 'request', group, ...(entry.member ? { member: entry.member as DocumentId } : {}) }
    case 'mem': {
      const range = (entry.schema ?? '*') as GrantRange
      return { kind: 'membership', group, request: entry.req as OperationId, range, flags: toFlags(entry.f) }
    }
    case 'memup':
      return { kind: 'membership-update', membership, previous, flags: toFlags(entry.f) }
    case 'memdel':
      return { kind: 'membership-delete', membership, previous }
    case 'lim':
      return {
        kind: 'limit',
        membership: entry.mem as DocumentId,
        publicKey: entry.pk as PublicKey,
        mode: entry.mode ?? 'keep',
        rows: (entry.ranges ?? []).map(toRow),
      }
  }
}

const founderOf = (founder: string | null | undefined): DocumentId | 'key' | 'unsaid' =>
  founder === undefined ? 'unsaid' : founder === null ? 'key' : (founder as DocumentId)

const toFlags = ({ accepted, A, C, U, D }: PeerFlags = {}): Flags =>
  Object.fromEntries(
    Object.entries({ accepted, authorise: A, create: C, update: U, delete: D }).filter(([, on]) => on !== undefined),
  )

const toRow = ([log, from, to, tip]: NonNullable<PeerEntry['ranges']>[number]): Row => ({
  logId: BigInt(log) as LogId,
  from: BigInt(from) as SeqNum,
  to: BigInt(to) as SeqNum,
  ...(typeof tip === 'string' ? { tip: tip as OperationId } : {}),
})

/** What the resolver makes of a history. */
export function answerHistory({ id, ops, forks = [], at = [], schemas = [] }: PeerHistory) {
  const authority = createAuthority()
  authority.add(ops.map(toControlEntry), forks.map(place))
  const groupIds = [...new Set(ops.filter(({ t }) => t === 'group').map((entry) => entry.id))]
  const authors = [...new Set(ops.map(({ key }) => key))].map((key): Position => [key, newLog, 1])
  const groups = Object.fromEntries(
    groupIds.map((group) => {
      const { founder = null, levels, members, adopted } = authority.group(group as DocumentId)
      return [
        group,
        {
          founder,
          levels: levels.map(({ subject, range, level }) => [subject, range, level] as const),
          members,
          adopted: adopted.map(({ publicKey, logId, tip }) => [publicKey, Number(logId), tip] as const),
        },
      ]
    }),
  )
  const can = groupIds.flatMap((group) =>
    [...at, ...authors].flatMap((position) =>
      ['*', ...schemas].flatMap((schema) => {
        const allowed = authority.allowed(group as DocumentId, place(position), schema as GrantRange)
        const text = allowed.map((permission) => letters[permission]).join('')
        return text === '' ? [] : [[group, ...position, schema, text] as const]
      }),
    ),
  )
  return { id, groups, can }
}
