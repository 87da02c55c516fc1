import type { Authority } from '../../core/authority/authority.ts'
import type { ControlEntry, Place } from '../../core/authority/entry.ts'
import {
  type ControlIndex,
  type StoredControl,
  type WaitingRows,
  isLevelsSchema,
  readControl,
  rowsOfDigest,
} from '../../core/authority/read.ts'
import { viewIdParts } from '../../core/document/view-id.ts'
import { logName } from '../../core/entry/log-name.ts'
import type { DocumentId, OperationId } from '../../core/ids.ts'
import { readOperation } from '../../core/operation/typed.ts'
import { systemSchema } from '../../core/schema/system/index.ts'
import type { Store } from '../../ports/store.ts'
import { type ReadDocument, readStored, schemaIdOf } from '../stored-document.ts'

/** What documents of the control plane say. */
export interface Statements {
  readonly entries: readonly ControlEntry[]
  /** Documents whose owners are not here, with what they wait for (R2). */
  readonly pending: ReadonlyMap<DocumentId, OperationId>
  /** Digest rows, by their limit. */
  readonly digests: readonly WaitingDigest[]
}

/** A digest row whose heads are not all held, or not yet looked for. */
export interface WaitingDigest {
  readonly limit: OperationId
  readonly waiting: WaitingRows
}

/** Whether a document is of the control plane. */
export function isControl(document: ReadDocument): boolean {
  const schemaId = schemaIdOf(document)
  return schemaId !== undefined && isLevelsSchema(schemaId)
}

/** Reads what documents of the control plane say. Asks the store only where their owners are. */
export async function readStatements(store: Store, documents: readonly ReadDocument[]): Promise<Statements> {
  const stored = documents.flatMap(controlsOf)
  const index = await indexOwners(store, stored)
  const entries: ControlEntry[] = []
  const pending = new Map<DocumentId, OperationId>()
  const digests: WaitingDigest[] = []
  for (const control of stored) {
    const read = readControl(control, index)
    if (read.is === 'pending') pending.set(control.documentId, read.awaits)
    if (read.is !== 'entry') continue
    entries.push(read.entry)
    digests.push(...read.waiting.map((waiting) => ({ limit: control.id, waiting })))
  }
  return { entries, pending, digests }
}

/** The operations of a document that its schema accepts. */
function controlsOf({ documentId, operations }: ReadDocument): readonly StoredControl[] {
  return operations.flatMap(({ id, entry, operation }): StoredControl[] => {
    const schema = operation === null ? undefined : systemSchema(operation.schemaId)
    const read = operation === null || schema === undefined ? undefined : readOperation(operation, schema)
    if (!read?.ok) return []
    const { publicKey, logId, seqNum, backlink } = entry
    const before = backlink === undefined ? undefined : (backlink as string as OperationId)
    return [{ id, documentId, publicKey, logId, seqNum, backlink: before, operation: read.value }]
  })
}

async function indexOwners(store: Store, stored: readonly StoredControl[]): Promise<ControlIndex> {
  const named = stored.flatMap(({ operation }) =>
    operation.action === 'create'
      ? Object.values(operation.fields).flatMap((field) => (field.kind === 'owner' ? viewIdParts(field.value) : []))
      : [],
  )
  const ids = [...new Set(named)]
  const found = ids.length > 0 ? await store.documentsOf(ids) : []
  const byId = new Map(ids.map((id, at) => [id, found[at]]))
  return { documentOf: (id) => byId.get(id) }
}

/** Adds the rows of digests whose heads are held by now; answers the others. */
export async function settleDigests(
  store: Store,
  authority: Authority,
  digests: readonly WaitingDigest[],
): Promise<readonly WaitingDigest[]> {
  if (digests.length === 0) return []
  const places = digests.flatMap(({ waiting: { publicKey, row } }) =>
    row.logs.map(({ logId, to }): Place => ({ publicKey, logId, seqNum: to })),
  )
  const held = await entriesAt(store, places)
  return digests.filter(({ limit, waiting }) => {
    const rows = rowsOfDigest(waiting, (place) => held.get(placeKey(place)))
    if (rows !== undefined) authority.addRows(limit, rows)
    return rows === undefined
  })
}

const placeKey = (place: Place): string => `${logName(place)}/${place.seqNum}`

/** The entries at these places, where they are held. */
async function entriesAt(store: Store, places: readonly Place[]): Promise<ReadonlyMap<string, OperationId>> {
  const heads = await store.heads(places)
  const ids = new Set(heads.flatMap((head, at) => (head && head.seqNum >= places[at]!.seqNum ? [head.documentId] : [])))
  const held = new Map<string, OperationId>()
  for (const document of ids.size > 0 ? await store.documents([...ids]) : []) {
    const read = document && !('code' in document) ? readStored(document) : undefined
    if (read && !('code' in read)) for (const { id, entry } of read.operations) held.set(placeKey(entry), id)
  }
  return held
}
