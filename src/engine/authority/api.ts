import type { GroupSummary } from '../../core/authority/authority.ts'
import type { GrantRange, Permission } from '../../core/authority/entry.ts'
import { type Refusal, refusalBy, refusalOf } from '../../core/authority/refusal.ts'
import type { NamedPlace } from '../../core/authority/rows.ts'
import type { DocumentId, SeqNum } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import { isControlSchema, isNestedSchema } from '../../core/schema/system/index.ts'
import type { Call } from '../api.ts'
import { attempt } from '../attempt.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { type ReadDocument, readStored, schemaIdOf } from '../stored-document.ts'
import { nextPlace } from './next-place.ts'
import type { Rejudged } from './turn.ts'

/** What somebody wants to do something with: a document, or things of a schema (`*`: of all) in a group. */
export type Target = { readonly document: DocumentId } | { readonly group: DocumentId; readonly schema: GrantRange }

type Answer<T> = Promise<Result<T, Failure>>

/** Who may do what, as this device knows it. */
export interface AuthorityApi {
  /** Why this device may not do that now; `undefined`: it may. Fails with `document/unknown` and `schema/unknown`. */
  readonly canI: (permission: Permission, target: Target) => Answer<Refusal | undefined>
  /** A group as it stands; one never heard of has no founder. */
  readonly group: (id: DocumentId) => Answer<GroupSummary>
  /** The control closure of a group (decision 18): all that says who may do what there, of it and of the groups in it. Sorted. */
  readonly controlClosure: (group: DocumentId) => Answer<readonly DocumentId[]>
  /** Operations that counted and do not any more, or count again, as it happens, until the signal says stop. */
  readonly watchRejudged: (call: Call<readonly Rejudged[]>) => Promise<void>
}

type Parts = Pick<EngineDeps, 'store' | 'keys' | 'schemas' | 'authority' | 'materialiser' | 'changes' | 'life'>

export function createAuthorityApi(deps: Parts): AuthorityApi {
  const { authority, materialiser, changes, life } = deps
  return {
    canI: (permission, target) =>
      attempt(async () => {
        await materialiser.settled()
        return 'document' in target ? onDocument(deps, permission, target.document) : inGroup(deps, permission, target)
      }),
    group: (id) =>
      attempt(async () => {
        await materialiser.settled()
        return ok((await authority.authority()).group(id))
      }),
    controlClosure: (group) =>
      attempt(async () => {
        await materialiser.settled()
        return ok(await controlClosure({ authority }, group))
      }),
    watchRejudged: async ({ signal, report }) => {
      const ended = AbortSignal.any([signal, life])
      const stop = changes.subscribe(({ rejudged }) => rejudged && report?.(rejudged))
      await new Promise<void>((resolve) => {
        if (ended.aborted) resolve()
        else ended.addEventListener('abort', () => resolve(), { once: true })
      })
      stop()
    },
  }
}

async function inGroup(
  deps: Parts,
  permission: Permission,
  { group, schema }: Extract<Target, { readonly group: DocumentId }>,
): Answer<Refusal | undefined> {
  const place = await nextPlace(deps)
  return place.ok ? ok(refusalBy(await deps.authority.authority(), group, place.value, permission, schema)) : place
}

async function onDocument(deps: Parts, permission: Permission, id: DocumentId): Answer<Refusal | undefined> {
  const fresh = await nextPlace(deps)
  if (!fresh.ok) return fresh
  const stored = await deps.store.document(id)
  const document = stored && readStored(stored)
  if (document === undefined) return fail({ code: 'document/unknown', documentId: id })
  if ('code' in document) return fail(document)
  const schemaId = schemaIdOf(document)
  const schema = schemaId && (await deps.schemas.definition(schemaId))?.schema
  if (!schemaId || !schema)
    return schemaId ? fail({ code: 'schema/unknown', schemaId }) : fail({ code: 'document/unknown', documentId: id })
  const standing = await deps.authority.standingOf(document, schema)
  if (standing.is === 'pending') return ok({ reason: 'no-group' })
  const { judged } = standing
  if (judged === undefined) return ok(undefined)
  const now = await deps.authority.authority()
  const place = placeIn(document, fresh.value)
  if (permission === 'authorise' || judged.rule === 'levels')
    return ok(
      judged.group === undefined ? { reason: 'no-group' } : refusalBy(now, judged.group, place, 'authorise', '*'),
    )
  return ok(refusalOf(now, judged, { ...place, action: permission, isMoved: false }))
}

/** Where the next entry of a key in a document will lie: in its log there, or in a new one. */
function placeIn({ operations }: ReadDocument, fresh: NamedPlace): NamedPlace {
  const last = operations.findLast(({ entry }) => entry.publicKey === fresh.publicKey)?.entry
  return last ? { publicKey: last.publicKey, logId: last.logId, seqNum: (last.seqNum + 1n) as SeqNum } : fresh
}

/**
 * Decision 18. Knocks and key packages, which have no owner, are not among them: they travel with their invite, and with the groups of their key.
 */
async function controlClosure(
  { authority }: Pick<EngineDeps, 'authority'>,
  group: DocumentId,
): Promise<readonly DocumentId[]> {
  const ids = new Set<DocumentId>()
  for (const one of (await authority.authority()).controlGroups(group))
    for (const [id, { schemaId }] of await authority.documentsOf(one))
      if ((one === group ? isControlSchema : isNestedSchema)(schemaId)) ids.add(id)
  return [...ids].sort()
}
