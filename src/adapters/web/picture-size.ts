/** Width and height as a picture's first bytes claim them. */
export interface PictureSize {
  readonly width: number
  readonly height: number
}

const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean =>
  Array.from(text, (character) => character.charCodeAt(0)).every((code, index) => bytes[at + index] === code)

/** A JPEG is a chain of segments, `ff`, kind, length; the one that begins a frame (SOF) names the size. */
function jpegSize(view: DataView): PictureSize | undefined {
  for (let at = 2; at + 9 <= view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const kind = view.getUint8(at + 1)
    const beginsFrame = kind >= 0xc0 && kind <= 0xcf && kind !== 0xc4 && kind !== 0xc8 && kind !== 0xcc
    if (view.getUint8(at) !== 0xff) return undefined
    if (beginsFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
  }
  return undefined
}

/** The three kinds of WebP: with extras, lossless, and plain. */
function webpSize(bytes: Uint8Array, view: DataView): PictureSize | undefined {
  if (startsWith(bytes, 'VP8X', 12))
    return {
      width: 1 + (view.getUint32(24, true) & 0xff_ffff),
      height: 1 + (view.getUint32(26, true) >>> 8),
    }
  if (startsWith(bytes, 'VP8L', 12)) {
    const packed = view.getUint32(21, true)
    return { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) }
  }
  return startsWith(bytes, 'VP8 ', 12)
    ? { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    : undefined
}

/**
 * The size a JPEG, PNG, GIF or WebP claims, read without decoding it: a few bytes can claim a picture that fills all memory.
 * `undefined`: another kind, or cut off.
 */
export function pictureSize(bytes: Uint8Array): PictureSize | undefined {
  if (bytes.length < 30) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (startsWith(bytes, 'PNG', 1)) return { width: view.getUint32(16), height: view.getUint32(20) }
  if (startsWith(bytes, 'GIF8')) return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return webpSize(bytes, view)
  return view.getUint16(0) === 0xffd8 ? jpegSize(view) : undefined
}
