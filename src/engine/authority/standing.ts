import type { Authority } from '../../core/authority/authority.ts'
import { type Deed, type JudgedDocument, type Refusal, refusalOf } from '../../core/authority/refusal.ts'
import type { DocumentId, OperationId } from '../../core/ids.ts'
import type { Schema } from '../../core/schema/schema.ts'
import { openOperation } from '../open-operation.ts'
import type { ReadDocument, StoredOperation } from '../stored-document.ts'
import { type OwnerChains, beginningOf, isOwnDocument, ownerIn, ruleOf } from './owner.ts'

/** Why an operation does not count; `undefined`: it does. */
export type Judge = (stored: StoredOperation) => Refusal | undefined

/** How a document stands: whom it belongs to, and what judges its operations. */
export type Standing =
  | {
      readonly is: 'judged'
      readonly judge: Judge
      readonly group: DocumentId | undefined
      /** What its operations are judged by; absent where nobody judges. */
      readonly judged?: JudgedDocument
      readonly awaits?: OperationId
    }
  /** Its owners are not all here (R2). */
  | { readonly is: 'pending'; readonly awaits: OperationId }

/** For what is judged by nobody. */
export const nobodyRefused: Judge = () => undefined

const anybody: Standing = { is: 'judged', judge: nobodyRefused, group: undefined }

/** Finds what a document is judged by. Reads owners; who may do what is asked of `authority`, operation by operation. */
export async function standingOf(
  authority: Authority,
  owners: OwnerChains,
  document: ReadDocument,
  schema: Schema,
  areOpen: boolean,
): Promise<Standing> {
  const rule = ruleOf(schema, areOpen)
  const beginning = rule === 'anybody' ? undefined : beginningOf(document)
  if (beginning === undefined) return anybody
  const { documentId } = document
  const judged = (group: DocumentId | undefined): JudgedDocument => ({
    documentId,
    schemaId: schema.id,
    rule,
    group,
    creator: beginning.publicKey,
    isOwn: isOwnDocument(schema.id, beginning.fields),
  })
  if (rule === 'author') return judgedBy(authority, judged(undefined), new Set())
  if (rule === 'levels') return judgedBy(authority, judged(authority.groupOf(documentId)), new Set())
  const root = await owners.rootOf(beginning.fields, schema)
  if (root.is === 'pending') return root
  const group = root.is === 'group' ? root.group : undefined
  const moves = await movesIn(owners, document, schema, root.is === 'group' ? root.owner : undefined)
  const standing = judgedBy(authority, judged(group), moves.ids)
  return moves.awaits === undefined ? standing : { ...standing, awaits: moves.awaits }
}

const judgedBy = (
  authority: Authority,
  judged: JudgedDocument,
  moved: ReadonlySet<OperationId>,
): Extract<Standing, { readonly is: 'judged' }> => ({
  is: 'judged',
  judge: judgeBy(authority, judged, moved),
  group: judged.group,
  judged,
})

const judgeBy =
  (authority: Authority, document: JudgedDocument, moved: ReadonlySet<OperationId>): Judge =>
  (stored) => {
    const { id, entry, operation } = stored
    if (operation === null) return undefined
    const { publicKey, logId, seqNum } = entry
    const inside = stored.inside && openOperation(stored)?.schemaId
    const deed: Deed = { publicKey, logId, seqNum, id, action: operation.action, isMoved: moved.has(id) }
    return refusalOf(authority, document, inside === undefined ? deed : { ...deed, inside })
  }

/** The UPDATEs that name another owner than CREATE (R19). One whose owner is not here is taken for such, until it comes. */
async function movesIn(
  owners: OwnerChains,
  { operations }: ReadDocument,
  schema: Schema,
  owner: DocumentId | undefined,
): Promise<{ readonly ids: ReadonlySet<OperationId>; readonly awaits?: OperationId | undefined }> {
  const ids = new Set<OperationId>()
  let awaits: OperationId | undefined
  for (const { id, operation } of operations) {
    const named = operation?.action === 'update' ? ownerIn(operation.fields, schema) : undefined
    if (named === undefined) continue
    const found = await owners.documentOf(named)
    if (found === owner) continue
    ids.add(id)
    if (found === undefined) awaits = named[0]
  }
  return { ids, awaits }
}
