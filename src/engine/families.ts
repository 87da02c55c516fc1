import type { SchemaId } from '../core/ids.ts'
import type { Schema } from '../core/schema/schema.ts'
import type { Change, Expectation, Store } from '../ports/store.ts'
import { type Family, type Sortable, type SortableKind, isSortableKind } from './family.ts'
import { CHANGED_AT, CREATED_AT, FIRST_FIELD_INDEX } from './index-keys.ts'
import type { Definition } from './schema-definition.ts'

/** A family as it is kept: `local` row `engine/family/<id>`. */
export interface FamilyRecord extends Family {
  /** In the order this device learned of them. */
  readonly versions: readonly SchemaId[]
}

/** Fields that are sortable unless the definition says otherwise: each costs a row as much as the row itself. */
const defaultSortables = 3
const prefix = 'engine/family/'
const countKey = 'engine/families'

export const familyId = (schema: Schema): Family['id'] => schema.definition ?? schema.id
export const familyKey = (id: Family['id']): string => `${prefix}${id}`
/** The fields that whoever defined a schema here wants sortable; operations have no place for it. */
export const sortableWishKey = (id: Family['id']): string => `engine/sortable/${id}`

/** All families this device has met, by id. */
export async function readFamilies(store: Store): Promise<Map<Family['id'], FamilyRecord>> {
  const rows = await store.localWith(prefix)
  return new Map(rows.map(([key, value]) => [key.slice(prefix.length) as Family['id'], value as FamilyRecord]))
}

const kindOf = (schema: Schema, name: string): SortableKind | undefined => {
  // Every family has these two anyway.
  if (name === CREATED_AT || name === CHANGED_AT) return undefined
  const kind = schema.fields.find((field) => field.name === name)?.kind
  return kind !== undefined && isSortableKind(kind) ? kind : undefined
}

/** Which fields get an index: those wished for, else the first scalar ones in the order of the definition. Built-in schemas wait for a query. */
const wanted = ({ schema, order }: Definition, wish: readonly string[] | undefined): readonly string[] => {
  if (wish) return wish
  if (!schema.definition) return []
  return order.filter((name) => kindOf(schema, name) && kindOf(schema, name) !== 'relation').slice(0, defaultSortables)
}

/**
 * A family with one more version. Its first version's indexes are ready from the start, as there are no views yet;
 * those a later version asks for wait until somebody fills them.
 */
function growFamily(
  family: FamilyRecord | undefined,
  number: number,
  definition: Definition,
  wish: readonly string[] | undefined,
): FamilyRecord {
  const { schema } = definition
  const sortable: Sortable[] = [...(family?.sortable ?? [])]
  for (const name of family && !wish ? [] : wanted(definition, wish)) {
    const kind = kindOf(schema, name)
    if (!kind || sortable.some((known) => known.name === name && known.kind === kind)) continue
    const index = Math.max(FIRST_FIELD_INDEX - 1, ...sortable.map((known) => known.index)) + 1
    sortable.push({ name, kind, index, isReady: !family })
  }
  return {
    number,
    id: familyId(schema),
    sortable,
    versions: [...(family?.versions ?? []), schema.id],
  }
}

/** The families that one commit needs, brought up to date with the versions it meets. */
export interface FamilyLedger {
  /** The family of this schema, with this schema among its versions. */
  readonly familyOf: (definition: Definition) => Promise<FamilyRecord>
  /** Whether any family got a version it did not have. */
  readonly hasGrown: () => boolean
  readonly changes: () => readonly Change[]
  /** What was taken for granted: so two engines never give one number away twice, nor miss an index the other one added. */
  readonly expect: () => readonly Expectation[]
}

export function openLedger(store: Store, families: ReadonlyMap<Family['id'], FamilyRecord>): FamilyLedger {
  const grown = new Map<Family['id'], FamilyRecord>()
  const used = new Set<Family['id']>()
  let given: { readonly before: unknown; count: number } | undefined

  const nextNumber = async (): Promise<number> => {
    if (!given) {
      const before = await store.local(countKey)
      given = { before, count: typeof before === 'number' ? before : 0 }
    }
    return ++given.count
  }
  return {
    familyOf: async (definition) => {
      const id = familyId(definition.schema)
      used.add(id)
      const family = grown.get(id) ?? families.get(id)
      if (family?.versions.includes(definition.schema.id)) return family
      const wish = (await store.local(sortableWishKey(id))) as readonly string[] | undefined
      const next = growFamily(family, family?.number ?? (await nextNumber()), definition, wish)
      grown.set(id, next)
      return next
    },
    hasGrown: () => grown.size > 0,
    changes: () => [
      ...[...grown].map(([id, value]): Change => ({ put: 'local', key: familyKey(id), value })),
      ...(given ? [{ put: 'local', key: countKey, value: given.count } satisfies Change] : []),
    ],
    expect: () => [
      ...[...used].map((id) => ({ local: familyKey(id), value: families.get(id) })),
      ...(given ? [{ local: countKey, value: given.before }] : []),
    ],
  }
}
