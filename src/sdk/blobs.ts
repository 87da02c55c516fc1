import type { EngineApi } from '../engine/api.ts'
import { bytesFrom, lengthOf } from './byte-source.ts'
import { toDocumentId } from './parse.ts'
import type { Blobs, ByteSource } from './takibi-node.ts'
import { answerOf } from './unwrap.ts'

/** Longest side of a thumbnail where nobody asks for another, in pixels: sharp on a card of a phone with three pixels to the point. */
const thumbnailEdge = 480

const never = new AbortController().signal

/** A stream does not say how long it is, but `blob_v1` begins with it: so it is read to the end first. */
async function collect(source: ByteSource): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  for await (const part of bytesFrom(source)) parts.push(part.slice())
  return new Blob(parts)
}

const toBlob = (picture: { readonly bytes: Uint8Array; readonly mimeType: string } | undefined): Blob | undefined =>
  picture && new Blob([picture.bytes as Uint8Array<ArrayBuffer>], { type: picture.mimeType })

/** Files as `blob_v1` documents, over an engine. */
export function blobsOf(api: EngineApi): Blobs {
  const get: Blobs['get'] = async (blob, { signal = never } = {}) =>
    answerOf(api.getBlob(toDocumentId(blob), { signal }))

  return {
    put: async (source, { mimeType, length, onProgress, signal = never }) => {
      const known = length ?? lengthOf(source)
      const whole = known === undefined ? await collect(source) : source
      const about = { mimeType, length: known ?? (whole as Blob).size }
      return answerOf(api.putBlob(bytesFrom(whole), about, { signal, ...(onProgress && { report: onProgress }) }))
    },
    info: async (blob) => answerOf(api.blobInfo(toDocumentId(blob))),
    get,
    file: async (blob, waiting) => {
      const bytes = await get(blob, waiting)
      const info = await answerOf(api.blobInfo(toDocumentId(blob)))
      const parts: Uint8Array<ArrayBuffer>[] = []
      for await (const part of bytes) parts.push(part as Uint8Array<ArrayBuffer>)
      return new Blob(parts, { type: info?.mimeType ?? '' })
    },
    thumbnail: async (blob, edge = thumbnailEdge) => toBlob(await answerOf(api.thumbnail(toDocumentId(blob), edge))),
    cleanPicture: async (picture) =>
      toBlob(await answerOf(api.cleanPicture(new Uint8Array(await picture.arrayBuffer()), picture.type))),
  }
}
