import type { Pictures } from '../../ports/index.ts'
import { pictureSize } from './picture-size.ts'

/** Pixels that are decoded: four bytes each, and no phone has the memory for more. Larger pictures are kept as files. */
const maxPixels = 120_000_000
/** How much of a photo's detail survives being redrawn; above it files grow faster than what one sees. */
const quality = 0.85
/** Kinds without transparency become JPEG, the others WebP, or PNG where the browser writes no WebP. */
const opaqueTypes = new Set(['image/jpeg', 'image/heic', 'image/heif', 'image/bmp'])

async function decode(bytes: Uint8Array, mimeType: string): Promise<ImageBitmap | undefined> {
  const claimed = pictureSize(bytes)
  if (claimed && claimed.width * claimed.height > maxPixels) return undefined
  try {
    // `from-image` turns the picture as its metadata says; what is drawn then needs no metadata any more.
    return await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mimeType }), {
      imageOrientation: 'from-image',
    })
  } catch {
    return undefined
  }
}

/** Draws pictures anew on an OffscreenCanvas: upright, smaller, without what the camera wrote into them. */
export const webPictures: Pictures = {
  redraw: async (bytes, mimeType, edge) => {
    const bitmap = await decode(bytes, mimeType)
    if (!bitmap) return undefined
    const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height))
    const width = Math.max(1, Math.round(bitmap.width * scale))
    const height = Math.max(1, Math.round(bitmap.height * scale))
    const canvas = new OffscreenCanvas(width, height)
    const pencil = canvas.getContext('2d')
    if (!pencil) return undefined
    pencil.imageSmoothingQuality = 'high'
    pencil.drawImage(bitmap, 0, 0, width, height)
    bitmap.close()
    const drawn = await canvas.convertToBlob({ type: opaqueTypes.has(mimeType) ? 'image/jpeg' : 'image/webp', quality })
    return { bytes: new Uint8Array(await drawn.arrayBuffer()), mimeType: drawn.type, width, height }
  },
}
