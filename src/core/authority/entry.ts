import type { DocumentId, LogId, OperationId, PublicKey, SchemaId, SeqNum } from '../ids.ts'

/** What a member may be allowed to do (identity.md R24): let others in, create, update, delete. */
export type Permission = 'authorise' | 'create' | 'update' | 'delete'

/** The five switches of a membership document. */
export type Flag = 'accepted' | Permission

/** What people call a set of permissions (R24). */
export type Role = 'keeper' | 'moderator' | 'member' | 'contributor' | 'reader'

/** The permissions of each role. A reader is let in and may nothing else: it is served, and given keys (R23). */
export const roles: Readonly<Record<Role, readonly Permission[]>> = {
  keeper: ['authorise', 'create', 'update', 'delete'],
  moderator: ['create', 'update', 'delete'],
  member: ['create', 'update'],
  contributor: ['create'],
  reader: [],
}

/** All of them, as they are shown. */
export const permissions: readonly Permission[] = ['authorise', 'create', 'update', 'delete']

/** What a grant is for: the documents of one schema, or all. */
export type GrantRange = SchemaId | '*'

/** Who has rights: a key, or a group through its members (R4). */
export type Subject = `k:${PublicKey}` | `g:${DocumentId}`

/** The switches an operation touches. */
export type Flags = Readonly<Partial<Record<Flag, boolean>>>

/** Where an entry lies. */
export interface Place {
  readonly publicKey: PublicKey
  readonly logId: LogId
  readonly seqNum: SeqNum
}

/** Some entries of one log of one key. `tip` names the branch: the entry at `to` (identity.md §2.1.4). */
export interface Row {
  readonly logId: LogId
  readonly from: SeqNum
  readonly to: SeqNum
  readonly tip?: OperationId
}

/** What an operation on key groups says, once its schema was applied. */
export type ControlOperation =
  /** Begins a group. `founder`: the person that founds it; `key`: a person's own group, founded by its key; `unsaid`: not known. */
  | { readonly kind: 'group'; readonly founder: DocumentId | 'key' | 'unsaid' }
  /** Says where memberships of a group are (R5). */
  | { readonly kind: 'group-list'; readonly group: DocumentId; readonly memberships: readonly DocumentId[] }
  /** Ends a group. */
  | { readonly kind: 'group-delete'; readonly group: DocumentId; readonly previous: readonly OperationId[] }
  /** Asks to be let in: the key itself, or the group it speaks for. */
  | { readonly kind: 'request'; readonly group: DocumentId; readonly member?: DocumentId }
  /** Begins a membership document: the answer to a request. */
  | {
      readonly kind: 'membership'
      readonly group: DocumentId
      readonly request: OperationId
      readonly range: GrantRange
      readonly flags: Flags
    }
  | {
      readonly kind: 'membership-update'
      readonly membership: DocumentId
      readonly previous: readonly OperationId[]
      readonly flags: Flags
    }
  | {
      readonly kind: 'membership-delete'
      readonly membership: DocumentId
      readonly previous: readonly OperationId[]
    }
  /** Keeps or voids what a key wrote while it acted through a membership. */
  | {
      readonly kind: 'limit'
      readonly membership: DocumentId
      readonly publicKey: PublicKey
      readonly mode: 'keep' | 'void'
      readonly rows: readonly Row[]
    }
  /** Withdraws a limit; of effect where its speaker says so. */
  | { readonly kind: 'limit-delete'; readonly limit: DocumentId; readonly previous: readonly OperationId[] }

/** A control operation and the entry that carries it. */
export interface ControlEntry extends Place {
  readonly id: OperationId
  /** The entry before it in its log; absent at 1. */
  readonly backlink?: OperationId
  readonly operation: ControlOperation
}

export const keySubject = (publicKey: PublicKey): Subject => `k:${publicKey}`
export const groupSubject = (group: DocumentId): Subject => `g:${group}`
/** The group that a subject is, if it is one. */
export const subjectGroup = (subject: Subject): DocumentId | undefined =>
  subject.startsWith('g:') ? (subject.slice(2) as DocumentId) : undefined

/** Name of a log among those of all keys. */
export const logName = (publicKey: PublicKey, logId: LogId): string => `${publicKey}/${logId}`

/** The switches of somebody let in with a role: all five, as a new membership document has them. */
export const roleFlags = (role: Role): Flags => ({
  accepted: true,
  ...Object.fromEntries(permissions.map((permission) => [permission, roles[role].includes(permission)])),
})

/** The switches an entry touches; none where it is no membership operation. */
const flagsOf = ({ operation }: ControlEntry): Flags =>
  operation.kind === 'membership' || operation.kind === 'membership-update' ? operation.flags : noFlags
const noFlags: Flags = {}

const switches: readonly Flag[] = ['accepted', ...permissions]

/** Whether an entry turns this switch on. */
export const raises = (entry: ControlEntry, flag: Flag): boolean => flagsOf(entry)[flag] === true

/** Whether an entry turns anything on. */
export const raisesAny = (entry: ControlEntry): boolean => switches.some((flag) => raises(entry, flag))

/** Whether an entry turns this switch off. A CREATE turns off `accepted` only (§2.3). A DELETE ends the whole document and is asked for apart. */
export const lowers = (entry: ControlEntry, flag: Flag): boolean =>
  flagsOf(entry)[flag] === false && (entry.operation.kind === 'membership-update' || flag === 'accepted')

/** Whether an entry only takes away: it stays in force on every branch of a forked log (R25a). */
export function onlyLowers(entry: ControlEntry): boolean {
  const { operation } = entry
  if (operation.kind === 'membership-delete') return true
  if (operation.kind === 'limit') return operation.mode === 'void'
  return !raisesAny(entry) && switches.some((flag) => lowers(entry, flag))
}

/** Whether an entry may cut what others say (§2.3): whatever lowers `accepted` or, by UPDATE, `authorise`; any DELETE; any `void`. */
export const isCutter = (entry: ControlEntry): boolean =>
  lowers(entry, 'accepted') ||
  lowers(entry, 'authorise') ||
  entry.operation.kind === 'membership-delete' ||
  (entry.operation.kind === 'limit' && entry.operation.mode === 'void')

/** What is said for `*` holds for each schema (R7). */
export const reaches = (range: GrantRange, wanted: GrantRange): boolean => range === '*' || range === wanted
