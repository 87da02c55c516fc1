import { viewIdParts } from '../../core/document/view-id.ts'
import type { DocumentId, PublicKey, SchemaId } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import { applicationSchemaId, schemaIdParts } from '../../core/schema/schema-id.ts'
import type { PartKey, ScopeName, Store } from '../../ports/store.ts'
import type { ChangesHub } from '../changes-hub.ts'
import type { Failure } from '../failure.ts'
import type { SchemaRegistry } from '../schema-registry.ts'

/** A scope this device takes part in: today always that of a schema family, which everybody may have. */
export interface ScopeRecord {
  readonly name: ScopeName
  /** The first version of the family. */
  readonly schemaId: SchemaId
  /** The `schema_definition_v1` document. */
  readonly definition: DocumentId
  /** What was here before it was shared is still being brought in: until all of it is, nobody is served, who would take a part for the whole. */
  readonly isFilling?: true
}

const prefix = 'sync/shared/'
export const sharedKey = (name: ScopeName): string => `${prefix}${name}`

/** What a peer may have of a group: one part of its scope, or what a guest of an invite wrote. */
export interface GroupPart {
  readonly name: ScopeName
  readonly group: DocumentId
  /** As peers call it. */
  readonly part: 0 | 1
  /** Where it lies in the store. */
  readonly key: PartKey
  /**
   * `all`: both have all of it. `introduce`: somebody not heard of may say who it is, and is told nothing. `guest`: a guest may write, and read its
   * own. `own`: what this device wrote as a guest.
   */
  readonly access: 'all' | 'introduce' | 'guest' | 'own'
  /** With `guest`: the invite, who writes, and how many may. */
  readonly guest?: { readonly invite: PublicKey; readonly key: PublicKey; readonly uses: number }
}

/** One part of one scope, as it is served to one peer. */
export type ServedPart = ScopeRecord | GroupPart

/** Where the documents of a part lie. `schema:` scopes have no control closure: all their documents are in part 1. */
export const partOf = (served: ServedPart): PartKey =>
  'group' in served ? served.key : { scope: served.name, part: 1 }

/** The part as peers call it. */
export const partNumber = (served: ServedPart): 0 | 1 => ('group' in served ? served.part : 1)

/** Who is there is told in scopes of schemas, and in groups beside what is theirs: to members, and nodes that pass it on. */
export const saysPresence = (served: ServedPart): boolean =>
  !('group' in served) || (served.part === 1 && served.access === 'all')

/** What this device shares, read once and again after changes of schemas. */
export interface SharedScopes {
  readonly all: () => Promise<readonly ScopeRecord[]>
}

export function createSharedScopes(store: Store, changes: ChangesHub): SharedScopes {
  let known: Promise<readonly ScopeRecord[]> | undefined
  const forget = (): void => {
    known = undefined
  }
  changes.subscribe((changed) => {
    if (changed.schemas) forget()
  })
  return {
    all: () => {
      known ??= store.localWith(prefix).then(
        (rows) => rows.map(([, value]) => value as ScopeRecord),
        (failure: unknown) => {
          forget()
          throw failure
        },
      )
      return known
    },
  }
}

/**
 * The scope of a schema's family, named after its first version, so that devices that know different versions name it alike. Of a schema that
 * is not known here the id itself has to be that of a first version.
 *
 * @returns the scope, or `schema/unknown`, `scope/system-schema`, `scope/owned-schema`
 */
export async function scopeOfSchema(
  schemas: SchemaRegistry,
  schemaId: SchemaId,
): Promise<Result<ScopeRecord, Failure>> {
  const parts = schemaIdParts(schemaId)
  if (parts.kind === 'system') return fail({ code: 'scope/system-schema', schemaId })
  const known = (await schemas.definition(schemaId))?.schema
  if (known?.fields.some(({ kind }) => kind === 'owner')) return fail({ code: 'scope/owned-schema', schemaId })
  const [first, ...others] = viewIdParts(parts.viewId)
  const definition = known?.definition ?? (others.length === 0 ? (first as DocumentId) : undefined)
  if (!definition) return fail({ code: 'schema/unknown', schemaId })
  const versions = known ? ((await schemas.familyOf(schemaId))?.versions ?? []) : []
  const firstVersion = versions.find((id) => id.endsWith(`_${definition}`))
  const id = firstVersion ?? applicationSchemaId(parts.name, viewIdOf(definition))
  return ok({ name: `schema:${id}` as ScopeName, schemaId: id, definition })
}

/** The view that a document's CREATE makes. */
const viewIdOf = (documentId: DocumentId) => documentId as string as Parameters<typeof applicationSchemaId>[1]
