import type { DocumentId, OperationId, PublicKey, SchemaId } from '../ids.ts'
import { judgeInner, judgeOuter } from '../sealing/judge.ts'
import type { Authority } from './authority.ts'
import type { Verdict } from './covers.ts'
import type { GrantRange, Permission, Subject } from './entry.ts'
import type { NamedPlace } from './rows.ts'

/** Why an operation has no effect, or why something cannot be done: enough for a sentence. */
export type Refusal =
  /** The group did not allow it. `by`: the statements that took the right, where it was there. */
  | {
      readonly reason: 'inert' | 'stranger' | 'voided' | 'banned' | 'not-given'
      readonly group: DocumentId
      readonly permission: Permission
      readonly subject?: Subject
      readonly by: readonly OperationId[]
    }
  /** A document without owner belongs to the key that created it (R20). */
  | { readonly reason: 'others'; readonly creator: PublicKey }
  /** In its group, but only whoever made it may change it. */
  | { readonly reason: 'own'; readonly group: DocumentId; readonly creator: PublicKey }
  /** What is inside is its creator's own and is not marked so, or the other way round (decisions.md 16). */
  | { readonly reason: 'own-flag'; readonly group: DocumentId }
  /** It says that the document belongs somewhere else than its CREATE does (R19). */
  | { readonly reason: 'other-group' }
  /** Its owners lead to no group, or through more than 16 documents (R2). */
  | { readonly reason: 'no-group' }
  /** Its log was forked there, or before (R25). */
  | { readonly reason: 'forked' }
  /** What it says about who may do what has no effect: its writer might not say so, or no longer. */
  | { readonly reason: 'no-effect'; readonly group: DocumentId | undefined }

/** By which rule the operations of a document are judged (schemas.md). */
export type DocumentRule =
  /** The control plane itself: who may do what follows from it. */
  | 'levels'
  /** Who may let in. */
  | 'keeper'
  /** Who has the permission for things of that schema. */
  | 'grant'
  /** Sealed: who has the permission for things of any schema (decisions.md 16). */
  | 'sealed'
  /** The key that created it (R20). */
  | 'author'
  /** Anybody: documents without owner in a database that says so. */
  | 'anybody'

/** A document, as far as its operations are judged by it. */
export interface JudgedDocument {
  readonly documentId: DocumentId
  readonly schemaId: SchemaId
  readonly rule: DocumentRule
  /** Where its owners lead. Absent where it has none, and where they lead nowhere. */
  readonly group: DocumentId | undefined
  /** Whose CREATE it is. */
  readonly creator: PublicKey
  /** Sealed, and only its creator may change it. */
  readonly isOwn: boolean
}

/** An operation that is judged, and where its entry lies. */
export interface Deed extends NamedPlace {
  readonly action: 'create' | 'update' | 'delete'
  /** It names another owner than the CREATE of its document. */
  readonly isMoved: boolean
  /** Sealed, and open to us: the schema inside. */
  readonly inside?: SchemaId
}

/** Whether an operation on a document counts (R19, R20). `undefined`: it does. */
export function refusalOf(authority: Authority, document: JudgedDocument, deed: Deed): Refusal | undefined {
  const { rule, group, creator } = document
  if (rule === 'anybody') return undefined
  if (rule === 'author') return deed.publicKey === creator ? undefined : { reason: 'others', creator }
  if (rule === 'levels') return refusalOfStatement(authority, document, deed)
  if (group === undefined) return { reason: 'no-group' }
  if (deed.isMoved) return { reason: 'other-group' }
  if (authority.isForked(deed)) return { reason: 'forked' }
  if (rule === 'sealed') return refusalOfSealed(authority, { ...document, group }, deed)
  const permission = rule === 'keeper' ? 'authorise' : deed.action
  return refusalBy(authority, group, deed, permission, rule === 'keeper' ? '*' : document.schemaId)
}

/** R5, R10, R11: of memberships and limits what stands counts; groups and requests begin for everybody. */
function refusalOfStatement(
  authority: Authority,
  { documentId, group, creator, schemaId }: JudgedDocument,
  deed: Deed,
): Refusal | undefined {
  const isGroup = documentId === group
  if (isGroup || schemaId === requestSchema) {
    if (deed.action === 'create') return undefined
    if (!isGroup) return deed.publicKey === creator ? undefined : { reason: 'others', creator }
    if (deed.action === 'update') return refusalBy(authority, group, deed, 'authorise', '*')
    return authority.group(group).isEnded ? undefined : { reason: 'no-effect', group }
  }
  const stands = group !== undefined && deed.id !== undefined && authority.stands(group, deed.id)
  return stands ? undefined : { reason: 'no-effect', group }
}
const requestSchema = 'key_group_membership_request_v1'

/**
 * Decision 16. Outer: the permission for things of any schema; what is its creator's own only that one's subject changes. Inner, where it is open to
 * us: what the schema inside asks for.
 */
function refusalOfSealed(
  authority: Authority,
  { group, creator, isOwn }: JudgedDocument & { readonly group: DocumentId },
  deed: Deed,
): Refusal | undefined {
  const isCreators = authority.actAlike(group, creator, deed)
  const outer = { action: deed.action, isOwn, isCreators }
  const refusal = judgeOuter(outer, (permission) => authority.judgeAny(group, deed, permission).isAllowed)
  if (refusal === undefined) return refusalOfInside(authority, group, isOwn, deed)
  return refusal.code === 'refused/not-given'
    ? explain(group, refusal.permission, authority.judgeAny(group, deed, refusal.permission))
    : { reason: 'own', group, creator }
}

function refusalOfInside(authority: Authority, group: DocumentId, isOwn: boolean, deed: Deed): Refusal | undefined {
  const { action, inside } = deed
  if (inside === undefined) return undefined
  const refusal = judgeInner(
    { action, isOwn, schemaId: inside },
    (permission) => authority.judge(group, deed, permission, inside).isAllowed,
  )
  if (refusal === undefined) return undefined
  return refusal.code === 'refused/not-given'
    ? refusalBy(authority, group, deed, refusal.permission, inside)
    : { reason: 'own-flag', group }
}

/** Why a key may not do something in a group; `undefined`: it may. */
export function refusalBy(
  authority: Authority,
  group: DocumentId,
  place: NamedPlace,
  permission: Permission,
  range: GrantRange,
): Refusal | undefined {
  const verdict = authority.judge(group, place, permission, range)
  return verdict.isAllowed ? undefined : explain(group, permission, verdict)
}

const explain = (group: DocumentId, permission: Permission, { ground, subject, by }: Verdict): Refusal => ({
  reason: ground === 'active' || ground === 'kept' || ground === 'left-with-rows' ? 'not-given' : ground,
  group,
  permission,
  ...(subject !== undefined && { subject }),
  by,
})
