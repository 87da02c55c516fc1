import { bundleHeader, encodeBundleItem } from '../../core/bundle/bundle.ts'
import { concatBytes } from '../../core/bytes/concat.ts'
import type { DocumentId } from '../../core/ids.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { StoredDocument } from '../../ports/store.ts'
import type { Call, ExportReport, ExportScope } from '../api.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { readStored } from '../stored-document.ts'
import { documentsInScope, isStored } from './export-scope.ts'
import { linksOf, operationsOf, type Link } from './links.ts'
import { bundleItems } from './transfer-order.ts'

/** Bytes of one chunk handed out: few messages for small entries, and never much more than one large one. */
const chunkBytes = 64 * 1024
/** Documents read at once. With pieces of 256,000 bytes that is what may lie in memory. */
const documentsPerRead = 16
/** Links that a report names. */
const maxLeadsOut = 10_000
/** Entries that wait for others, at the end of a whole export. */
const maxPending = 100_000

type Lead = Link & { readonly from: DocumentId }

/** What is known of the file so far. */
interface Written {
  entries: number
  bytes: number
  readonly documents: Set<DocumentId>
  /** Links that led nowhere in the file when they were met; the target may have come later. */
  readonly leads: Lead[]
}

const isInFile = (written: Written, link: Link): boolean =>
  operationsOf(link).every((id) => written.documents.has(id as DocumentId))

/** Pinned links may name updates: those whose documents were written after all are taken out at the end. */
const leadsOut = async ({ store }: EngineDeps, written: Written): Promise<ExportReport['leadsOut']> => {
  const out: ExportReport['leadsOut'][number][] = []
  for (const lead of written.leads) {
    if (out.length >= maxLeadsOut) break
    if (isInFile(written, lead)) continue
    const documentIds = lead.isPinned ? await store.documentsOf(operationsOf(lead)) : [undefined]
    if (documentIds.every((id) => id && written.documents.has(id))) continue
    out.push({ from: lead.from, field: lead.field, to: lead.to })
  }
  return out
}

/** The items of documents that were not written yet, and notes of where they lead. */
async function* itemsOf(
  deps: EngineDeps,
  documents: readonly (StoredDocument | undefined)[],
  written: Written,
): AsyncIterable<Uint8Array> {
  const fresh = documents.filter(
    (stored): stored is StoredDocument => !!stored && !written.documents.has(stored.documentId),
  )
  const rows = fresh.length > 0 ? await deps.store.views(fresh.map(({ documentId }) => documentId)) : []
  for (const [i, stored] of fresh.entries()) {
    const read = readStored(stored)
    if ('code' in read) {
      deps.log.warn('A damaged document was left out of an export', { documentId: stored.documentId })
      continue
    }
    written.documents.add(stored.documentId)
    for (const item of bundleItems(stored, read)) {
      written.entries++
      yield item
    }
    for (const link of linksOf(rows[i]?.fields ?? {}))
      if (!isInFile(written, link)) written.leads.push({ from: stored.documentId, ...link })
  }
}

async function* itemsInScope(
  deps: EngineDeps,
  scope: ExportScope,
  written: Written,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  for await (const page of documentsInScope(deps, scope, signal)) {
    if (isStored(page)) {
      yield* itemsOf(deps, page, written)
      continue
    }
    const ids = page.filter((id) => !written.documents.has(id))
    for (let at = 0; at < ids.length; at += documentsPerRead) {
      const documents = await deps.store.documents(ids.slice(at, at + documentsPerRead))
      yield* itemsOf(
        deps,
        documents.map((document) => (document && 'code' in document ? undefined : document)),
        written,
      )
    }
  }
  if (!('all' in scope)) return
  for (const { item } of await deps.store.allPending(maxPending)) {
    if (!item) continue
    written.entries++
    yield encodeBundleItem(item.entry, item.operation)
  }
}

async function* chunksOf(
  deps: EngineDeps,
  scope: ExportScope,
  call: Call<ExportReport>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const written: Written = { entries: 0, bytes: 0, documents: new Set(), leads: [] }
  let parts: Uint8Array[] = [bundleHeader]
  let held = bundleHeader.length
  const chunk = (): Uint8Array => {
    const bytes = concatBytes(...parts)
    written.bytes += bytes.length
    parts = []
    held = 0
    return bytes
  }
  for await (const item of itemsInScope(deps, scope, written, call.signal)) {
    call.signal.throwIfAborted()
    parts.push(item)
    held += item.length
    if (held >= chunkBytes) yield chunk()
  }
  if (held > 0) yield chunk()
  const { entries, bytes, documents } = written
  call.report?.({ entries, documents: documents.size, bytes, leadsOut: await leadsOut(deps, written) })
}

/**
 * A `.takibi` bundle of everything, of one collection (definitions in all versions, its collection documents and views, its things, deleted ones too,
 * and their blobs with pieces), or of one document (with what it takes to read it and its blobs). Whole logs, in an order in which a reader never
 * waits. Reads in pages; the iterable rejects with the failure of the store or the signal's reason. The report comes once, with the last chunk.
 *
 * @returns the chunks, or `query/unknown-schema`, `document/unknown`
 */
export const exportBundle = async (
  deps: EngineDeps,
  scope: ExportScope,
  call: Call<ExportReport>,
): Promise<Result<AsyncIterable<Uint8Array>, Failure>> => {
  if ('document' in scope && !(await deps.store.document(scope.document)))
    return fail({ code: 'document/unknown', documentId: scope.document })
  if ('schema' in scope && !(await deps.schemas.familyOf(scope.schema)))
    return fail({ code: 'schema/unknown', schemaId: scope.schema })
  return ok(chunksOf(deps, scope, call))
}
