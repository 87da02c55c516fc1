import type { ClientApi, Wanted } from '../../../engine/client-api/api.ts'
import type { DocumentId } from '../../../core/ids.ts'
import { parseDocumentId, parseDocumentViewId } from '../../../core/parse-ids.ts'
import { type Reply, say } from './reply.ts'

/** `/blobs/<document id>` is the newest view, `/blobs/<document id>/<view id>` one of then. `undefined`: neither. */
function readPath(path: string): { readonly documentId: DocumentId; readonly wanted: Wanted } | undefined {
  const [id = '', viewId, ...rest] = path.split('/').slice(2)
  const document = parseDocumentId(id)
  if (!document.ok || rest.length > 0) return undefined
  const documentId = document.value
  if (viewId === undefined) return { documentId, wanted: { id: documentId } }
  const view = parseDocumentViewId(viewId)
  return view.ok ? { documentId, wanted: { viewId: view.value } } : undefined
}

const namesEtag = (header: string | undefined, etag: string): boolean =>
  header !== undefined && header.split(',').some((one) => ['*', etag, `W/${etag}`].includes(one.trim()))

/** Files, as an aquadoggo hands them out (wire.md §6). A view never changes, so its id is its ETag. */
export async function serveBlob(
  api: ClientApi,
  path: string,
  ifNoneMatch: string | undefined,
  signal: AbortSignal,
): Promise<Reply> {
  const asked = readPath(path)
  if (!asked)
    return say(400, 'Not an id: expected /blobs/ and a document id, or that, / and a view id, in lowercase hex.')
  const found = await api.sharedBlob(asked.wanted, { signal })
  if (!found.ok) return say(500, 'The database did not answer. Try again later.')
  if (found.value?.documentId !== asked.documentId) return say(404, 'There is no such file here.')
  const { viewId, mimeType, length, bytes } = found.value
  const etag = `"${viewId}"`
  if (namesEtag(ifNoneMatch, etag)) return { status: 304, headers: { etag } }
  return { status: 200, headers: { etag, 'content-type': mimeType, 'content-length': String(length) }, body: bytes }
}
