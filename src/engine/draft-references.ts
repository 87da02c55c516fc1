import type { FieldKind } from '../core/operation/operation.ts'
import { isSortedField } from '../core/schema/system/index.ts'
import type { Schema } from '../core/schema/schema.ts'
import { type Result, fail, ok } from '../core/result.ts'
import type { Draft, DraftValue, Published, Reference, Value, Values } from './api.ts'
import type { Failure } from './failure.ts'

export const isReference = (value: DraftValue | string): value is Reference =>
  typeof value === 'object' && 'ref' in value

/** The names of other drafts that a draft leans on. */
export function referencesOf(draft: Draft): readonly string[] {
  const target = draft.action === 'create' ? draft.schema : draft.document
  const values = draft.action === 'delete' ? [] : Object.values(draft.fields)
  const group = draft.action === 'create' && draft.group !== undefined ? [draft.group] : []
  return [target, ...group, ...values.flatMap(itemsOf)].flatMap((value) => (isReference(value) ? [value.ref] : []))
}

const itemsOf = (value: DraftValue): readonly DraftValue[] => (Array.isArray(value) ? value : [value])

/** Each draft has its own name and leans on earlier ones only, so they can be signed in rounds that come to an end. */
export function checkReferences(drafts: readonly Draft[]): Result<void, Failure> {
  const names = new Set<string>()
  for (const draft of drafts) {
    const unknown = referencesOf(draft).find((ref) => !names.has(ref))
    if (unknown !== undefined) return fail({ code: 'draft/reference-unknown', ref: unknown })
    if (draft.as === undefined) continue
    if (names.has(draft.as)) return fail({ code: 'draft/reference-repeated', ref: draft.as })
    names.add(draft.as)
  }
  return ok(undefined)
}

/** Whether a field takes view ids. */
const isPinned = (kind: FieldKind): boolean => kind.startsWith('pinned_') || kind === 'owner'

/** Puts ids in the place of references: the view where the field is pinned, else the document. All that they name is signed already. */
export function resolveValues(
  values: Readonly<Record<string, DraftValue>>,
  schema: Schema,
  made: ReadonlyMap<string, Published>,
): Values {
  const pinned = new Set(schema.fields.filter(({ kind }) => isPinned(kind)).map(({ name }) => name))
  const resolve = (name: string, value: string | Reference): string => {
    if (!isReference(value)) return value
    const published = made.get(value.ref)
    return (pinned.has(name) ? published?.operationId : published?.documentId) ?? value.ref
  }
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, Value] => {
      if (Array.isArray(value)) {
        const ids = value.map((item: string | Reference) => resolve(name, item))
        // Nobody knows the order of ids that are still to be made.
        return [name, isSortedField(schema.id, name) ? ids.sort() : ids]
      }
      return [name, isReference(value) ? resolve(name, value) : (value as Value)]
    }),
  )
}
