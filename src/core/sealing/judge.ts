/**
 * The two judgements of a sealed operation (decisions.md 16). Outer: by everybody, nodes too, from what stands in clear. Inner: by those with the key;
 * it only narrows who may create and update. Both ask who may what in the group, where the entry lies (R18), and nothing else.
 */
import type { Permission } from '../authority/entry.ts'
import type { SchemaId } from '../ids.ts'
import type { InnerRule } from '../schema/system/define.ts'
import { innerRuleOf } from '../schema/system/index.ts'

type Action = 'create' | 'update' | 'delete'

/** What the key of an entry may do in the root group at the entry's place. `range`: the schema inside; absent: for any schema at all. */
export type MayDo = (permission: Permission, range?: SchemaId) => boolean

/** Why an operation has no effect. */
export type Refusal =
  /** Its writer lacks this permission. */
  | { readonly code: 'refused/not-given'; readonly permission: Permission }
  /** It is somebody else's own. */
  | { readonly code: 'refused/not-own' }
  /** The flag `own` is not what the schema inside asks for. */
  | { readonly code: 'refused/own-flag'; readonly rule: InnerRule }

/** What stands in clear of a sealed operation. `isCreators`: the key acts for the subject that created the document. Pieces are always own. */
export interface OuterCase {
  readonly action: Action
  readonly isOwn: boolean
  readonly isCreators: boolean
}

/** Judged by everybody. `undefined`: it may. */
export function judgeOuter({ action, isOwn, isCreators }: OuterCase, may: MayDo): Refusal | undefined {
  if (!isOwn || action === 'create') return need(action, may)
  if (isCreators && may('create')) return undefined
  if (action === 'delete') return need('delete', may)
  return isCreators ? need('create', may) : { code: 'refused/not-own' }
}

/** What those with the key see too. */
export interface InnerCase {
  readonly action: Action
  readonly isOwn: boolean
  /** The schema inside. */
  readonly schemaId: SchemaId
}

/** Permission that a rule asks for, where it is not that of the action. */
const asked: Readonly<Partial<Record<InnerRule, Permission>>> = { keeper: 'authorise', moderator: 'delete' }

/** Judged by those with the key, of what the outer judgement let through. `undefined`: it may. */
export function judgeInner({ action, isOwn, schemaId }: InnerCase, may: MayDo): Refusal | undefined {
  if (action === 'delete') return undefined
  const rule = innerRuleOf(schemaId)
  if (isOwn !== (rule === 'own')) return { code: 'refused/own-flag', rule }
  const range: MayDo = (permission) => may(permission, schemaId)
  const refusal = need(rule === 'own' ? 'create' : action, range)
  const more = asked[rule]
  return refusal ?? (more && need(more, range))
}

const need = (permission: Permission, may: MayDo): Refusal | undefined =>
  may(permission) ? undefined : { code: 'refused/not-given', permission }
