import { documentViewId, viewIdParts } from '../core/document/view-id.ts'
import type { DocumentId, DocumentViewId, OperationId } from '../core/ids.ts'
import { maxBlobPieceBytes } from '../core/limits.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { systemSchemaId } from '../core/schema/system/id.ts'
import { findSystemFault } from '../core/schema/system/index.ts'
import type { ViewRow } from '../ports/store.ts'
import type { BlobInfo, Call, Draft, Published } from './api.ts'
import type { EngineDeps } from './deps.ts'
import type { Failure } from './failure.ts'
import { publishDrafts } from './publish.ts'
import { documentAt } from './read-document.ts'

const blobSchema = systemSchemaId('blob_v1')
const pieceSchema = systemSchemaId('blob_piece_v1')

/** Pieces signed and stored at once: what lies in memory of a file of any size. */
const piecesPerBatch = 4
/** Removals signed at once. */
const removalsPerBatch = 100

/** Cuts a stream into pieces of 256,000 bytes; the last is shorter, and of nothing there is one empty piece. */
async function* cutPieces(source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let piece = new Uint8Array(maxBlobPieceBytes)
  let filled = 0
  let isFirst = true
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length;) {
      const taken = Math.min(chunk.length - at, maxBlobPieceBytes - filled)
      piece.set(chunk.subarray(at, at + taken), filled)
      at += taken
      filled += taken
      if (filled < maxBlobPieceBytes) continue
      yield piece
      isFirst = false
      piece = new Uint8Array(maxBlobPieceBytes)
      filled = 0
    }
  }
  if (filled > 0 || isFirst) yield piece.slice(0, filled)
}

/** Stores pieces, and waits until their views are: a file arrives faster than views are made, and what waits is held whole. */
const storePieces = async (
  deps: EngineDeps,
  pieces: readonly Uint8Array[],
  signal: AbortSignal,
): Promise<Result<readonly Published[], Failure>> => {
  const drafts = pieces.map((data): Draft => ({ action: 'create', schema: pieceSchema, fields: { data } }))
  const published = await publishDrafts(deps, drafts, { signal })
  await deps.materialiser.settled()
  return published
}

/** Takes back the pieces of a file that did not become one, so that what drops the payloads of removed documents finds them. Best effort. */
const removePieces = async (deps: EngineDeps, documentIds: readonly DocumentId[]): Promise<void> => {
  for (let at = 0; at < documentIds.length; at += removalsPerBatch) {
    const some = documentIds.slice(at, at + removalsPerBatch)
    const removed = await publishDrafts(
      deps,
      some.map((document): Draft => ({ action: 'delete', document })),
      { signal: deps.life },
    )
    if (!removed.ok) {
      deps.log.warn('Pieces of a file that was not finished stay', { code: removed.error.code, pieces: some.length })
      return
    }
  }
}

/**
 * Stores a file: its pieces first, in small batches, then the `blob_v1` that names them. Until then nothing shows; when it does not come to that (stopped,
 * wrong length, full disk, broken source) the pieces are removed again.
 *
 * @param call reports the bytes stored so far
 * @returns the document id of the blob, or `operation/field-invalid` (the type is none), `blob/length-mismatch`, `call/aborted`, what publishing may answer
 */
export const putBlob = async (
  deps: EngineDeps,
  source: AsyncIterable<Uint8Array>,
  about: { readonly mimeType: string; readonly length: number },
  call: Call<number>,
): Promise<Result<DocumentId, Failure>> => {
  const { mimeType, length } = about
  const fault = findSystemFault(blobSchema, { mime_type: { kind: 'str', value: mimeType } })
  if (fault) return fail(fault)
  const stored: Published[] = []
  const store = async (): Promise<Result<DocumentId, Failure>> => {
    let bytes = 0
    let batch: Uint8Array[] = []
    const flush = async (): Promise<Result<unknown, Failure>> => {
      const published = await storePieces(deps, batch, call.signal)
      if (!published.ok) return published
      stored.push(...published.value)
      batch = []
      call.report?.(bytes)
      return published
    }
    for await (const piece of cutPieces(source)) {
      if (call.signal.aborted) return fail({ code: 'call/aborted' })
      bytes += piece.length
      if (bytes > length) break
      batch.push(piece)
      if (batch.length < piecesPerBatch) continue
      const flushed = await flush()
      if (!flushed.ok) return flushed
    }
    if (bytes !== length) return fail({ code: 'blob/length-mismatch', expected: length, found: bytes })
    if (batch.length > 0) {
      const flushed = await flush()
      if (!flushed.ok) return flushed
    }
    const pieces = stored.map(({ operationId }) => documentViewId([operationId]))
    const fields = { length, mime_type: mimeType, pieces }
    const published = await publishDrafts(deps, [{ action: 'create', schema: blobSchema, fields }], call)
    return published.ok ? ok(published.value[0]?.documentId as DocumentId) : published
  }
  let isDone = false
  try {
    const blob = await store()
    isDone = blob.ok
    return blob
  } finally {
    if (!isDone)
      await removePieces(
        deps,
        stored.map(({ documentId }) => documentId),
      )
  }
}

/** What a `blob_v1` says. */
export interface Blob {
  readonly viewId: DocumentViewId
  readonly length: number
  readonly mimeType: string
  readonly pieces: readonly DocumentViewId[]
}

export const readBlob = async ({ store }: EngineDeps, id: DocumentId): Promise<Blob | undefined> => {
  const row = await store.view(id)
  return row && blobOf(row)
}

/** What this view says, where it is a file that was not removed. */
export const blobOf = (row: Omit<ViewRow, 'keys'>): Blob | undefined => {
  if (row.schemaId !== blobSchema || row.isDeleted) return undefined
  const { length, mime_type: mimeType, pieces } = row.fields
  if (length?.kind !== 'int' || mimeType?.kind !== 'str' || pieces?.kind !== 'pinned_relation_list') return undefined
  return { viewId: row.viewId, length: Number(length.value), mimeType: mimeType.value, pieces: pieces.value }
}

export const countMissing = async ({ store }: EngineDeps, pieces: readonly DocumentViewId[]): Promise<number> => {
  const parts = pieces.map(viewIdParts)
  const found = new Map<OperationId, DocumentId | undefined>()
  const ids = [...new Set(parts.flat())]
  const documentIds = await store.documentsOf(ids)
  for (const [i, id] of ids.entries()) found.set(id, documentIds[i])
  return parts.filter((piece) => piece.some((id) => !found.get(id))).length
}

export const blobInfo = async (deps: EngineDeps, id: DocumentId): Promise<Result<BlobInfo | undefined, Failure>> => {
  const blob = await readBlob(deps, id)
  if (!blob) return ok(undefined)
  const { length, mimeType, pieces } = blob
  return ok({ documentId: id, length, mimeType, missingPieces: await countMissing(deps, pieces) })
}

/** The bytes of one piece, at the very version the blob names. */
const pieceBytes = async (deps: EngineDeps, viewId: DocumentViewId): Promise<Uint8Array | undefined> => {
  const piece = await documentAt(deps, viewId)
  const data = piece.ok && piece.value?.schemaId === pieceSchema ? piece.value.fields['data'] : undefined
  return data instanceof Uint8Array ? data : undefined
}

/** The bytes of all pieces in turn; rejects as `getBlob` says. */
export async function* bytesOf(
  deps: EngineDeps,
  id: DocumentId,
  blob: Blob,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  let found = 0
  for (const [i, viewId] of blob.pieces.entries()) {
    signal.throwIfAborted()
    const data = await pieceBytes(deps, viewId)
    if (!data) throw { code: 'blob/missing-pieces', documentId: id, missing: blob.pieces.length - i } satisfies Failure
    found += data.length
    // Whoever reads gets no byte more than was announced, and hears of one too few at the end.
    if (found > blob.length) break
    yield data
  }
  if (found !== blob.length) throw { code: 'blob/length-mismatch', expected: blob.length, found } satisfies Failure
}

/**
 * The bytes of a file, piece by piece; one is in memory at a time. The iterable rejects with `blob/length-mismatch` where the pieces are not as long
 * as the blob says, and with the signal's reason.
 *
 * @returns the stream, or `blob/unknown`, `blob/missing-pieces`
 */
export const getBlob = async (
  deps: EngineDeps,
  id: DocumentId,
  { signal }: Call,
): Promise<Result<AsyncIterable<Uint8Array>, Failure>> => {
  const blob = await readBlob(deps, id)
  if (!blob) return fail({ code: 'blob/unknown', documentId: id })
  const missing = await countMissing(deps, blob.pieces)
  if (missing > 0) return fail({ code: 'blob/missing-pieces', documentId: id, missing })
  return ok(bytesOf(deps, id, blob, signal))
}
