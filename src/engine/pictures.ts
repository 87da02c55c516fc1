import { concatBytes } from '../core/bytes/concat.ts'
import type { DocumentId, DocumentViewId } from '../core/ids.ts'
import { ok, type Result } from '../core/result.ts'
import type { Picture } from '../ports/pictures.ts'
import { getBlob, readBlob } from './blob.ts'
import type { EngineDeps } from './deps.ts'
import type { Failure } from './failure.ts'

/** Longest side of a photo that is kept: enough for a print of 20 cm. */
const maxPhotoEdge = 2560
/** Bytes of a thumbnail: some hundred of them are in memory while a list scrolls. */
const maxThumbnailBytes = 30_000
const minThumbnailEdge = 16
const maxThumbnailEdge = 1024
/** Bytes of a picture that is decoded to make a small one. */
const maxPictureBytes = 64 * 1024 * 1024

type Image = Pick<Picture, 'bytes' | 'mimeType'>

/** What was made of a blob's view; without a picture: it cannot be decoded here. */
interface Kept {
  readonly viewId: DocumentViewId
  readonly image?: Image
}

const isKept = (value: unknown): value is Kept => typeof value === 'object' && value !== null && 'viewId' in value

const imageOf = ({ bytes, mimeType }: Picture): Image => ({ bytes, mimeType })

/** Drawn smaller until it is small enough. */
const drawThumbnail = async (
  deps: EngineDeps,
  bytes: Uint8Array,
  mimeType: string,
  edge: number,
): Promise<Image | undefined> => {
  for (let side = edge; ; side = Math.floor(side * 0.75)) {
    const picture = await deps.pictures?.redraw(bytes, mimeType, side)
    if (!picture) return undefined
    if (picture.bytes.length <= maxThumbnailBytes || side <= minThumbnailEdge) return imageOf(picture)
  }
}

/**
 * A small upright picture of an image blob, made once and kept among the rows of this device, at most 30 KB.
 * `undefined`: no picture, too large a one, or one that cannot be decoded here.
 *
 * @returns the picture, or `blob/missing-pieces`
 */
export const thumbnail = async (
  deps: EngineDeps,
  id: DocumentId,
  edge: number,
): Promise<Result<Image | undefined, Failure>> => {
  const blob = await readBlob(deps, id)
  if (!blob?.mimeType.startsWith('image/') || blob.length > maxPictureBytes) return ok(undefined)
  const side = Math.max(minThumbnailEdge, Math.min(Math.floor(edge) || minThumbnailEdge, maxThumbnailEdge))
  const key = `engine/thumb/${id}/${side}`
  const kept = await deps.store.local(key)
  if (isKept(kept) && kept.viewId === blob.viewId) return ok(kept.image)
  if (!deps.pictures) return ok(undefined)
  const stream = await getBlob(deps, id, { signal: deps.life })
  if (!stream.ok) return stream
  const parts: Uint8Array[] = []
  for await (const part of stream.value) parts.push(part)
  const image = await drawThumbnail(deps, concatBytes(...parts), blob.mimeType, side)
  const value: Kept = { viewId: blob.viewId, ...(image && { image }) }
  await deps.store.commit([{ put: 'local', key, value }], [])
  return ok(image)
}

/** The same picture without what the camera wrote into it, upright, at most 2,560 pixels; `undefined` where it cannot be decoded here. */
export const cleanPicture = async (
  { pictures }: Pick<EngineDeps, 'pictures'>,
  bytes: Uint8Array,
  mimeType: string,
): Promise<Result<Image | undefined, Failure>> => {
  const picture = await pictures?.redraw(bytes, mimeType, maxPhotoEdge)
  return ok(picture && imageOf(picture))
}
